package org.privateshare.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpMethod;
import org.privateshare.model.Visit;
import org.privateshare.model.VisitLog;

/// Tells the access log of requests that moved or changed something, were refused or failed.
final class Visits {
  private static final int FIRST_ERROR = 400;

  private final VisitLog log;

  Visits(VisitLog log) {
    this.log = log;
  }

  /// @param end how it ended, in a word
  void report(Call call, String end) {
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
