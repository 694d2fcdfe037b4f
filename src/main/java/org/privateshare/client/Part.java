package org.privateshare.client;

/// The beginning of a file that has come before.
///
/// @param version the version it belongs to, as a strong entity tag
/// @param size how many bytes the whole file has; more than have come
/// @param mark how many have come, and their sum
public record Part(String version, long size, Mark mark) {}
