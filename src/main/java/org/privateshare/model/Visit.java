package org.privateshare.model;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// One request and what became of it: a line of the access log, whichever door it came through.
///
/// All texts are as they came, so from strangers; the log escapes them and cuts them to length.
///
/// @param door the protocol: `http` or `classic`
/// @param peer the caller, behind a trusted proxy the one that it speaks for
/// @param key whose key opened the door; empty where there was none, or none that is good
/// @param action what was asked for, in the protocol's word: `PUT`, `list`; empty where nothing was
/// @param path on what: the path in the share where the request has one that can be read, otherwise
///   what stood in its place, never with a query, which may hold a key
/// @param status the status of the answer, where the protocol has one and an answer began
/// @param bytes how many bytes of content moved, in whichever direction; not negative
/// @param time from the whole request head to the end; not negative
/// @param end how it ended: `stored`, `sent`, the code of a refusal, what broke
public record Visit(
    String door,
    InetAddress peer,
    Optional<Key> key,
    String action,
    String path,
    OptionalInt status,
    long bytes,
    Duration time,
    String end) {
  /// Checks that nothing is negative.
  public Visit {
    if (bytes < 0 || time.isNegative()) {
      throw new IllegalArgumentException("no visit takes less than nothing");
    }
  }

  /// Whose key it was. Never the key's text.
  ///
  /// @param label how people call it
  /// @param id what it is revoked by
  public record Key(String label, String id) {}
}
