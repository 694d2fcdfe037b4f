package org.privateshare.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Crc32c;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Files that are sent in several pieces: what goes on, and what never does.
@Timeout(60)
final class SessionUploadTest {
  private static final int SIZE = 9 << 20;
  private static final long CUT = 5_000_000;

  @TempDir private Path folder;
  private final InMemory memory = new InMemory();
  private final List<Progress> events = new ArrayList<>();
  private final byte[] bytes = random(1);
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("big"), bytes);
  }

  @Test
  void aFileIsSentOnceAndItsLastBytesWithItsSum() throws Exception {
    try (var far = new TusFar()) {
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
      assertThat(far.received).isEqualTo(SIZE);
      assertThat(far.asked)
          .containsExactly(
              "HEAD /in/big",
              "POST /.privateshare/uploads",
              "PATCH /.privateshare/uploads/0000000000000001",
              "PATCH /.privateshare/uploads/0000000000000001");
      assertThat(last(Progress.Done.class).moved()).isEqualTo(SIZE);
      assertThat(memory.isKept()).isFalse();
    }
  }

  @Test
  void aSecondRunSendsTheRestOnly() throws Exception {
    try (var far = new TusFar()) {
      far.cuts.add(CUT);
      put(far);
      assertThat(last(Progress.Failed.class).kept()).isTrue();
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
      assertThat(far.received).isEqualTo(SIZE);
      assertThat(far.sessions).hasSize(1);
      assertThat(events).contains(new Progress.Resumed("in/big", CUT, SIZE));
      assertThat(last(Progress.Done.class).moved()).isEqualTo(SIZE - CUT);
    }
  }

  @Test
  void oneRunGoesOnByItselfThroughManyCuts() throws Exception {
    try (var far = new TusFar()) {
      for (int i = 0; i < 4; i++) {
        far.cuts.add(1_000_000L + i);
      }
      run(far, Duration.ofMinutes(1), IfTaken.REFUSE);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
      assertThat(far.received).isEqualTo(SIZE);
    }
  }

  @Test
  void whatSomebodyElseHasBegunIsGoneOnWithIfItIsTheSame() throws Exception {
    try (var far = new TusFar()) {
      begun(far, bytes);
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
      assertThat(far.received).isEqualTo(SIZE - CUT);
    }
  }

  @Test
  void whatSomebodyElseHasBegunOfOtherBytesIsLeftAlone() throws Exception {
    try (var far = new TusFar()) {
      begun(far, random(2));
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
      assertThat(far.received).isEqualTo(SIZE);
      assertThat(far.sessions).hasSize(2);
    }
  }

  @Test
  void anUploadOfWhatTheFileWasBeforeIsDropped() throws Exception {
    try (var far = new TusFar()) {
      far.cuts.add(CUT);
      put(far);
      byte[] now = random(3);
      Files.write(file, now);
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(now);
      assertThat(far.asked).contains("DELETE /.privateshare/uploads/0000000000000001");
    }
  }

  @Test
  void aFileThatWasOnlyTouchedIsReadAndGoesOn() throws Exception {
    try (var far = new TusFar()) {
      far.cuts.add(CUT);
      put(far);
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      put(far);
      assertThat(far.received).isEqualTo(SIZE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatChangesWhileItIsSentIsNotPublished(boolean grows) throws Exception {
    try (var far = new TusFar()) {
      far.meanwhile =
          () -> {
            try {
              Files.write(file, random(3));
              Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
              if (grows) {
                Files.writeString(file, "x", StandardOpenOption.APPEND);
              }
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          };
      put(far);
      assertThat(last(Progress.Failed.class).cause())
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("changed while it was sent");
      assertThat(far.files).isEmpty();
      assertThat(far.sessions).isEmpty();
      assertThat(memory.isKept()).isFalse();
    }
  }

  @Test
  void aLostReceiptIsFoundAgain() throws Exception {
    try (var far = new TusFar()) {
      far.lies.add(
          "HTTP/1.1 204 No Content\r\nUpload-Offset: " + (SIZE - (256 << 10)) + "\r\n\r\n");
      far.lies.add("");
      put(far);
      assertThat(last(Progress.Failed.class).kept()).isTrue();
      assertThat(far.files).hasSize(1);
      put(far);
      assertThat(last(Progress.Done.class).bytes()).isEqualTo(SIZE);
      assertThat(last(Progress.Done.class).moved()).isZero();
      assertThat(memory.isKept()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Repr-Digest: crc32c=:AAAAAA==:\r\nContent-Location: /in/big\r\n",
        "Content-Location: /in/big\r\n",
        "Repr-Digest: %s\r\nContent-Location: /in/other\r\n",
        ""
      })
  void aReceiptOfOtherBytesIsAMismatch(String fields) throws Exception {
    try (var far = new TusFar()) {
      String sum = "crc32c=:" + sum() + ":";
      far.lies.add(
          "HTTP/1.1 204 No Content\r\nUpload-Offset: " + (SIZE - (256 << 10)) + "\r\n\r\n");
      far.lies.add("HTTP/1.1 204 No Content\r\n" + fields.replace("%s", sum) + "\r\n");
      put(far);
      assertThat(last(Progress.Failed.class).cause()).isInstanceOf(Refusal.Mismatch.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"offset", "length", "digest", "less"})
  void aSessionThatCannotBeThisFileIsNotGoneOnWith(String what) throws Exception {
    try (var far = new TusFar()) {
      far.cuts.add(CUT);
      put(far);
      String url = "/.privateshare/uploads/0000000000000001";
      TusFar.Session was = Objects.requireNonNull(far.sessions.get(url));
      byte[] had = was.bytes.toByteArray();
      var now = new TusFar.Session("in/big", what.equals("length") ? SIZE + 1 : SIZE);
      switch (what) {
        case "offset" -> now.bytes.writeBytes(new byte[SIZE + 10]);
        case "digest" -> now.bytes.writeBytes(new byte[had.length]);
        case "less" -> now.bytes.write(had, 0, 1000);
        default -> now.bytes.writeBytes(had);
      }
      far.sessions.put(url, now);
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
    }
  }

  @Test
  void aSessionThatIsGoneIsBegunAnew() throws Exception {
    try (var far = new TusFar()) {
      far.cuts.add(CUT);
      put(far);
      far.sessions.clear();
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
      assertThat(far.received).isEqualTo(SIZE + CUT);
    }
  }

  @Test
  void aServerWithoutSessionsGetsTheWholeFile() throws Exception {
    String receipt = "{\"size\":" + SIZE + ",\"digest\":\"crc32c:" + hex() + "\"}";
    String missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    try (var far =
        new Dialogue().says(missing).says(missing).says(Far.answer("201 Created", "", receipt))) {
      try (var remote = far.remote()) {
        transfers(remote, Duration.ZERO).put(file, SharePath.parse("in"), IfTaken.REFUSE);
      }
      assertThat(last(Progress.Done.class).bytes()).isEqualTo(SIZE);
      assertThat(far.asked().getLast().line()).isEqualTo("PUT /in/big HTTP/1.1");
      assertThat(far.asked().getLast().body()).isEqualTo(new String(bytes, ISO_8859_1));
    }
  }

  @Test
  void aNameThatIsTakenIsRefusedBeforeAnythingIsSent() throws Exception {
    try (var far = new TusFar()) {
      far.files.put("in/big", new byte[] {1});
      put(far);
      assertThat(last(Progress.Failed.class).cause()).isInstanceOf(Refusal.Taken.class);
      assertThat(far.asked).allMatch(asked -> asked.startsWith("HEAD "));
      assertThat(far.sessions).isEmpty();
    }
  }

  @Test
  void aMarkOfWhatTheFileWasBeforeIsNotTrusted() throws Exception {
    try (var far = new TusFar()) {
      far.cuts.add(CUT);
      put(far);
      var first = new Crc32c();
      first.update(ByteBuffer.wrap(bytes, 0, 1000));
      PutState kept = PutState.parse(memory.recall().orElseThrow()).orElseThrow();
      memory.keep(kept.with(new Mark(1000, first.value())).toString());
      bytes[0]++;
      Files.write(file, bytes);
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      put(far);
      assertThat(far.files.get("in/big")).isEqualTo(bytes);
    }
  }

  @Test
  void aFileThatWasTouchedIsRememberedAsItIsNow() throws Exception {
    try (var far = new TusFar()) {
      far.cuts.addAll(List.of(CUT, 1_000L));
      put(far);
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      put(far);
      PutState kept = PutState.parse(memory.recall().orElseThrow()).orElseThrow();
      try (LocalFile now = LocalFile.open(file, Memory.NONE)) {
        assertThat(kept.file()).isEqualTo(now.identity());
      }
    }
  }

  @Test
  void anotherFileOfTheSameSizeIsNotTheSame() throws Exception {
    try (var far = new TusFar()) {
      far.files.put("in/big", random(4));
      put(far);
      assertThat(last(Progress.Failed.class).cause()).isInstanceOf(Refusal.Taken.class);
    }
  }

  @Test
  void theSameFileThatIsThereIsNotSent() throws Exception {
    try (var far = new TusFar()) {
      far.files.put("in/big", bytes);
      put(far);
      assertThat(last(Progress.Unchanged.class).bytes()).isEqualTo(SIZE);
      assertThat(far.received).isZero();
    }
  }

  private void begun(TusFar far, byte[] content) {
    var session = new TusFar.Session("in/big", SIZE);
    session.bytes.write(content, 0, (int) CUT);
    far.sessions.put("/.privateshare/uploads/tus-js", session);
  }

  private void put(TusFar far) throws Exception {
    run(far, Duration.ZERO, IfTaken.REFUSE);
  }

  private void run(TusFar far, Duration retryFor, IfTaken ifTaken) throws Exception {
    try (var remote = far.remote()) {
      transfers(remote, retryFor).put(file, SharePath.parse("in"), ifTaken);
    }
  }

  private Transfers transfers(Remote remote, Duration retryFor) {
    var habits =
        new Habits(
            new Patience(retryFor),
            (direction, name) -> memory,
            name -> Chooser.Choice.REFUSE,
            OptionalLong.empty(),
            1,
            false);
    return new Transfers(remote, events::add, habits);
  }

  private <T extends Progress> T last(Class<T> kind) {
    return kind.cast(events.getLast());
  }

  private String hex() {
    var sum = new Crc32c();
    sum.update(ByteBuffer.wrap(bytes));
    return sum.digest().hex();
  }

  private String sum() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex()));
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
