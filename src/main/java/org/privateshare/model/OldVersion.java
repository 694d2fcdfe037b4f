package org.privateshare.model;

import java.time.Instant;

/// A file that was replaced or removed and is kept for a while, as the history names it.
///
/// @param path where it was
/// @param id tells it from the other old versions of that path; letters, digits, `.` and `-`
/// @param size its length in bytes
/// @param modified when its content last changed
/// @param kept since when it is in the history, to the millisecond
public record OldVersion(SharePath path, String id, long size, Instant modified, Instant kept) {}
