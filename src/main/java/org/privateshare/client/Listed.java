package org.privateshare.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.model.Digest;
import org.privateshare.model.SharePath;

/// One row of a share's listing.
///
/// @param path its whole path in the share
/// @param folder whether it is a folder and not a file
/// @param size of a file, in bytes, where the protocol says it
/// @param modified when its content last changed, where the protocol says it
/// @param digest what a file sums up to, where that was asked for and the far end knows
public record Listed(
    SharePath path,
    boolean folder,
    OptionalLong size,
    Optional<Instant> modified,
    Optional<Digest> digest) {}
