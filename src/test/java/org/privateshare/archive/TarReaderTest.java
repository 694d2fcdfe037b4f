package org.privateshare.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateshare.archive.TarMember.Kind;

/// Archives as no good program makes them, and some that only old ones do.
final class TarReaderTest {
  private static final String LONG = "l".repeat(255);

  private static List<TarMember> read(RawTar archive) throws IOException {
    var channel = Channels.newChannel(new ByteArrayInputStream(archive.bytes()));
    TarReader reader = new TarReader(channel::read, ByteBuffer.allocateDirect(4096));
    List<TarMember> members = new ArrayList<>();
    for (var member = reader.next(); member.isPresent(); member = reader.next()) {
      members.add(member.get());
    }
    return members;
  }

  private static TarMember one(RawTar archive) throws IOException {
    assertThat(read(archive)).hasSize(1);
    return read(archive).getFirst();
  }

  static List<Arguments> damage() {
    return List.of(
        Arguments.of("cut off", new RawTar()),
        Arguments.of("cut off", new RawTar().file("a", "1")),
        Arguments.of("cut off", new RawTar().file("a", "1").cut(300)),
        Arguments.of("cut off", new RawTar().head("a", '0', "00000001000")),
        Arguments.of("cut off", new RawTar().head("a", '0', "00000001000").raw("12345")),
        Arguments.of("no tar archive", new RawTar().raw("x".repeat(1024))),
        Arguments.of("packed with gzip", new RawTar().raw("\u001f\u008b" + "x".repeat(1024))),
        Arguments.of("packed with zstd", new RawTar().raw("(\u00b5/\u00fd" + LONG.repeat(3))),
        Arguments.of("packed with zip", new RawTar().raw("PK\3\4" + LONG.repeat(3))),
        Arguments.of("header is damaged", new RawTar().file("a", "1").raw("x".repeat(1024))),
        Arguments.of("size is negative", new RawTar().head("a", '0', "\u00ff".repeat(12)).end()),
        Arguments.of(
            "is too large", new RawTar().head("a", '0', "\u0080" + "\u007f".repeat(11)).end()),
        Arguments.of("number is none", new RawTar().head("a", '0', "-0000000001").end()),
        Arguments.of("number is none", new RawTar().head("a", '0', "00000000008").end()),
        Arguments.of("has a size", new RawTar().head("a", '5', "00000000001").raw(LONG).end()),
        Arguments.of("has a size", new RawTar().head("a", '1', "00000001000").raw(LONG).end()),
        Arguments.of(
            "has a size", new RawTar().pax("size=512").head("a", '2', "0").raw(LONG).end()),
        Arguments.of("size that can't be", new RawTar().pax("size=-1").file("a", "").end()),
        Arguments.of("size that can't be", new RawTar().pax("size=1e9").file("a", "").end()),
        Arguments.of(
            "size that can't be", new RawTar().pax("size=9223372036854775808").file("a", "").end()),
        Arguments.of("mtime that is none", new RawTar().pax("mtime=now").file("a", "").end()),
        Arguments.of("mtime that is none", new RawTar().pax("mtime=-").file("a", "").end()),
        Arguments.of("mtime that is none", new RawTar().pax("mtime=.5").file("a", "").end()),
        Arguments.of("mtime that is none", new RawTar().pax("mtime=1.2.3").file("a", "").end()),
        Arguments.of("mtime that is none", new RawTar().pax("mtime=--1").file("a", "").end()),
        Arguments.of(
            "mtime that is none", new RawTar().pax("mtime=1234567890123").file("a", "").end()),
        Arguments.of(
            "checksum that is none", new RawTar().pax("PRIVATESHARE.crc32c=1").file("a", "").end()),
        Arguments.of("malformed", new RawTar().extension('x', "12 path=a").file("a", "").end()),
        Arguments.of("malformed", new RawTar().extension('x', "0 path=a\n").file("a", "").end()),
        Arguments.of("malformed", new RawTar().extension('x', "-9 path=a\n").file("a", "").end()),
        Arguments.of("malformed", new RawTar().extension('x', "9 path\na=b\n").file("a", "").end()),
        Arguments.of("malformed", new RawTar().extension('x', "3 a\n").file("a", "").end()),
        Arguments.of(
            "malformed", new RawTar().extension('x', "99999999999 path=a\n").file("a", "").end()),
        Arguments.of("malformed", new RawTar().extension('x', "x".repeat(9)).file("a", "").end()),
        Arguments.of("no member behind it", new RawTar().pax("path=a").end()),
        Arguments.of("no member behind it", new RawTar().extension('L', LONG).end()),
        Arguments.of("65536 bytes", new RawTar().extension('x', "x".repeat(70_000))),
        Arguments.of("65536 bytes", new RawTar().extension('L', "x".repeat(70_000))),
        Arguments.of("65536 bytes", new RawTar().head("a", 'L', "10000000000").raw(LONG)),
        Arguments.of("65536 bytes", new RawTar().head("a", 'K', "\u0080\0\0\0\u007f".repeat(3))),
        Arguments.of("65536 bytes", new RawTar().many(200, tar -> tar.pax("path=a"))),
        Arguments.of("65536 bytes", new RawTar().many(200, tar -> tar.extension('g', ""))),
        Arguments.of("gives all members", new RawTar().global("path=a").file("b", "").end()),
        Arguments.of("gives all members", new RawTar().global("size=1").file("b", "").end()),
        Arguments.of("follows the end", new RawTar().file("a", "").end().raw("more")),
        Arguments.of("follows the end", new RawTar().file("a", "").end().file("b", "").end()));
  }

