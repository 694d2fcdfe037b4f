package org.privateshare.client;

import java.util.Optional;

/// What a share is about to send.
///
/// @param size how many bytes the whole file has
/// @param version which version it is, as a strong entity tag; empty where nobody can ask for more
///   of the same
public record Incoming(long size, Optional<String> version) {}
