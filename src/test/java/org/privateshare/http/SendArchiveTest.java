package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.head;
import static org.privateshare.http.Answers.status;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.archive.TarMember;
import org.privateshare.archive.TarReader;
import org.privateshare.net.RawPeer;

/// Folders as archives as `docs/folders.md` says, through the real server.
@Timeout(60)
final class SendArchiveTest {
  private static final Instant TIME = Instant.parse("2001-02-03T04:05:06.123456789Z");
  private static final String LONG = "l".repeat(255);
  private static final String DEEP = "d/".repeat(61) + "d";

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Path top = door.folder().resolve("top");
    write(top.resolve("a.txt"), "123456789");
    write(top.resolve("sub/日本.txt"), "x".repeat(200_000));
    write(top.resolve("sub").resolve(LONG), "");
    write(top.resolve(DEEP).resolve("end"), "deep");
    Files.createDirectories(top.resolve("empty"));
    write(top.resolve(".hidden"), "");
    Files.createSymbolicLink(top.resolve("link"), top.resolve("a.txt"));
    Files.setLastModifiedTime(top.resolve("a.txt"), FileTime.from(TIME));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static Map<String, String> tar(String answer) throws IOException {
    Map<String, String> found = new TreeMap<>();
    var channel = Channels.newChannel(new ByteArrayInputStream(body(answer).getBytes(ISO_8859_1)));
    TarReader reader = new TarReader(channel::read, ByteBuffer.allocate(4096));
    for (var member = reader.next(); member.isPresent(); member = reader.next()) {
      StringBuilder content = new StringBuilder();
      for (var piece = reader.content(); piece.hasRemaining(); piece = reader.content()) {
        content.append(UTF_8.decode(piece));
      }
      boolean isFolder = member.get().kind() == TarMember.Kind.FOLDER;
      found.put(member.get().name() + (isFolder ? "/" : ""), content.toString());
    }
    return found;
  }

