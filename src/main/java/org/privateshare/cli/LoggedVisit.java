package org.privateshare.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Optional;
import org.privateshare.model.Visit;

/// Finds the visit that an event of the [AccessLog] is about.
final class LoggedVisit {
  private LoggedVisit() {}

  /// Empty where the event says something else.
  static Optional<Visit> in(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    return arguments != null && arguments.length == 1 && arguments[0] instanceof Visit visit
        ? Optional.of(visit)
        : Optional.empty();
  }
}
