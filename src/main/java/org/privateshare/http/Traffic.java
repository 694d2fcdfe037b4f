package org.privateshare.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what goes through the door, since the start. Counting costs next to nothing; making a
/// text of it is for those who ask, see [Metrics]. Thread-safe.
final class Traffic {
  /// What requests are told apart by. Both come out of small sets, whatever callers send.
  ///
  /// @param method a method that is known here, or `other`
  /// @param status the first digit of the status and `xx`, or `none` where no answer began
  record Kind(String method, String status) {}

  private final Map<Kind, LongAdder> requests = new ConcurrentHashMap<>();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final LongAdder running = new LongAdder();
  private final LongAdder refusedKeys = new LongAdder();
  private final LongAdder throttled = new LongAdder();

  /// A request has come.
  void began() {
    running.increment();
  }

  /// It has been answered, or is over without that.
  void ended(Call call) {
    running.decrement();
    int status = call.reply().status().orElse(0);
    Kind kind =
        new Kind(
            Routes.isKnown(call.method()) ? call.method() : "other",
            status == 0 ? "none" : status / 100 + "xx");
    requests.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    bytesIn.add(call.body().taken());
    bytesOut.add(call.reply().sent());
    if (status == 401) {
      refusedKeys.increment();
    } else if (status == 429) {
      throttled.increment();
    }
  }

  /// The requests that are over, by kind.
  Map<Kind, LongAdder> requests() {
    return requests;
  }

  /// The bytes of content that came.
  LongAdder bytesIn() {
    return bytesIn;
  }

  /// The bytes of content that were sent.
  LongAdder bytesOut() {
    return bytesOut;
  }

  /// The requests that are under way.
  LongAdder running() {
    return running;
  }

  /// The requests without a key, or with one that isn't good.
  LongAdder refusedKeys() {
    return refusedKeys;
  }

  /// The requests that came too soon after too many of those.
  LongAdder throttled() {
    return throttled;
  }
}
