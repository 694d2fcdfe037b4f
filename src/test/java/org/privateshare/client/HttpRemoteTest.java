package org.privateshare.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;
import org.privateshare.model.SharePath;

/// What goes over the wire, and what becomes of answers, honest or not.
@Timeout(60)
final class HttpRemoteTest {
  /// The CRC-32C of `123456789`, as the catalogue of CRCs has it.
  private static final Digest NINE = new Digest(Digest.Algorithm.CRC32C, "e3069283");

  private static final String RECEIPT =
      "{\"path\":\"a\",\"url\":\"/a\",\"size\":9,\"digest\":\"crc32c:e3069283\",\"etag\":\"x\"}";
  private static final Remote.Meter NO_METER = (moved, total) -> {};

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LocalSink sink = LocalSink.of("test", bytes);

  @Test
  void theKeyGoesAlongInAFieldAndNowhereElse() throws Exception {
    try (var far = Far.json("200 OK", "{\"entries\":[]}");
        var remote = far.remote("ps1_secret")) {
      long _ = remote.list(SharePath.ROOT, entry -> {});
      assertThat(far.head())
          .startsWith("GET / HTTP/1.1\r\n")
          .contains("\r\nAuthorization: Bearer ps1_secret\r\n", "\r\nAccept: application/json\r\n")
          .containsOnlyOnce("secret");
    }
  }

  @Test
  void aFileIsPutWithItsLengthAndComparedWithTheReceipt() throws Exception {
    try (var far = Far.json("201 Created", RECEIPT);
        var remote = far.remote();
        var source = source("123456789")) {
      assertThat(remote.put(source, path("in/ä ?#%.txt"), IfTaken.REFUSE, NO_METER))
          .isEqualTo(new Stored(path("in/ä ?#%.txt"), 9, Optional.of(NINE), false));
      assertThat(far.head())
          .startsWith("PUT /in/%C3%A4%20%3F%23%25.txt HTTP/1.1\r\n")
          .contains("Content-Length: 9\r\n");
      assertThat(far.body()).isEqualTo("123456789");
    }
  }

  @Test
  void aReplacementIsAskedForInTheQuery() throws Exception {
    try (var far = Far.json("200 OK", RECEIPT);
        var remote = far.remote();
        var source = source("123456789")) {
      assertThat(remote.put(source, path("a"), IfTaken.REPLACE, NO_METER).replaced()).isTrue();
      assertThat(far.line()).isEqualTo("PUT /a?replace HTTP/1.1");
    }
  }

