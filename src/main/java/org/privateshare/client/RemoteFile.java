package org.privateshare.client;

import java.util.Optional;
import org.privateshare.model.Digest;

/// What a share says of a file.
///
/// @param size its length in bytes
/// @param digest the sum that was asked for, where the share has it
public record RemoteFile(long size, Optional<Digest> digest) {}
