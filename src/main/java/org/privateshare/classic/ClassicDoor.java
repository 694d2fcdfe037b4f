package org.privateshare.classic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.privateshare.model.VisitLog;
import org.privateshare.net.Match;
import org.privateshare.net.Protocol;
import org.privateshare.net.Wire;
import org.privateshare.share.Share;

/// The server's side of the classic protocol, over one share; see `docs/classic.md`. Thread-safe.
public final class ClassicDoor implements Protocol {
  /// As many letters tell classic from everything else, in every request, right or wrong.
  private static final int TELLING_LETTERS = 3;

  private final Share share;
  private final ClassicOptions options;
  private final VisitLog log;

  /// A door to `share`, which reports each connection to `log`.
  public ClassicDoor(Share share, ClassicOptions options, VisitLog log) {
    this.share = share;
    this.options = options;
    this.log = log;
  }

  @Override
  public String name() {
    return "classic";
  }

  /// Whatever begins with lower-case letters is meant for this door: HTTP methods are upper-case,
  /// TLS begins with a control character. A wrong verb gets its `cancel`.
  @Override
  public Match detect(ByteBuffer firstBytes) {
    if (options.callers() == Callers.OFF) {
      return Match.NO;
    }
    int telling = Math.min(firstBytes.remaining(), TELLING_LETTERS);
    for (int i = 0; i < telling; i++) {
      byte letter = firstBytes.get(firstBytes.position() + i);
      if (letter < 'a' || letter > 'z') {
        return Match.NO;
      }
    }
    return telling == TELLING_LETTERS ? Match.YES : Match.MORE;
  }

  @Override
  public void serve(Wire wire) throws IOException {
    Exchange exchange = new Exchange(wire, share, options);
    long start = System.nanoTime();
    try {
      exchange.run();
    } finally {
      log.record(exchange.visit(Duration.ofNanos(System.nanoTime() - start)));
    }
  }
}
