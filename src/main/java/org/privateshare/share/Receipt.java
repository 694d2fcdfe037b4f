package org.privateshare.share;

import org.privateshare.model.Digest;
import org.privateshare.model.SharePath;

/// What the share vouches for once an upload is published: these bytes are on the medium under this
/// name, and a power cut loses nothing.
///
/// @param path the published name
/// @param size the length in bytes
/// @param digest the CRC-32C of all bytes, computed while they passed
/// @param version the published version, as [Download#version()] names it
/// @param replaced whether an old version went into the history for it
public record Receipt(SharePath path, long size, Digest digest, String version, boolean replaced) {}
