package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.net.RawPeer;

/// PUT that goes on with what another request began, as curl does it.
@Timeout(60)
final class PutPartTest {
  private static final int MIB = 1 << 20;

  @TempDir static Path root;
  private static DoorFixture door;
  private static TusPeer owner;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    owner = new TusPeer(door, door.ownerKey());
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String range(long first, long last, String length) {
    return "Content-Range: bytes " + first + "-" + last + "/" + length;
  }

  /// The next bytes of a file of nine.
  private static String put(String target, int first, String content) throws IOException {
    int last = first + content.length() - 1;
    return door.owner("PUT " + target, content, range(first, last, "9"));
  }

  /// Begins an upload of nine bytes and sends the first four.
  private static String begun(String path) throws IOException {
    String url = owner.begin(path, 9);
    assertThat(status(owner.patch(url, 0, "1234"))).isEqualTo(204);
    return url;
  }

  private static void assertAdvised(String answer, String path, long offset) {
    assertThat(status(answer)).isEqualTo(409);
    assertThat(field(answer, "Upload-Offset")).isEqualTo("" + offset);
    String how = offset == 0 ? "curl -T FILE" : "curl -C " + offset + " -T FILE";
    assertThat(body(answer))
        .startsWith("offset: ")
        .contains('"' + path + '"')
        .endsWith(": " + how + " http://localhost/" + path + "\n");
  }

