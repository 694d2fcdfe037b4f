package org.privateshare.store;

/// What became of a file that was published.
///
/// @param version its version
/// @param replaced whether it took the place of an old one
record Published(String version, boolean replaced) {}
