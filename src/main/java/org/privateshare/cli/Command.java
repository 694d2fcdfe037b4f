package org.privateshare.cli;

import java.util.concurrent.Callable;

/// A command of the program: its words, and what it does when they were read; returns the exit code
/// of the process.
interface Command extends Callable<Integer> {
  /// What it may be told.
  Syntax syntax();
}