  /// Sends a part of a long body and breaks off.
  private static void cut(String target, int announced, int sent, String... fields)
      throws IOException {
    try (RawPeer peer = door.connect()) {
      peer.tell("PUT " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ");
      peer.tell(door.ownerKey() + "\r\nContent-Length: " + announced + "\r\n");
      for (String field : fields) {
        peer.tell(field + "\r\n");
      }
      peer.tell("\r\n" + "x".repeat(sent));
      peer.end();
      assertThat(new String(peer.readAll(), ISO_8859_1)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void itGoesOnWhereAnUploadStands() throws Exception {
    String url = begun("on.txt");
    String middle = put("/on.txt", 4, "56");
    assertThat(status(middle)).isEqualTo(202);
    assertThat(field(middle, "Upload-Offset")).isEqualTo("6");
    assertThat(field(middle, "Location")).isEqualTo(url);
    assertThat(body(middle)).startsWith(url.substring(url.lastIndexOf('/') + 1) + " 6 9 ");
    assertThat(door.folder().resolve("on.txt")).doesNotExist();
    String last = put("/on.txt", 6, "789");
    assertThat(status(last)).isEqualTo(201);
    assertThat(field(last, "Location")).isEqualTo("/on.txt");
    assertThat(field(last, "Repr-Digest")).isEqualTo("crc32c=:4waSgw==:");
    assertThat(body(last)).isEqualTo("stored on.txt: 9 bytes, crc32c:e3069283\n");
    assertThat(door.folder().resolve("on.txt")).hasContent("123456789");
    assertThat(owner.offset(url)).isEqualTo("9");
  }

  @Test
  void anotherPlaceIsRefusedWithTheCommandToPaste() throws Exception {
    String url = begun("elsewhere.txt");
    for (int first : new int[] {1, 3, 5}) {
      assertAdvised(put("/elsewhere.txt", first, "123456789".substring(first)), "elsewhere.txt", 4);
    }
    assertThat(owner.offset(url)).isEqualTo("4");
    assertThat(status(put("/elsewhere.txt", 4, "56789"))).isEqualTo(201);
  }

  @Test
  void whereNothingIsTheFileHasToComeWhole() throws Exception {
    assertAdvised(put("/none.txt", 4, "56789"), "none.txt", 0);
    String url = begun("longer.txt");
    String longer = door.owner("PUT /longer.txt", "56", range(4, 5, "6"));
    assertAdvised(longer, "longer.txt", 0);
    assertThat(owner.offset(url)).isEqualTo("4");
    var _ = owner.begin("empty.txt", 9);
    assertAdvised(put("/empty.txt", 4, "56789"), "empty.txt", 0);
    assertThat(door.folder().resolve("none.txt")).doesNotExist();
  }

  @Test
  void theCommandMeansNothingElseToAShell() throws Exception {
    assertThat(body(put("/it's%20$(x)%20&%20y%C3%BC", 4, "5")))
        .endsWith("curl -T FILE http://localhost/it%27s%20%24%28x%29%20%26%20y%C3%BC\n");
    assertThat(body(put("/re.txt?replace", 4, "5")))
        .endsWith("curl -T FILE 'http://localhost/re.txt?replace'\n");
  }

  @Test
  void theWishToReplaceStaysWhatItWas() throws Exception {
    String url = begun("wish.txt");
    assertAdvised(
        put("/wish.txt?replace", 4, "56789").replace("'", "").replace("?replace", ""),
        "wish.txt",
        0);
    assertThat(owner.offset(url)).isEqualTo("4");
  }

  @Test
  void whatIsThereIsNotOverwritten() throws Exception {
    assertThat(status(door.owner("PUT /there.txt", "old"))).isEqualTo(201);
    for (int first : new int[] {0, 4}) {
      String answer = put("/there.txt", first, "56789".substring(0, 5 - first / 4));
      assertThat(status(answer)).isEqualTo(409);
      assertThat(body(answer)).startsWith("taken: ");
    }
    assertThat(door.folder().resolve("there.txt")).hasContent("old");
  }

  @Test
  void theFirstPartBeginsAnUpload() throws Exception {
    String first = put("/begun.txt", 0, "1234");
    assertThat(status(first)).isEqualTo(202);
    assertThat(field(first, "Upload-Offset")).isEqualTo("4");
    assertThat(status(put("/begun.txt", 4, "56789"))).isEqualTo(201);
    assertThat(door.folder().resolve("begun.txt")).hasContent("123456789");
  }

  @Test
  void theWholeMayComeAsARange() throws Exception {
    assertThat(status(put("/ranged.txt", 0, "123456789"))).isEqualTo(201);
    assertThat(door.folder().resolve("ranged.txt")).hasContent("123456789");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          Content-Range: bytes 4-8/*                    ! bad-request
          Content-Range: bytes */9                      ! bad-request
          Content-Range: bytes 4-9/9                    ! bad-request
          Content-Range: bytes 5-4/9                    ! bad-request
          Content-Range: 4-8/9                          ! bad-request
          Content-Range: bytes 4-7/9                    ! bad-request
          Content-Range: bytes 3-8/9                    ! bad-request
          Content-Range: bytes 4-8/9 ; Repr-Digest: sha-256=:AA==: ! bad-request
          Content-Range: bytes 4-8/9 ; Content-Digest: crc32c=:AAAAAA==: ! mismatch
          Content-Range: bytes 4-8/9 ; Content-MD5: JfnnlDI7RTiF9RgfG2JNCw== ! mismatch
          """)
  void aPartThatCannotBeChangesNothing(String fields, String code) throws Exception {
    String url = begun("bad.txt");
    String answer = door.owner("PUT /bad.txt", "56789", fields.split(" *; *"));
    assertThat(status(answer)).isEqualTo(400);
    assertThat(body(answer)).startsWith(code + ": ");
    assertThat(owner.offset(url)).isEqualTo("4");
    assertThat(status(owner.ask("DELETE " + url, ""))).isEqualTo(204);
  }

  @Test
  void theSumOfTheWholeIsChecked() throws Exception {
    var _ = begun("sum.txt");
    String right = "Repr-Digest: crc32c=:4waSgw==:";
    String bytes = range(4, 8, "9");
    assertThat(status(door.owner("PUT /sum.txt", "56789", bytes, right))).isEqualTo(201);
    String url = begun("sum2.txt");
    String wrong = door.owner("PUT /sum2.txt", "56780", bytes, right);
    assertThat(status(wrong)).isEqualTo(400);
    assertThat(body(wrong)).startsWith("mismatch: ");
    assertThat(status(owner.head(url))).isEqualTo(404);
    assertThat(door.folder().resolve("sum2.txt")).doesNotExist();
  }

  @Test
  void aPutThatIsCutOffCanGoOn() throws Exception {
    cut("/cut.bin", 2 * MIB, MIB + 5);
    assertThat(door.folder().resolve("cut.bin")).doesNotExist();
    String standing = door.owner("HEAD /cut.bin", "");
    assertThat(status(standing)).isEqualTo(404);
    assertThat(field(standing, "Upload-Offset")).isEqualTo("" + (MIB + 5));
    assertThat(field(standing, "Upload-Length")).isEqualTo("" + 2 * MIB);
    String url = field(standing, "Location");
    assertThat(field(owner.head(url), "Upload-Metadata"))
        .isEqualTo(TusPeer.metadata("path=cut.bin").substring("Upload-Metadata: ".length()));
    String rest = "y".repeat(MIB - 5);
    String last = door.owner("PUT /cut.bin", rest, range(MIB + 5, 2 * MIB - 1, "" + 2 * MIB));
    assertThat(status(last)).isEqualTo(201);
    assertThat(door.folder().resolve("cut.bin")).hasContent("x".repeat(MIB + 5) + rest);
  }

  @Test
  void aRangeThatIsCutOffCanGoOn() throws Exception {
    String url = begun("again.txt");
    cut("/again.txt", 5, 2, range(4, 8, "9"));
    assertThat(owner.offset(url)).isEqualTo("6");
    assertThat(status(put("/again.txt", 6, "789"))).isEqualTo(201);
    assertThat(door.folder().resolve("again.txt")).hasContent("1234xx789");
  }

  @Test
  void aShortPutThatIsCutOffIsForgotten() throws Exception {
    Map<String, String> before = door.snapshot();
    cut("/short.bin", 2 * MIB, MIB - 1);
    String standing = door.owner("HEAD /short.bin", "");
    assertThat(status(standing)).isEqualTo(404);
    assertThat(field(standing, "Upload-Offset")).isEmpty();
    assertThat(door.snapshot()).isEqualTo(before);
  }

  @Test
  void onlyWhoMayPutLearnsHowFarAnUploadIs() throws Exception {
    TusPeer phone = new TusPeer(door, door.key("put", "phone/"));
    String url = phone.begin("phone/a.txt", 9);
    assertThat(status(phone.patch(url, 0, "1234"))).isEqualTo(204);
    for (TusPeer by : new TusPeer[] {phone, owner}) {
      String answer = door.as(by.key(), "HEAD /phone/a.txt", "");
      assertThat(status(answer)).isEqualTo(404);
      assertThat(field(answer, "Upload-Offset")).isEqualTo("4");
      assertThat(field(answer, "Location")).isEqualTo(url);
    }
    String stranger = door.key("list,get,put", "/");
    assertThat(field(door.as(stranger, "HEAD /phone/a.txt", ""), "Upload-Offset")).isEmpty();
    // Elsewhere nothing changes for one who may only put.
    assertThat(status(door.as(phone.key(), "HEAD /phone/b.txt", ""))).isEqualTo(403);
    Files.createDirectories(door.folder().resolve("phone"));
    Files.writeString(door.folder().resolve("phone/c.txt"), "c");
    assertThat(status(door.as(phone.key(), "HEAD /phone/c.txt", ""))).isEqualTo(403);
    assertThat(status(door.as(phone.key(), "GET /phone/c.txt", ""))).isEqualTo(403);
  }

  @Test
  void whatOneKeyBeganAnotherDoesNotGoOnWith() throws Exception {
    var _ = begun("mine.txt");
    String other = door.key("put", "/");
    String answer = door.as(other, "PUT /mine.txt", "56789", range(4, 8, "9"));
    assertAdvised(answer, "mine.txt", 0);
  }
}
