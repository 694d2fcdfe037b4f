package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.archive.RawTar;
import org.privateshare.net.RawPeer;

/// Archives that become files as `docs/folders.md` says, hostile ones too, through the real server.
@Timeout(60)
final class UnpackArchiveTest {
  private static final String NOTHING =
      "\"stored\":0,\"replaced\":0,\"made\":0,\"unchanged\":0,\"exists\":0,";

  @TempDir private Path root;
  private DoorFixture door;

  @BeforeEach
  void start() throws IOException {
    door = DoorFixture.in(root);
  }

  @AfterEach
  void stop() throws IOException {
    door.close();
  }

  private String put(String target, RawTar archive, String... fields) throws IOException {
    return door.owner("PUT " + target, new String(archive.bytes(), ISO_8859_1), fields);
  }

  /// The lines of a whole answer.
  private static List<String> lines(String answer) {
    return new String(body(answer).getBytes(ISO_8859_1), UTF_8).lines().toList();
  }

  private List<String> unpack(RawTar archive) throws IOException {
    String answer = put("/in/?unpack=tar", archive);
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(door.isStagingEmpty()).isTrue();
    return lines(answer);
  }

  private Path in(String path) {
    return door.folder().resolve("in").resolve(path);
  }

  @Test
  void everyMemberGetsItsLineInTheirOrder() throws Exception {
    RawTar archive =
        new RawTar()
            .folder("./")
            .folder("./sub/")
            .file("./sub/a.txt", "123456789")
            .file("empty", "")
            .head("link", '2', "00000000000")
            .file("sub/a.txt", "123456789")
            .file("sub/a.txt", "other")
            .folder("sub")
            .file("sub", "file")
            .file("new/folder/b", "b")
            .end();
    String answer = put("/in/?unpack=tar", archive);
    assertThat(field(answer, "Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(lines(answer))
        .containsExactly(
            "{\"path\":\"in\",\"result\":\"made\"}",
            "{\"path\":\"in/sub\",\"result\":\"made\"}",
            "{\"path\":\"in/sub/a.txt\",\"result\":\"stored\",\"size\":9,"
                + "\"digest\":\"crc32c:e3069283\"}",
            "{\"path\":\"in/empty\",\"result\":\"stored\",\"size\":0,"
                + "\"digest\":\"crc32c:00000000\"}",
            "{\"path\":\"link\",\"result\":\"refused\",\"code\":\"not-a-file\","
                + "\"detail\":\"only files and folders can be kept, no links or devices\"}",
            "{\"path\":\"in/sub/a.txt\",\"result\":\"unchanged\",\"size\":9}",
            "{\"path\":\"sub/a.txt\",\"result\":\"exists\",\"code\":\"taken\","
                + "\"detail\":\"\\\"in/sub/a.txt\\\" exists already\"}",
            "{\"path\":\"in/sub\",\"result\":\"unchanged\"}",
            "{\"path\":\"sub\",\"result\":\"exists\",\"code\":\"taken\","
                + "\"detail\":\"\\\"in/sub\\\" exists already\"}",
            "{\"path\":\"in/new/folder/b\",\"result\":\"stored\",\"size\":1,"
                + "\"digest\":\"crc32c:d280b0c4\"}",
            "{\"end\":{\"members\":10,\"stored\":3,\"replaced\":0,\"made\":2,\"unchanged\":2,"
                + "\"exists\":2,\"refused\":1}}");
    assertThat(in("sub/a.txt")).hasContent("123456789");
    assertThat(in("new/folder/b")).hasContent("b");
    assertThat(door.nextVisit().end()).isEqualTo("unpacked");
  }

  @Test
  void timesAreKeptAndModesAreNot() throws Exception {
    assertThat(unpack(new RawTar().pax("mtime=1000000000.123456789").file("a", "1").end()))
        .hasSize(2);
    assertThat(Files.getLastModifiedTime(in("a")).toInstant())
        .isEqualTo(Instant.parse("2001-09-09T01:46:40.123456789Z"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in("a"))))
        .isEqualTo("rw-r--r--");
    assertThat((int) Files.getAttribute(in("a"), "unix:mode") & 06000).isZero();
  }

  @Test
  void asItsOwnArchiveAFolderIsUnchanged() throws Exception {
    Files.createDirectories(in("d/empty"));
    Files.writeString(in("d/a.txt"), "1");
    String archive = body(door.owner("GET /in/?archive=tar&digest", ""));
    String again = door.owner("PUT /?unpack=tar", archive);
    assertThat(lines(again).getLast()).contains("\"members\":4,", "\"unchanged\":4,");
    assertThat(lines(door.owner("PUT /other/?unpack=tar", archive)).getLast())
        .contains("\"members\":4,\"stored\":1,", "\"made\":3,");
    assertThat(door.folder().resolve("other/in/d/a.txt")).hasContent("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../x",
        "a/../x",
        "..",
        "a/..",
        "a/./b",
        ".//a",
        "a//b",
        "\\x",
        "a\\b",
        "C:x",
        "C:/x",
        ".privateshare/x",
        ".PrivateShare",
        ".htaccess",
        "a/.git/config",
        "CON",
        "nul.txt",
        "a.",
        "a ",
        " a",
        "a<b",
        "a:b",
        "a\tb",
        "a\nb",
        "a\u007fb",
        "\u00ff\u00fe",
        "e\u00cc\u0081",
        "a\u00e2\u0080\u00aeb",
        "a/"
      })
  void whatIsNoNameHereIsRefusedAndTheRestGoesOn(String name) throws Exception {
    for (RawTar archive :
        List.of(
            new RawTar().file(name, "1"),
            new RawTar().pax("path=" + name).file("x", "1"),
            new RawTar().extension('L', name + "\0").file("x", "1"))) {
      List<String> lines = unpack(archive.file("good", "1").end());
      assertThat(lines.getFirst()).contains("\"result\":\"refused\",\"code\":\"bad-name\"");
      assertThat(lines.get(1))
          .matches(".*\"path\":\"in/good\",\"result\":\"(stored|unchanged)\".*");
    }
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(path -> path.startsWith(door.folder())).map(Path::toString))
          .filteredOn(path -> !path.contains(".privateshare"))
          .containsExactlyInAnyOrder(
              door.folder().toString(), in("").toString(), in("good").toString());
    }
  }

  @Test
  void namesThatAreTooLongOrTooDeepAreRefused() throws Exception {
    String deep = "d/".repeat(62);
    List<String> lines =
        unpack(
            new RawTar()
                .pax("path=" + deep + "f")
                .file("x", "1")
                .pax("path=" + deep + "d/f")
                .file("x", "1")
                .pax("path=" + "l".repeat(255))
                .file("x", "1")
                .pax("path=" + "l".repeat(256))
                .file("x", "1")
                .pax("path=" + "l/".repeat(2100) + "x")
                .file("x", "1")
                .end());
    assertThat(lines.get(0)).contains("\"stored\"");
    assertThat(lines.get(1)).contains("bad-name");
    assertThat(lines.get(2)).contains("\"stored\"");
    assertThat(lines.get(3)).contains("bad-name");
    assertThat(lines.get(4)).contains("bad-name").hasSizeLessThan(1_200);
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', 'V', 'Z'})
  void onlyFilesAndFoldersAreTaken(char type) throws Exception {
    var before = door.snapshot();
    List<String> lines = unpack(new RawTar().head("x", type, "00000000000").end());
    assertThat(lines.getFirst()).contains("\"path\":\"x\"", "\"code\":\"not-a-file\"");
    assertThat(lines.getLast()).contains("\"members\":1," + NOTHING + "\"refused\":1");
    assertThat(door.snapshot()).isEqualTo(before);
  }

  @Test
  void sparseFilesAreNotTaken() throws Exception {
    RawTar archive =
        new RawTar()
            .sparse("s", 512, 1)
            .raw("x".repeat(512))
            .pax("GNU.sparse.major=1", "GNU.sparse.realsize=9999999999999", "GNU.sparse.name=t")
            .file("x", "12345")
            .file("good", "1")
            .end();
    assertThat(unpack(archive))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"path\":\"s\"", "not-a-file"),
            line -> assertThat(line).contains("\"path\":\"t\"", "not-a-file"),
            line -> assertThat(line).contains("stored"),
            line -> assertThat(line).contains("\"members\":3,"));
  }

  @Test
  void nothingGoesThroughALink() throws Exception {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Files.createDirectories(in(""));
    Files.createSymbolicLink(in("there"), outside);
    List<String> lines =
        unpack(
            new RawTar()
                .head("new", '2', "00000000000")
                .file("new/x", "1")
                .file("there/x", "1")
                .folder("there/y")
                .end());
    assertThat(lines.get(1)).contains("\"stored\"");
    assertThat(Files.isDirectory(in("new"), java.nio.file.LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(lines.get(2)).contains("\"exists\"");
    assertThat(lines.get(3)).contains("\"exists\"");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void twinsAreNotTaken() throws Exception {
    List<String> lines =
        unpack(new RawTar().file("a.txt", "1").file("A.txt", "1").folder("A.TXT").end());
    assertThat(lines.get(1)).contains("\"exists\"", "too like");
    assertThat(lines.get(2)).contains("\"exists\"");
    assertThat(in("a.txt")).hasContent("1");
    assertThat(in("A.txt")).doesNotExist();
  }

  @Test
  void aSumThatDiffersIsAMismatch() throws Exception {
    List<String> lines =
        unpack(
            new RawTar()
                .pax("PRIVATESHARE.crc32c=e3069283")
                .file("good", "123456789")
                .pax("PRIVATESHARE.crc32c=e3069283")
                .file("bad", "123456780")
                .end());
    assertThat(lines.get(0)).contains("\"stored\"");
    assertThat(lines.get(1)).contains("\"refused\",\"code\":\"mismatch\"");
    assertThat(in("bad")).doesNotExist();
  }

  @Test
  void replaceBringsTheOldOneIntoTheHistory() throws Exception {
    assertThat(unpack(new RawTar().file("a", "old").file("b", "same").end())).hasSize(3);
    RawTar newer = new RawTar().file("a", "new").file("b", "same").file("c", "1").end();
    List<String> lines = lines(put("/in/?unpack=tar&replace", newer));
    assertThat(lines.get(0)).contains("\"replaced\"");
    assertThat(lines.get(1)).contains("\"unchanged\"");
    assertThat(lines.get(2)).contains("\"stored\"");
    assertThat(in("a")).hasContent("new");
    assertThat(body(door.owner("GET /.privateshare/history/in/a", ""))).hasLineCount(1);
  }

  static List<Arguments> damaged() {
    RawTar good = new RawTar().file("good", "1");
    return List.of(
        Arguments.of(good),
        Arguments.of(good.file("x", "1").cut(600)),
        Arguments.of(good.head("x", '0', "00000001000").raw("123")),
        Arguments.of(good.raw("x".repeat(512))),
        Arguments.of(good.head("x", '0', "\u00ff".repeat(12)).end()),
        Arguments.of(good.head("x", '0', "\u0080" + "\u007f".repeat(11)).end()),
        Arguments.of(good.head("x", 'x', "10000000000").raw("9")),
        Arguments.of(good.head("x", 'L', "10000000000").raw("9")),
        Arguments.of(good.global("path=all").file("x", "1").end()),
        Arguments.of(good.end().raw("more")),
        Arguments.of(good.end().file("x", "1").end()));
  }

  /// What was acknowledged before stays, and the answer has no clean end.
  @ParameterizedTest
  @MethodSource("damaged")
  void damageEndsItAfterTheMembersBefore(RawTar archive) throws Exception {
    String answer = put("/in/?unpack=tar", archive);
    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .containsSubsequence(
            "{\"path\":\"in/good\",\"result\":\"stored\"", "{\"error\":{\"code\":\"damaged\",")
        .doesNotContain("{\"end\"")
        .doesNotEndWith("\r\n0\r\n\r\n");
    assertThat(in("good")).hasContent("1");
    assertThat(in("x")).doesNotExist();
    assertThat(door.isStagingEmpty()).isTrue();
    assertThat(door.nextVisit().end()).isEqualTo("damaged");
  }

  @Test
  void whatIsNoTarAtAllIsABadRequest() throws Exception {
    for (RawTar archive :
        List.of(new RawTar().raw("x"), new RawTar().raw("\u001f\u008b" + "x".repeat(600)))) {
      var before = door.snapshot();
      String answer = put("/in/?unpack=tar", archive);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("damaged: ");
      door.assertHarmless(before, answer);
    }
  }

  @Test
  void anEmptyArchiveIsWhole() throws Exception {
    assertThat(unpack(new RawTar().end()))
        .containsExactly("{\"end\":{\"members\":0," + NOTHING + "\"refused\":0}}");
    assertThat(in("")).doesNotExist();
  }

  /// As many programs do; half a megabyte of lines for every five thousand members.
  @Test
  void whoReadsOnlyAfterAllIsSentIsServed() throws Exception {
    String member = new String(new RawTar().head("link", '2', "0").bytes(), ISO_8859_1);
    List<String> lines = unpack(new RawTar().raw(member.repeat(50_000)).end());
    assertThat(lines).hasSize(50_001);
    assertThat(lines.getLast()).contains("\"members\":50000," + NOTHING + "\"refused\":50000");
  }

  @Test
  void whatIsCutOffLeavesWholeFilesOnly() throws Exception {
    byte[] archive = new RawTar().file("a", "1").head("b", '0', "00000100000").bytes();
    try (RawPeer peer = door.connect()) {
      peer.tell(
          "PUT /in/?unpack=tar HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + door.ownerKey()
              + "\r\nContent-Length: 99999\r\n\r\n");
      peer.tell(archive);
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("in/a") < 0) {
        answer.append(peer.read(1)); // acknowledged while the rest is to come
      }
      peer.end();
      assertThat(door.nextVisit().end()).isEqualTo("cut");
    }
    assertThat(in("a")).hasContent("1");
    assertThat(in("b")).doesNotExist();
    assertThat(door.isStagingEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/in/?unpack=zip",
        "/in/?unpack",
        "/in/?unpack=tar&unpack=tar",
        "/in/?unpack=tar&x",
        "/in/?unpack=tar&replace=yes",
        "/in%252e/?unpack=tar"
      })
  void whatIsAskedMustBeKnown(String target) throws Exception {
    var before = door.snapshot();
    String answer = put(target, new RawTar().file("a", "1").end());
    assertThat(status(answer)).isEqualTo(400);
    door.assertHarmless(before, answer);
  }

  @Test
  void fieldsThatWouldMeanSomethingElseAreRefused() throws Exception {
    RawTar archive = new RawTar().file("a", "1").end();
    for (String field :
        List.of("If-Match: \"x\"", "If-None-Match: *", "Content-Range: bytes 0-1/9")) {
      assertThat(status(put("/in/?unpack=tar", archive, field))).isEqualTo(400);
    }
    assertThat(status(put("/in/?unpack=tar", archive, "Content-Encoding: gzip"))).isEqualTo(415);
    assertThat(status(put("/in/", archive))).isEqualTo(405);
    assertThat(in("")).doesNotExist();
  }

  @Test
  void aSumOfTheWholeIsCompared() throws Exception {
    RawTar archive = new RawTar().file("a", "1").end();
    assertThat(put("/in/?unpack=tar", archive, "Content-Digest: crc32c=:AAAAAA==:"))
        .contains("{\"error\":{\"code\":\"mismatch\"");
  }

  @Test
  void itNeedsTheRightToPutAndToReplace() throws Exception {
    String archive = new String(new RawTar().file("a", "1").end().bytes(), ISO_8859_1);
    for (String rights : List.of("list,get,delete", "replace")) {
      assertThat(status(door.as(door.key(rights, "in/"), "PUT /in/?unpack=tar", archive)))
          .isEqualTo(403);
    }
    String put = door.key("put", "in/");
    assertThat(status(door.as(put, "PUT /in/?unpack=tar&replace", archive))).isEqualTo(403);
    assertThat(status(door.as(put, "PUT /?unpack=tar", archive))).isEqualTo(404);
    assertThat(status(door.as(put, "PUT /in/?unpack=tar", archive))).isEqualTo(200);
    assertThat(status(door.as(put, "PUT /in/deeper/?unpack=tar", archive))).isEqualTo(200);
  }
}
