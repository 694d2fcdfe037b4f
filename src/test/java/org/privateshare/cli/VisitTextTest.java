package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.privateshare.model.Visit;

final class VisitTextTest {
  private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.7");
  private static final Visit.Key ADA = new Visit.Key("Ada", "BBBBBBBBBBBBBBBBBBBBBA");

  @Test
  void aTransferIsToldWithItsSizeTimeAndRate() {
    Visit put =
        new Visit(
            "http",
            PEER,
            Optional.of(ADA),
            "PUT",
            "inbox/a.txt",
            OptionalInt.of(201),
            2L << 30,
            Duration.ofSeconds(2),
            "stored");
    assertThat(VisitText.of(put))
        .isEqualTo(
            "http 192.0.2.7 \"Ada\" PUT \"inbox/a.txt\" 201, 2.0 GiB in 2.0 s, 1.0 GiB/s: stored");
  }

  @Test
  void aRefusalNeedsNoKeyAndMovesNothing() {
    assertThat(VisitText.of(refused("GET", "a", "no-key")))
        .isEqualTo("http 192.0.2.7 - GET \"a\" 401 in 0.01 s: no-key");
  }

  @Test
  void nothingFromOutsideBreaksOutOfItsPlace() {
    assertThat(VisitText.of(refused("", "a\" 200 in 0.01 s: sent\r\n\u202e", "\u001b[2J")))
        .isEqualTo(
            "http 192.0.2.7 - - \"a\\\" 200 in 0.01 s: sent\\x0d\\x0a\\u{202e}\""
                + " 401 in 0.01 s: \\x1b[2J");
  }

  private static Visit refused(String action, String path, String end) {
    return new Visit(
        "http",
        PEER,
        Optional.empty(),
        action,
        path,
        OptionalInt.of(401),
        0,
        Duration.ofMillis(10),
        end);
  }
}
