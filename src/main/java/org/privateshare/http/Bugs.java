package org.privateshare.http;

import org.privateshare.model.Printable;

/// Our own mistakes, for the log.
final class Bugs {
  private Bugs() {}

  /// What went wrong and where, in one line.
  static String oneLine(RuntimeException bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    String where = trace.length == 0 ? "somewhere" : trace[0].toString();
    return Printable.escape(bug + " at " + where);
  }
}