  @ParameterizedTest
  @MethodSource("damage")
  void whatCouldBeReadInTwoWaysIsDamage(String message, RawTar archive) {
    assertThatThrownBy(() -> read(archive))
        .isInstanceOf(DamagedArchive.class)
        .hasMessageContaining(message);
  }

  @Test
  void anArchiveOfNothingIsEmpty() throws IOException {
    assertThat(read(new RawTar().end())).isEmpty();
    assertThat(read(new RawTar().raw("\0".repeat(10_240)))).isEmpty();
  }

  /// As GNU tar forgives it.
  @Test
  void oneBlockOfZerosIsAnEndToo() throws IOException {
    assertThat(read(new RawTar().file("a", "1").raw("\0".repeat(512)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, /etc/passwd",
    "../a, ../a",
    "a/../b, a/../b",
    "./a, ./a",
    "C:\\a, C:\\a",
    "a//b, a//b"
  })
  void namesAreNeverMended(String name, String read) throws IOException {
    assertThat(one(new RawTar().file(name, "1").end()).name()).isEqualTo(read);
    assertThat(one(new RawTar().pax("path=" + name).file("x", "").end()).name()).isEqualTo(read);
    assertThat(one(new RawTar().extension('L', name + "\0").file("x", "").end()).name())
        .isEqualTo(read);
  }

  @Test
  void aZeroInANameStays() throws IOException {
    assertThat(one(new RawTar().pax("path=a\0b").file("x", "").end()).name()).isEqualTo("a\0b");
  }

  @Test
  void bytesThatAreNoUtf8BecomeNoOtherName() throws IOException {
    String name = one(new RawTar().file("caf\u00e9", "").end()).name();
    assertThat(name).isEqualTo("caf\udce9");
  }

  @Test
  void aSlashAtTheEndTellsAFolderOfOldPrograms() throws IOException {
    TarMember folder = one(new RawTar().head("d/", '\0', "00000000000").end());
    assertThat(folder.kind()).isEqualTo(Kind.FOLDER);
    assertThat(folder.name()).isEqualTo("d");
    TarMember file = one(new RawTar().file("d/", "1").end());
    assertThat(file.kind()).isEqualTo(Kind.FILE);
    assertThat(file.name()).isEqualTo("d/");
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "6", "V", "Z"})
  void whatIsNeitherFileNorFolderIsSomethingElse(char type) throws IOException {
    assertThat(one(new RawTar().head("a", type, "00000000000").end()).kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void sparseFilesAreSomethingElseAndSkippedToTheirEnd() throws IOException {
    RawTar gnu =
        new RawTar()
            .sparse("s", 600, 2)
            .raw("x".repeat(600) + "\0".repeat(424))
            .file("behind", "1")
            .end();
    RawTar pax =
        new RawTar()
            .pax("GNU.sparse.major=1", "GNU.sparse.name=s", "path=./GNUSparseFile.1/s")
            .file("x", "12345")
            .file("behind", "1")
            .end();
    for (RawTar archive : List.of(gnu, pax)) {
      assertThat(read(archive)).extracting(TarMember::name).containsExactly("s", "behind");
      assertThat(read(archive).getFirst().kind()).isEqualTo(Kind.OTHER);
    }
  }

  @Test
  void sizesOfBase256AndOfPaxCount() throws IOException {
    String size = "\u0080" + "\0".repeat(8) + "\0\2\1";
    assertThat(read(new RawTar().head("a", '0', size).raw("x".repeat(1024)).file("b", "").end()))
        .extracting(TarMember::size)
        .containsExactly(513L, 0L);
    RawTar pax = new RawTar().pax("size=513").head("a", '0', "00000000001").raw("x".repeat(1024));
    assertThat(read(pax.file("b", "").end())).extracting(TarMember::name).containsExactly("a", "b");
  }

  @Test
  void timesAreAsTheySay() throws IOException {
    assertThat(one(new RawTar().pax("mtime=-1.5").file("a", "").end()).modified())
        .contains(Instant.parse("1969-12-31T23:59:58.5Z"));
    assertThat(one(new RawTar().pax("mtime=1.1234567899").file("a", "").end()).modified())
        .contains(Instant.parse("1970-01-01T00:00:01.123456789Z"));
    assertThat(one(new RawTar().pax("mtime=2.").file("a", "").end()).modified())
        .contains(Instant.ofEpochSecond(2));
    assertThat(one(new RawTar().global("mtime=7").file("a", "").end()).modified())
        .contains(Instant.ofEpochSecond(7));
    assertThat(
            one(new RawTar().time("\u0080\0\0\0" + "\u007f".repeat(8)).file("a", "").end())
                .modified())
        .isEmpty();
  }

  @Test
  void thePrefixOfUstarStandsBefore() throws IOException {
    assertThat(one(new RawTar().prefix("p/q").file("a", "1").end()).name()).isEqualTo("p/q/a");
  }

  /// GNU tar keeps other things where ustar has the prefix.
  @Test
  void onlyUstarHasAPrefix() throws IOException {
    assertThat(one(new RawTar().magic("ustar  \0").prefix("123").file("a", "1").end()).name())
        .isEqualTo("a");
    assertThat(one(new RawTar().magic("").prefix("123").file("a", "1").end()).name())
        .isEqualTo("a");
  }
}
