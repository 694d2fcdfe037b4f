package org.privateshare.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpMethod;
import org.privateshare.model.Visit;
import org.privateshare.model.VisitLog;

/// Counts all requests, and tells the access log of those that moved or changed something, were
/// refused or failed.
final class Visits {
  private static final int FIRST_ERROR = 400;

  private final VisitLog log;
  private final Traffic traffic;

  Visits(VisitLog log, Traffic traffic) {
    this.log = log;
    this.traffic = traffic;
  }

  /// A request has come; [#report] follows.
  void begin() {
    traffic.began();
  }

  /// @param end how it ended, in a word
  void report(Call call, String end) {
    traffic.ended(call);
    // A receipt or a refusal is no content: what counts is what was to be moved.
    long bytes = Math.max(call.body().taken(), call.reply().sent());
    if (bytes > 0 || !isHarmless(call)) {
      log.record(
          new Visit(
              "http",
              call.caller(),
              call.knownGrant().map(by -> new Visit.Key(by.label(), by.id().text())),
              call.method(),
              call.shownPath(),
              call.reply().status(),
              bytes,
              Duration.ofNanos(
                  Math.max(0, System.nanoTime() - call.request().getHeadersNanoTime())),
              end));
    }
  }

  private static boolean isHarmless(Call call) {
    boolean changesNothing = call.reads() || HttpMethod.OPTIONS.is(call.method());
    return changesNothing && call.reply().status().orElse(FIRST_ERROR) < FIRST_ERROR;
  }
}
