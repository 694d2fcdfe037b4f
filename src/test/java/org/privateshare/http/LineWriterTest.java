package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LineWriterTest {
  @Test
  void allLinesAreSentInTheirOrder() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    try (LineWriter lines = new LineWriter(bytes -> sent.add(UTF_8.decode(bytes).toString()))) {
      lines.add("one\n");
      lines.add("two\nthree\n");
      lines.finish("last\n");
    }
    assertThat(String.join("", sent)).isEqualTo("one\ntwo\nthree\nlast\n");
  }

  @Test
  void aCallerWhoIsGoneIsToldToWhoAdds() {
    var gone = new PeerGone(new IOException("reset"));
    try (LineWriter lines =
        new LineWriter(
            _ -> {
              throw gone;
            })) {
      assertThatExceptionOfType(PeerGone.class)
          .isThrownBy(() -> lines.finish("last\n"))
          .isSameAs(gone);
    }
  }

  /// Closing used to wait for a thread that had died of something else.
  @Test
  void whateverBreaksTheSendingNobodyWaitsForIt() {
    var bug = new IllegalStateException("a bug");
    try (LineWriter lines =
        new LineWriter(
            _ -> {
              throw bug;
            })) {
      assertThatExceptionOfType(PeerGone.class)
          .isThrownBy(() -> lines.finish("last\n"))
          .withCause(bug);
    }
  }
}
