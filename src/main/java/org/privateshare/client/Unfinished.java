package org.privateshare.client;

import java.time.Instant;
import java.util.OptionalLong;

/// An upload that a share keeps to be gone on with.
///
/// @param id what it is called there
/// @param path what it shall become; empty for a part of others
/// @param offset how many bytes the share has for good
/// @param length how many there will be; empty where nobody has said
/// @param label the key that began it, as people call it
/// @param expires when it is dropped unless more comes
public record Unfinished(
    String id, String path, long offset, OptionalLong length, String label, Instant expires) {}