  @Test
  void aStreamIsPutInChunks() throws Exception {
    List<Long> told = new ArrayList<>();
    try (var far = Far.json("201 Created", RECEIPT);
        var remote = far.remote();
        var source = new LocalStream("-", new ByteArrayInputStream("123456789".getBytes(UTF_8)))) {
      var stored = remote.put(source, path("a"), IfTaken.REFUSE, (moved, total) -> told.add(moved));
      assertThat(stored.size()).isEqualTo(9);
      assertThat(far.body()).endsWith("123456789\r\n0\r\n\r\n");
      assertThat(told).containsExactly(9L);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"size\":8,\"digest\":\"crc32c:e3069283\"}",
        "{\"size\":9,\"digest\":\"crc32c:e3069284\"}",
        "{\"size\":9,\"digest\":\"sha-256:e3069283\"}"
      })
  void aReceiptForOtherBytesIsAMismatch(String receipt) throws Exception {
    try (var far = Far.json("201 Created", receipt);
        var remote = far.remote();
        var source = source("123456789")) {
      assertThatThrownBy(() -> remote.put(source, path("a"), IfTaken.REFUSE, NO_METER))
          .isInstanceOf(Refusal.Mismatch.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"size\":9}",
        "{\"digest\":\"crc32c:e3069283\"}",
        "stored a: 9 bytes, crc32c:e3069283",
        "{\"size\":9,\"digest\":\"crc32c:e3069283\"",
        "{\"size\":9,\"digest\":\"crc32c:e3069283\"} more",
        "{\"size\":[9],\"digest\":{}}"
      })
  void aPutWithoutAProperReceiptIsAFailure(String receipt) throws Exception {
    try (var far = Far.json("201 Created", receipt);
        var remote = far.remote();
        var source = source("123456789")) {
      assertThatThrownBy(() -> remote.put(source, path("a"), IfTaken.REFUSE, NO_METER))
          .isInstanceOf(ServerFault.class);
    }
  }

  @Test
  void aReceiptWithoutEndIsNotReadToItsEnd() throws Exception {
    String endless = RECEIPT + " ".repeat(100_000);
    try (var far = Far.json("201 Created", endless);
        var remote = far.remote();
        var source = source("123456789")) {
      assertThatThrownBy(() -> remote.put(source, path("a"), IfTaken.REFUSE, NO_METER))
          .isInstanceOf(ServerFault.class);
    }
  }

  @Test
  void aFileThatChangesWhileItIsSentIsNeverSentWhole() throws Exception {
    Path file = Files.write(folder.resolve("log"), new byte[300 << 10]);
    try (var far = Far.json("201 Created", RECEIPT);
        var remote = far.remote();
        var source = LocalFile.open(file, Memory.NONE)) {
      Remote.Meter growing =
          (moved, total) -> {
            try {
              Path _ = Files.write(file, new byte[1], StandardOpenOption.APPEND);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          };
      assertThatThrownBy(() -> remote.put(source, path("a"), IfTaken.REFUSE, growing))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("changed while it was sent");
      assertThat(far.body().length()).isLessThan(300 << 10);
    }
  }

  @Test
  void aNameThatIsTakenIsRefusedBeforeTheBytesAreSent() throws Exception {
    Path file = Files.write(folder.resolve("big"), new byte[3 << 20]);
    List<Long> told = new ArrayList<>();
    String no = "{\"status\":409,\"code\":\"taken\",\"detail\":\"\\\"a\\\" exists already\"}";
    try (var far = Far.json("409 Conflict", no);
        var remote = far.remote();
        var source = LocalFile.open(file, Memory.NONE)) {
      assertThatThrownBy(
              () -> remote.put(source, path("a"), IfTaken.REFUSE, (moved, t) -> told.add(moved)))
          .isInstanceOf(Refusal.Taken.class)
          .hasMessage("\"a\" exists already");
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aFileIsComparedWithTheAnnouncedLengthAndSum() throws Exception {
    List<String> told = new ArrayList<>();
    try (var far = Far.saying(file("Repr-Digest: sha-256=:AAAA:, crc32c=:4waSgw==:\r\n"));
        var remote = far.remote()) {
      var received =
          remote.get(path("in/a b"), sink, (moved, total) -> told.add(moved + " of " + total));
      assertThat(received).isEqualTo(new Received(9, Optional.of(NINE)));
      assertThat(bytes.toString(UTF_8)).isEqualTo("123456789");
      assertThat(far.line()).isEqualTo("GET /in/a%20b HTTP/1.1");
      assertThat(told).last().isEqualTo("9 of " + OptionalLong.of(9));
    }
  }

  @Test
  void aFileWithoutASumHasAtLeastALength() throws Exception {
    try (var far = Far.saying(file(""));
        var remote = far.remote()) {
      assertThat(remote.get(path("a"), sink, NO_METER))
          .isEqualTo(new Received(9, Optional.empty()));
    }
  }

  @Test
  void otherBytesThanAnnouncedAreAMismatch() throws Exception {
    try (var far = Far.saying(file("Repr-Digest: crc32c=:4waShA==:\r\n"));
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.get(path("a"), sink, NO_METER))
          .isInstanceOf(Refusal.Mismatch.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK|Content-Length: 10",
        "200 OK|Content-Length: 8",
        "200 OK|Connection: close",
        "200 OK|Content-Length: 9|Content-Encoding: gzip",
        "200 OK|Content-Length: 9|Repr-Digest: crc32c=:4waS:",
        "200 OK|Content-Length: 9|Repr-Digest: crc32c=:4waSgw==",
        "206 Partial Content|Content-Length: 9|Content-Range: bytes 0-8/20",
        "204 No Content|X: y",
        "302 Found|Location: /b|Content-Length: 9",
        "500 Oh|Content-Length: 9"
      })
  void anythingButAWholeFileIsAFailure(String head) throws Exception {
    try (var far = Far.lastly("HTTP/1.1 " + head.replace("|", "\r\n") + "\r\n\r\n123456789");
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.get(path("a"), sink, NO_METER))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFolderIsNoFile() throws Exception {
    try (var far = Far.saying(Far.answer("308 Permanent Redirect", "Location: /a/\r\n", ""));
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.get(path("a"), sink, NO_METER))
          .isInstanceOf(Refusal.Missing.class)
          .hasMessage("\"a\" is a folder, not a file");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, bad-name,   bad-name",
    "404, bad-name,   bad-name",
    "404, missing,    missing",
    "409, taken,      taken",
    "412, changed,    changed",
    "409, not-empty,  not-empty",
    "403, denied,     denied",
    "413, too-large,  too-large",
    "507, no-space,   no-space",
    "400, mismatch,   mismatch",
    "503, unavailable, unavailable",
    "401, no-key,     denied",
    "405, method,     denied",
    "421, host,       denied",
    "409, no-folder,  missing",
    "429, throttled,  unavailable",
    "401, news,       denied",
    "403, news,       denied",
    "404, news,       missing",
    "409, news,       taken",
    "412, news,       changed",
    "413, news,       too-large",
    "429, news,       unavailable",
    "501, news,       denied",
    "503, news,       unavailable",
    "507, news,       no-space"
  })
  void aProblemBecomesTheRefusalOfItsCodeOrElseOfItsStatus(int status, String code, String kind)
      throws Exception {
    String problem = "{\"code\":\"" + code + "\",\"detail\":\"so it is\",\"more\":{\"x\":[1]}}";
    try (var far = Far.saying(problem(status + " Reason", problem));
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.remove(path("a")))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(kind))
          .hasMessage("so it is");
    }
  }

  @ParameterizedTest
  @CsvSource({"400, bad-request", "500, failed", "411, length", "300, ''"})
  void aProblemOfAnotherKindIsAFault(int status, String code) throws Exception {
    String problem = "{\"code\":\"" + code + "\",\"detail\":\"so it is\"}";
    try (var far = Far.saying(problem(status + " Reason", problem));
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.remove(path("a")))
          .isInstanceOf(ServerFault.class)
          .hasMessage("the server answered " + status + ": so it is");
    }
  }

  @Test
  void aNoWithoutAProblemIsJudgedByItsStatus() throws Exception {
    try (var far = Far.saying(Far.answer("404 Not Found", "Content-Type: text/html\r\n", "<p>"));
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.remove(path("a"))).isInstanceOf(Refusal.Missing.class);
    }
  }

