package org.privateshare.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;

/// Files that come in several pieces: what goes on, and what never does.
@Timeout(60)
final class DownloadTest {
  private static final int SIZE = 9 << 20;
  private static final int CUT = 5_000_000;

  private static final String OURS = "\"v1\"";
  private static final String OTHER = "\"v2\"";

  @TempDir private Path folder;
  private final InMemory memory = new InMemory();
  private final List<Progress> events = new ArrayList<>();
  private final byte[] bytes = random(1);
  private final byte[] others = random(2);

  @Test
  void aSecondRunAsksForTheRestOnly() throws Exception {
    try (var far = new Dialogue().breaksOffAfter(first()).says(rest(OURS, bytes, CUT))) {
      get(far, Duration.ZERO);
      assertThat(last(Progress.Failed.class).kept()).isTrue();
      assertThat(folder.resolve("big")).doesNotExist();

      get(far, Duration.ZERO);

      assertThat(folder.resolve("big")).hasBinaryContent(bytes);
      assertThat(names()).containsExactly("big");
      assertThat(memory.isKept()).isFalse();
      assertThat(last(Progress.Done.class).moved()).isEqualTo(SIZE - CUT);
      assertThat(events).contains(new Progress.Resumed("big", CUT, SIZE));
      assertThat(far.asked().getLast().head())
          .contains("\r\nRange: bytes=" + CUT + "-\r\n", "\r\nIf-Range: " + OURS + "\r\n");
    }
  }

  @Test
  void oneRunGoesOnByItself() throws Exception {
    try (var far = new Dialogue().breaksOffAfter(first()).says(rest(OURS, bytes, CUT))) {
      get(far, Duration.ofMinutes(1));
      assertThat(folder.resolve("big")).hasBinaryContent(bytes);
      assertThat(events).hasAtLeastOneElementOfType(Progress.Waiting.class);
    }
  }

  @Test
  void anotherVersionBeginsAnew() throws Exception {
    try (var far = new Dialogue().breaksOffAfter(first()).says(whole(OTHER, others))) {
      get(far, Duration.ZERO);
      get(far, Duration.ZERO);
      assertThat(folder.resolve("big")).hasBinaryContent(others);
    }
  }

