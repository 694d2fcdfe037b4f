package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;

/// What is written comes back as it was; which headers that takes is checked to the byte. Programs
/// of the system read whole archives in the tests of the HTTP door.
final class TarWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456789Z");
  private static final Instant FULL_SECOND = Instant.parse("2026-11-22T10:00:00Z");

  private static final List<TarMember> MEMBERS =
      List.of(
          TarMember.file("a.txt", 0, FULL_SECOND, Optional.empty()),
          TarMember.file("a/b/c.txt", 3, NOW, Optional.empty()),
          TarMember.folder("a/b", NOW),
          TarMember.folder("l".repeat(100), FULL_SECOND),
          TarMember.file("l".repeat(100), 0, FULL_SECOND, Optional.empty()),
          TarMember.file("l".repeat(101), 1, FULL_SECOND, Optional.empty()),
          TarMember.file("日本/" + "é".repeat(127), 1, FULL_SECOND, Optional.empty()),
          TarMember.file("x/".repeat(2_000) + "end", 1, FULL_SECOND, Optional.empty()),
          TarMember.file("large", (8L << 30) - 1, FULL_SECOND, Optional.empty()),
          TarMember.file("larger", 8L << 30, FULL_SECOND, Optional.empty()),
          TarMember.file("largest", Long.MAX_VALUE, FULL_SECOND, Optional.empty()),
          TarMember.file("old", 1, Instant.ofEpochSecond(-1), Optional.empty()),
          TarMember.file("older", 1, Instant.parse("1901-01-01T00:00:00.75Z"), Optional.empty()),
          TarMember.file("late", 1, Instant.parse("2444-01-01T00:00:00.5Z"), Optional.empty()),
          TarMember.file("summed", 1, NOW, Optional.of(Digest.crc32c(0xe3069283L))));

  private static TarReader reader(byte[] archive) {
    var in = new ByteArrayInputStream(archive);
    return new TarReader(
        into -> {
          int unit = in.read();
          if (unit >= 0) {
            into.put((byte) unit);
          }
          return unit < 0 ? -1 : 1;
        },
        ByteBuffer.allocate(1024));
  }

  @ParameterizedTest
  @FieldSource("MEMBERS")
  void whatIsWrittenComesBack(TarMember member) throws IOException {
    assertThat(reader(TarWriter.head(member)).next()).contains(member);
  }

  @ParameterizedTest
  @FieldSource("MEMBERS")
  void headsAreWholeBlocks(TarMember member) {
    assertThat(TarWriter.head(member).length % 512).isZero();
  }

  @Test
  void whatUstarCanSayIsOneBlock() {
    for (TarMember member : List.of(MEMBERS.get(0), MEMBERS.get(4), MEMBERS.get(8))) {
      assertThat(TarWriter.head(member)).hasSize(512);
    }
  }

  @Test
  void theBlockIsThatOfThePosixStandard() {
    byte[] head = TarWriter.head(TarMember.file("a/b.txt", 4_096, FULL_SECOND, Optional.empty()));
    ByteBuffer expected = ByteBuffer.allocate(512);
    field(expected, 0, "a/b.txt");
    field(expected, 100, "0000644\0" + "0000000\0" + "0000000\0");
    field(expected, 124, "00000010000\0" + "15300536440\0");
    field(expected, 156, "0");
    field(expected, 257, "ustar\0" + "00");
    String sum = new String(head, 148, 8, UTF_8);
    field(expected, 148, sum);
    assertThat(head).isEqualTo(expected.array());
    expected.put(148, "        ".getBytes(UTF_8));
    int total = 0;
    for (byte unit : expected.array()) {
      total += unit & 0xff;
    }
    assertThat(sum).isEqualTo("%06o\0 ", total);
  }

  private static void field(ByteBuffer block, int at, String text) {
    var _ = block.put(at, text.getBytes(UTF_8));
  }

  @Test
  void aPaxRecordCountsItsOwnLength() {
    byte[] head = TarWriter.head(TarMember.file("n".repeat(101), 0, NOW, Optional.empty()));
    assertThat(new String(head, 512, 160, UTF_8))
        .startsWith(
            "111 path=" + "n".repeat(101) + "\n" + "30 mtime=1795341600.123456789\n" + "\0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 100_000})
  void contentsAreFilledUpToWholeBlocks(int size) {
    assertThat((size + TarWriter.padding(size).length) % 512).isZero();
    assertThat(TarWriter.padding(size)).isEqualTo(new byte[TarWriter.padding(size).length]);
    assertThat(TarWriter.padding(size)).hasSizeLessThan(512);
  }

  @Test
  void contentsComeBackBetweenTheirHeads() throws IOException {
    var archive = new ByteArrayOutputStream();
    for (int size : new int[] {0, 1, 512, 2_000}) {
      archive.writeBytes(TarWriter.head(TarMember.file("f" + size, size, NOW, Optional.empty())));
      archive.writeBytes(("" + size % 10).repeat(size).getBytes(UTF_8));
      archive.writeBytes(TarWriter.padding(size));
    }
    archive.writeBytes(new byte[TarWriter.END_BYTES]);
    TarReader reader = reader(archive.toByteArray());
    for (int size : new int[] {0, 1, 512, 2_000}) {
      assertThat(reader.next().orElseThrow().size()).isEqualTo(size);
      var content = new StringBuilder();
      for (var piece = reader.content(); piece.hasRemaining(); piece = reader.content()) {
        content.append(UTF_8.decode(piece));
      }
      assertThat(content).hasToString(("" + size % 10).repeat(size));
    }
    assertThat(reader.next()).isEmpty();
    assertThat(reader.next()).isEmpty();
  }
}