  @Test
  void whatAServerSaysIsFitForATerminalAndShort() throws Exception {
    String detail = "\\u001b[2J\\u202e \\\\u{1} " + "x".repeat(10_000);
    String problem = "{\"code\":\"denied\",\"detail\":\"" + detail + "\"}";
    try (var far = Far.saying(problem("403 Forbidden", problem));
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.remove(path("a")))
          .isInstanceOf(Refusal.Denied.class)
          .message()
          .startsWith("\\x1b[2J\\u{202e} \\u{1} xxx")
          .hasSizeLessThan(302);
    }
  }

  @Test
  void aListingComesWithSizesAndTimes() throws Exception {
    String rows =
        """
        {"path":"in/","entries":[
        {"name":"a.txt","type":"file","size":9,"modified":"2026-11-22T10:00:00.123Z"},
        {"name":"\\u00e4","type":"folder","modified":"2026-11-21T09:00:00Z","new":{"x":[1]}},
        {"name":"b","type":"file"}
        ],"next":"x"}
        """;
    try (var far = Far.json("200 OK", rows);
        var remote = far.remote()) {
      List<Listed> found = new ArrayList<>();
      assertThat(remote.list(path("in"), found::add)).isZero();
      assertThat(found)
          .containsExactly(
              new Listed(
                  path("in/a.txt"),
                  false,
                  OptionalLong.of(9),
                  Optional.of(Instant.parse("2026-11-22T10:00:00.123Z")),
                  Optional.empty()),
              new Listed(
                  path("in/ä"),
                  true,
                  OptionalLong.empty(),
                  Optional.of(Instant.parse("2026-11-21T09:00:00Z")),
                  Optional.empty()),
              new Listed(
                  path("in/b"), false, OptionalLong.empty(), Optional.empty(), Optional.empty()));
      assertThat(far.line()).isEqualTo("GET /in/ HTTP/1.1");
    }
  }

  @Test
  void namesThatAreNoneAreLeftOutAndCounted() throws Exception {
    var rows = new StringBuilder();
    List<String> names =
        List.of(
            "",
            ".",
            "..",
            "../../.bashrc",
            "/etc/passwd",
            "a/b",
            ".bashrc",
            "a\\\\b",
            "\\u001b[2J",
            "\\ud800");
    for (String name : names) {
      rows.append("{\"name\":\"").append(name).append("\",\"type\":\"file\",\"size\":1},");
    }
    try (var far =
            Far.json("200 OK", "{\"entries\":[" + rows + "{\"name\":\"ok\",\"type\":\"file\"}]}");
        var remote = far.remote()) {
      List<String> found = new ArrayList<>();
      assertThat(remote.list(SharePath.ROOT, entry -> found.add(entry.path().name())))
          .isEqualTo(names.size());
      assertThat(found).containsExactly("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "<html>",
        "{\"entries\":{}}",
        "{\"entries\":[1]}",
        "{\"entries\":[{}]}",
        "{\"entries\":[{\"name\":\"a\",\"type\":\"file\",\"size\":-1}]}",
        "{\"entries\":[{\"name\":\"a\",\"type\":\"file\",\"size\":1e99}]}",
        "{\"entries\":[{\"name\":\"a\",\"type\":\"file\",\"modified\":\"now\"}]}",
        "{\"entries\":[{\"name\":\"a\",\"type\":\"file\"}]",
        "{\"entries\":[{\"name\":\"a\",\"type\":\"file\"}]}}",
        "{\"entries\":[]} {}",
        "{\"entries\":[],\"entries\":[]}",
        "{\"x\":[[[[[[[[[[]]]]]]]]]],\"entries\":[]}"
      })
  void whatIsNoListingIsAFailure(String rows) throws Exception {
    try (var far = Far.json("200 OK", rows);
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.list(SharePath.ROOT, entry -> {}))
          .isInstanceOf(ServerFault.class);
    }
  }

  @Test
  void aListingThatBreaksOffIsAFailureAfterWhatHasCome() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    String first = "{\"entries\":[{\"name\":\"a\",\"type\":\"file\"},\n";
    try (var far = Far.lastly(head + Integer.toHexString(first.length()) + "\r\n" + first);
        var remote = far.remote()) {
      List<String> found = new ArrayList<>();
      assertThatThrownBy(() -> remote.list(SharePath.ROOT, entry -> found.add("")))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40_000, 50_000_000})
  void aNameWithoutEndIsGivenUp(int length) throws Exception {
    String name = "{\"entries\":[{\"type\":\"file\",\"name\":\"" + "x".repeat(length) + "\"}]}";
    try (var far = Far.json("200 OK", name);
        var remote = far.remote()) {
      assertThatThrownBy(() -> remote.list(SharePath.ROOT, entry -> {}))
          .isInstanceOf(ServerFault.class);
    }
  }

  @Test
  void aLongListingComesRowByRow() throws Exception {
    int many = 100_000;
    var rows = new StringBuilder("{\"entries\":[\n{\"name\":\"0\",\"type\":\"file\"}");
    for (int i = 1; i < many; i++) {
      rows.append(",\n{\"name\":\"").append(i).append("\",\"type\":\"file\",\"size\":1}");
    }
    try (var far = Far.json("200 OK", rows.append("]}").toString());
        var remote = far.remote()) {
      var count = new long[1];
      assertThat(remote.list(SharePath.ROOT, entry -> count[0]++)).isZero();
      assertThat(count[0]).isEqualTo(many);
    }
  }

  @Test
  void changesAreOneRequestEach() throws Exception {
    try (var far = Far.saying("HTTP/1.1 204 No Content\r\n\r\n");
        var remote = far.remote()) {
      remote.remove(path("in/a b"));
      assertThat(far.line()).isEqualTo("DELETE /in/a%20b HTTP/1.1");
      remote.revoke("../x?");
      assertThat(far.line()).isEqualTo("DELETE /.privateshare/keys/..%2Fx%3F HTTP/1.1");
    }
    try (var far = Far.saying(Far.answer("201 Created", "", ""));
        var remote = far.remote()) {
      remote.makeFolder(path("in/new"));
      assertThat(far.line()).isEqualTo("MKCOL /in/new/ HTTP/1.1");
      remote.move(path("a"), path("in/ä"));
      assertThat(far.head())
          .startsWith("MOVE /a HTTP/1.1\r\n")
          .contains("\r\nDestination: /in/%C3%A4\r\n");
      remote.restore(path("in/a"), "20261122-1", path("b c"));
      assertThat(far.head())
          .startsWith("POST /.privateshare/history/in/a?restore=20261122-1&to=b%20c HTTP/1.1\r\n")
          .contains("Content-Length: 0\r\n");
    }
  }

  @Test
  void theHistoryComesRowByRow() throws Exception {
    String rows =
        """
        {"versions":[{"path":"in/a","id":"ID","size":9,"modified":"2026-11-22T10:00:00Z",
        "kept":"2026-11-22T11:00:00Z"}]}
        """;
    try (var far = Far.json("200 OK", rows);
        var remote = far.remote()) {
      List<OldVersion> found = new ArrayList<>();
      remote.history(SharePath.ROOT, found::add);
      assertThat(found)
          .containsExactly(
              new OldVersion(
                  path("in/a"),
                  "ID",
                  9,
                  Instant.parse("2026-11-22T10:00:00Z"),
                  Instant.parse("2026-11-22T11:00:00Z")));
      assertThat(far.line()).isEqualTo("GET /.privateshare/history/ HTTP/1.1");
    }
  }

  @Test
  void unfinishedUploadsComeOneByOne() throws Exception {
    String rows =
        """
        {"uploads":[
        {"id":"ID","path":"in/a","offset":5,"length":9,"label":"phone","busy":true,
        "started":"2026-11-22T10:00:00Z","expires":"2026-11-29T10:00:00Z","runs":[{"start":0}]},
        {"id":"PART","offset":0,"label":"x","expires":"2026-11-29T10:00:00Z"}]}
        """;
    try (var far = Far.json("200 OK", rows);
        var remote = far.remote()) {
      List<Unfinished> found = new ArrayList<>();
      remote.uploads(found::add);
      Instant expires = Instant.parse("2026-11-29T10:00:00Z");
      assertThat(found)
          .containsExactly(
              new Unfinished("ID", "in/a", 5, OptionalLong.of(9), "phone", expires),
              new Unfinished("PART", "", 0, OptionalLong.empty(), "x", expires));
      assertThat(far.line()).isEqualTo("GET /.privateshare/uploads HTTP/1.1");
    }
  }

  @Test
  void aKeyIsIssuedWithWhatWasWished() throws Exception {
    var expires = Instant.parse("2026-11-29T10:00:00Z");
    var wish =
        new RemoteKeys.Wish(
            "A\"da", Rights.of(Right.LIST, Right.GET), "in/", Optional.of(expires), false);
    String answer =
        """
        {"id":"ID","parent":"P","label":"A\\"da","rights":"list,get","path":"in/",
        "issued":"2026-11-22T10:00:00Z","expires":"2026-11-29T10:00:00Z","link":false,
        "key":"ps1_secret"}
        """;
    try (var far = Far.json("201 Created", answer);
        var remote = far.remote()) {
      assertThat(remote.issue(wish))
          .isEqualTo(
              new RemoteKeys.Issued(
                  new RemoteKeys.Known(
                      "ID", Optional.of("P"), Instant.parse("2026-11-22T10:00:00Z"), wish),
                  "ps1_secret"));
      assertThat(far.head())
          .startsWith("POST /.privateshare/keys HTTP/1.1\r\n")
          .contains("Content-Type: application/json\r\n");
      assertThat(far.body())
          .isEqualTo(
              "{\"label\":\"A\\\"da\",\"rights\":\"list,get\",\"path\":\"in/\","
                  + "\"expires\":\"2026-11-29T10:00:00Z\",\"link\":false}");
    }
  }

  @Test
  void keysAreListedWithoutTheirTexts() throws Exception {
    String rows =
        """
        {"keys":[{"id":"ID","label":"owner","rights":"list","path":"/",
        "issued":"2026-11-22T10:00:00Z"}]}
        """;
    try (var far = Far.json("200 OK", rows);
        var remote = far.remote()) {
      List<RemoteKeys.Known> found = new ArrayList<>();
      remote.keys(found::add);
      assertThat(found)
          .containsExactly(
              new RemoteKeys.Known(
                  "ID",
                  Optional.empty(),
                  Instant.parse("2026-11-22T10:00:00Z"),
                  new RemoteKeys.Wish(
                      "owner", Rights.of(Right.LIST), "/", Optional.empty(), false)));
    }
  }

  private LocalFile source(String text) throws IOException {
    return LocalFile.open(Files.writeString(folder.resolve("source"), text), Memory.NONE);
  }

  private static SharePath path(String text) throws Refusal.BadName {
    return SharePath.parse(text);
  }

  /// A file of nine bytes.
  private static String file(String fields) {
    return Far.answer("200 OK", fields, "123456789");
  }

  private static String problem(String status, String body) {
    return Far.answer(status, "Content-Type: application/problem+json\r\n", body);
  }
}