  /// A server that ignores `If-Range`, or lies.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content|ETag: \"v2\"|Content-Range: bytes 5000000-9437183/9437184",
        "206 Partial Content|Content-Range: bytes 5000000-9437183/9437184",
        "206 Partial Content|ETag: \"v1\"",
        "206 Partial Content|ETag: \"v1\"|Content-Range: bytes 5000001-9437184/9437185",
        "206 Partial Content|ETag: \"v1\"|Content-Range: bytes 5000000-9437183/*",
        "206 Partial Content|ETag: \"v1\"|Content-Range: bytes 0-4437183/9437184",
        "206 Partial Content|ETag: \"v1\"|Content-Encoding: gzip"
            + "|Content-Range: bytes 5000000-9437183/9437184",
        "416 Range Not Satisfiable|Content-Range: bytes */100"
      })
  void anotherRangeThanTheOneAskedForBeginsAnew(String head) throws Exception {
    String lie =
        "HTTP/1.1 " + head.replace("|", "\r\n") + "\r\nContent-Length: 4437184\r\n\r\n" + tail();
    try (var far = new Dialogue().breaksOffAfter(first()).says(lie).says(whole(OTHER, others))) {
      get(far, Duration.ZERO);
      get(far, Duration.ZERO);
      assertThat(folder.resolve("big")).hasBinaryContent(others);
      assertThat(far.asked().getLast().head()).doesNotContain("Range");
    }
  }

  @Test
  void aKeptPartThatIsDamagedIsNotUsed() throws Exception {
    try (var far =
        new Dialogue()
            .breaksOffAfter(first())
            .says(rest(OURS, others, CUT))
            .says(whole(OURS, bytes))) {
      get(far, Duration.ZERO);
      get(far, Duration.ZERO);
      assertThat(folder.resolve("big")).hasBinaryContent(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "short", "another", "link"})
  void aPartThatIsNotWhatWasKeptIsNotUsed(String now) throws Exception {
    try (var far = new Dialogue().breaksOffAfter(first()).says(whole(OURS, bytes))) {
      get(far, Duration.ZERO);
      Path part = folder.resolve(names().getFirst());
      Path precious = Files.writeString(folder.resolve("precious"), "mine");
      switch (now) {
        case "none" -> Files.delete(part);
        case "short" ->
            Files.newByteChannel(part, StandardOpenOption.WRITE).truncate(CUT - 1).close();
        case "another" -> {
          Files.move(part, folder.resolve("old"));
          Files.write(part, others);
        }
        default -> {
          Files.delete(part);
          Files.createSymbolicLink(part, precious);
        }
      }

      get(far, Duration.ZERO);

      assertThat(folder.resolve("big")).hasBinaryContent(bytes);
      assertThat(precious).hasContent("mine");
      assertThat(far.asked().getLast().head()).doesNotContain("Range");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "privateshare get 1\n", "privateshare get 2\nend\n", "end"})
  void aStateThatMakesNoSenseIsNone(String state) throws Exception {
    memory.keep(state);
    try (var far = new Dialogue().says(whole(OURS, bytes))) {
      get(far, Duration.ZERO);
      assertThat(folder.resolve("big")).hasBinaryContent(bytes);
    }
  }

  @Test
  void aRestartDropsWhatWasKept() throws Exception {
    try (var far = new Dialogue().breaksOffAfter(first()).says(whole(OURS, bytes))) {
      get(far, Duration.ZERO);
      run(far, Duration.ZERO, true);
      assertThat(far.asked().getLast().head()).doesNotContain("Range");
      assertThat(names()).containsExactly("big");
    }
  }

  @Test
  void whatIsSmallOrHasNoVersionIsNotKept() throws Exception {
    for (String etag : List.of("", "ETag: W/\"weak\"\r\n")) {
      String cut = "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n" + etag + "\r\nxyz";
      try (var far = new Dialogue().breaksOffAfter(cut)) {
        get(far, Duration.ZERO);
        assertThat(names()).isEmpty();
      }
    }
    try (var far =
        new Dialogue()
            .breaksOffAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nETag: \"a\"\r\n\r\n123")) {
      get(far, Duration.ZERO);
      assertThat(names()).isEmpty();
      assertThat(last(Progress.Failed.class).kept()).isFalse();
    }
  }

  @Test
  void aFileThatIsGoneMeanwhileLeavesNothing() throws Exception {
    try (var far =
        new Dialogue()
            .breaksOffAfter(first())
            .says("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
      get(far, Duration.ZERO);
      get(far, Duration.ZERO);
      assertThat(last(Progress.Failed.class).cause()).isInstanceOf(Refusal.Missing.class);
      assertThat(names()).isEmpty();
      assertThat(memory.isKept()).isFalse();
    }
  }

  private void get(Dialogue far, Duration retryFor) throws IOException {
    run(far, retryFor, false);
  }

  private void run(Dialogue far, Duration retryFor, boolean restart) throws IOException {
    try (var remote = far.remote()) {
      var habits =
          new Habits(
              new Patience(retryFor),
              (direction, name) -> memory,
              name -> Chooser.Choice.REFUSE,
              OptionalLong.empty(),
              1,
              restart);
      new Transfers(remote, events::add, habits).get("big", folder);
    }
  }

  private <T extends Progress> T last(Class<T> kind) {
    return kind.cast(events.getLast());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private String first() {
    return whole(OURS, bytes).substring(0, whole(OURS, bytes).length() - SIZE + CUT);
  }

  private String tail() {
    return new String(bytes, CUT, SIZE - CUT, ISO_8859_1);
  }

  private String whole(String version, byte[] content) {
    return "HTTP/1.1 200 OK\r\n" + fields(version) + new String(content, ISO_8859_1);
  }

  private String rest(String version, byte[] content, int from) {
    return "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
        + from
        + "-"
        + (SIZE - 1)
        + "/"
        + SIZE
        + "\r\n"
        + fields(version).replace("Length: " + SIZE, "Length: " + (SIZE - from))
        + new String(content, from, SIZE - from, ISO_8859_1);
  }

  private String fields(String version) {
    byte[] whole = version.equals(OURS) ? bytes : others;
    var sum = new CRC32C();
    sum.update(whole);
    byte[] value = ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
    return "ETag: "
        + version
        + "\r\nContent-Length: "
        + SIZE
        + "\r\nRepr-Digest: crc32c=:"
        + Base64.getEncoder().encodeToString(value)
        + ":\r\n\r\n";
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
