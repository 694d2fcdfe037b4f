package org.privateshare.classic;

import java.time.Duration;

/// How the classic door behaves.
///
/// @param callers who may come in
/// @param readOnly whether put is refused
/// @param quiet a request has ended when nothing more has come for this long
/// @param alone how long `pass` stays alone on the way before a file's first bytes follow
/// @param linger how long a client has to close after our last word
public record ClassicOptions(
    Callers callers, boolean readOnly, Duration quiet, Duration alone, Duration linger) {
  /// These callers, with the timings of `docs/classic.md`.
  public static ClassicOptions of(Callers callers, boolean readOnly) {
    return new ClassicOptions(
        callers, readOnly, Duration.ofMillis(150), Duration.ofMillis(50), Duration.ofSeconds(2));
  }
}
