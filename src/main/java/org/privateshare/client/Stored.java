package org.privateshare.client;

import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.SharePath;

/// A file that a share has taken.
///
/// @param path its name there
/// @param size its length in bytes
/// @param digest the sum that both ends have computed of its bytes, and agree on; empty where the
///   protocol has no receipt (classic)
/// @param replaced whether another file was there, which is in the history now
public record Stored(SharePath path, long size, Optional<Digest> digest, boolean replaced) {}
