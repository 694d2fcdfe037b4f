package org.privateshare.cli;

import java.nio.file.Path;
import java.util.Optional;

/// What the server's log shall be like.
///
/// @param format how a line looks
/// @param file where the lines go; empty for standard error
/// @param quiet whether only warnings and errors are logged
record LogPlan(LogFormat format, Optional<Path> file, boolean quiet) {}
