package org.privateshare.client;

import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;

/// What a share says of a file.
///
/// @param size its length in bytes
/// @param modified when its content last changed, in whole seconds, where the share says it
/// @param digest the sum that was asked for, where the share has it
public record RemoteFile(long size, Optional<Instant> modified, Optional<Digest> digest) {}
