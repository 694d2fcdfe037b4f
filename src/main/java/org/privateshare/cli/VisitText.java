package org.privateshare.cli;

import java.util.StringJoiner;
import org.privateshare.model.Printable;
import org.privateshare.model.Visit;

/// A visit in one line for people:
///
/// ```text
/// http 192.0.2.7 "Ada" PUT "inbox/a.txt" 201, 2.0 GiB in 1.9 s, 1.0 GiB/s: stored
/// ```
///
/// What may come from strangers and hold spaces is in quotes, and escaped, so that no name can be
/// read as the rest of the line.
final class VisitText {
  private VisitText() {}

  static String of(Visit visit) {
    StringJoiner line = new StringJoiner(" ");
    line.add(visit.door());
    line.add(visit.peer().getHostAddress());
    line.add(visit.key().map(key -> quoted(key.label())).orElse("-"));
    line.add(visit.action().isEmpty() ? "-" : Printable.escape(visit.action()));
    line.add(quoted(visit.path()));
    visit.status().ifPresent(status -> line.add(String.valueOf(status)));
    return line + amount(visit) + ": " + Printable.escape(visit.end());
  }

  private static String amount(Visit visit) {
    String time = " in " + Amounts.time(visit.time());
    return visit.bytes() == 0
        ? time
        : ", "
            + Amounts.size(visit.bytes())
            + time
            + ", "
            + Amounts.rate(visit.bytes(), visit.time());
  }

  private static String quoted(String text) {
    return '"' + Printable.escape(text).replace("\"", "\\\"") + '"';
  }
}