  private static Map<String, String> zip(String answer) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(body(answer).getBytes(ISO_8859_1)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        found.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
      }
    }
    return found;
  }

  private static void assertWhole(Map<String, String> found) {
    assertThat(found)
        .containsEntry("top/", "")
        .containsEntry("top/a.txt", "123456789")
        .containsEntry("top/sub/日本.txt", "x".repeat(200_000))
        .containsEntry("top/sub/" + LONG, "")
        .containsEntry("top/" + DEEP + "/end", "deep")
        .containsEntry("top/empty/", "")
        .hasSize(8 + 62 - 1);
  }

  @Test
  void aFolderComesWholeInBothForms() throws Exception {
    String tar = door.owner("GET /top/?archive=tar", "");
    assertWhole(tar(tar));
    assertThat(field(tar, "Content-Type")).isEqualTo("application/x-tar");
    assertThat(field(tar, "Content-Disposition")).startsWith("attachment; filename=\"top.tar\"");
    assertThat(field(tar, "Content-Security-Policy")).startsWith("sandbox;");
    String zip = door.owner("GET /top/?archive=zip", "");
    assertWhole(zip(zip));
    assertThat(field(zip, "Content-Type")).isEqualTo("application/zip");
  }

  @Test
  void gnuTarUnpacksItToTheSame() throws Exception {
    Path file = Files.createDirectories(root.resolve("unpacked")).resolve("top.tar");
    String answer = door.owner("GET /top/?archive=tar", "");
    Files.write(file, body(answer).getBytes(ISO_8859_1));
    Process process =
        new ProcessBuilder("tar", "-xf", "top.tar")
            .directory(root.resolve("unpacked").toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
    Path unpacked = root.resolve("unpacked/top");
    assertThat(unpacked.resolve("sub/日本.txt"))
        .hasSameBinaryContentAs(door.folder().resolve("top/sub/日本.txt"));
    assertThat(unpacked.resolve(DEEP).resolve("end")).hasContent("deep");
    assertThat(Files.getLastModifiedTime(unpacked.resolve("a.txt")).toInstant()).isEqualTo(TIME);
    assertThat(unpacked.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void theShareItselfBeginsWithItsEntries() throws Exception {
    String answer = door.owner("GET /?archive=tar", "");
    assertThat(field(answer, "Content-Disposition")).contains("\"share.tar\"");
    assertThat(tar(answer)).containsKey("top/a.txt").doesNotContainKeys("", "/", "./");
  }

  @Test
  void aSumComesForThoseWhoAsk() throws Exception {
    assertThat(body(door.owner("GET /top/?archive=tar&digest", "")))
        .contains("PRIVATESHARE.crc32c=e3069283\n");
    assertThat(body(door.owner("GET /top/?archive=tar", ""))).doesNotContain("PRIVATESHARE");
  }

  private static String select(String form) throws IOException {
    return door.owner(
        "POST /top/?archive=tar", form, "Content-Type: application/x-www-form-urlencoded");
  }

  @Test
  void whatIsNamedComesInItsOrder() throws Exception {
    write(door.folder().resolve("top/sub/a b+c&d.txt"), "odd");
    String answer = select("name=sub%2Fa+b%2Bc%26d.txt&name=gone&name=a.txt&name=empty");
    assertThat(tar(answer).keySet())
        .containsExactlyInAnyOrder("top/sub/a b+c&d.txt", "top/a.txt", "top/empty/");
    assertThat(body(answer).indexOf("top/sub")).isLessThan(body(answer).indexOf("top/a.txt"));
    assertThat(tar(select("name=d%2Fd")).size()).isEqualTo(62);
    Files.delete(door.folder().resolve("top/sub/a b+c&d.txt"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "name=..%2Fx 400",
        "name=%2Fx 400",
        "name=a.txt%2F 400",
        "name= 400",
        "name=%zz 400",
        "name=%ff 400",
        "name=.privateshare%2Flock 400",
        "other=a 400",
        "name=a&&name=b 400",
        "x 400"
      })
  void whatIsNoNameIsRefused(String form, int status) throws Exception {
    assertThat(status(select(form))).isEqualTo(status);
  }

  @Test
  void onlyAFormSaysNames() throws Exception {
    String json = "Content-Type: application/json";
    assertThat(status(door.owner("POST /top/?archive=tar", "name=a.txt", json))).isEqualTo(415);
    assertThat(status(select("name=" + "a".repeat(1 << 20)))).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive", "archive=", "archive=rar", "archive=tar&archive=zip"})
  void thereAreTwoForms(String query) throws Exception {
    assertThat(status(door.owner("GET /top/?" + query, ""))).isEqualTo(400);
  }

  @Test
  void whatIsNoFolderIsNotThere() throws Exception {
    assertThat(status(door.owner("GET /none/?archive=tar", ""))).isEqualTo(404);
    assertThat(status(door.owner("GET /top/a.txt/?archive=tar", ""))).isEqualTo(404);
    assertThat(status(door.owner("POST /top/", ""))).isEqualTo(415);
  }

  @Test
  void headIsTheHeadAlone() throws Exception {
    String asked = door.owner("HEAD /top/?archive=zip", "");
    String got = door.owner("GET /top/?archive=zip", "");
    assertThat(body(asked)).isEmpty();
    assertThat(head(asked)).isEqualTo(head(got).replace("Transfer-Encoding: chunked\r\n", ""));
  }

  @Test
  void itNeedsBothRights() throws Exception {
    for (String rights : List.of("list", "get", "put")) {
      String key = door.key(rights, "top/");
      assertThat(status(door.as(key, "GET /top/?archive=tar", ""))).isEqualTo(403);
    }
    String key = door.key("list,get", "top/sub/");
    assertThat(status(door.as(key, "GET /top/?archive=tar", ""))).isEqualTo(404);
    assertThat(status(door.as(key, "GET /top/sub/?archive=tar", ""))).isEqualTo(200);
  }

  @Test
  void aNameLikeADriveIsOneOfThisFolder() throws Exception {
    write(door.folder().resolve("C:/x"), "");
    assertThat(tar(door.owner("GET /?archive=tar", ""))).containsKey("./C:/x");
    Files.delete(door.folder().resolve("C:/x"));
    Files.delete(door.folder().resolve("C:"));
  }

  /// Never a clean end.
  @ParameterizedTest
  @ValueSource(strings = {"tar", "zip"})
  void aFileThatIsCutMeanwhileBreaksTheArchiveOff(String form) throws Exception {
    Path file = Files.createDirectories(door.folder().resolve("cut" + form)).resolve("large");
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        RawPeer peer = RawPeer.narrow(door.port())) {
      var _ = channel.write(ByteBuffer.wrap(new byte[1]), (64 << 20) - 1);
      peer.tell(
          "GET /cut"
              + form
              + "/?archive="
              + form
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + door.ownerKey()
              + "\r\n\r\n");
      peer.skip(100_000);
      var _ = channel.truncate(1 << 20);
      assertThatThrownBy(peer::readAll).isInstanceOf(SocketException.class);
    }
  }
}
