package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.Deadlines;
import org.privateshare.share.Limits;

/// Who gets in. Each request comes, by a trusted proxy, from an address of its own, so that the
/// throttle sees each for the first time.
@Timeout(60)
final class KeysTest {
  private static final HttpOptions BEHIND_PROXY =
      new HttpOptions(
          Set.of("outer.example"), List.of(AddressBlock.parse("127.0.0.1").orElseThrow()));

  @TempDir static Path root;
  private static DoorFixture door;
  private static int callers;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root, BEHIND_PROXY, Limits.DEFAULT, Deadlines.DEFAULT);
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
    Files.createDirectories(door.folder().resolve("dir"));
    Files.createDirectories(door.folder().resolve("dir2"));
    Files.writeString(door.folder().resolve("dir/a"), "a");
    Files.writeString(door.folder().resolve("dir2/a"), "a");
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String nextCaller() {
    callers++;
    return "X-Forwarded-For: 192.0.2." + callers;
  }

  private static String basic(String pair) {
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static String ask(String line, String... fields) throws IOException {
    List<String> head = new ArrayList<>(List.of(fields));
    head.add(nextCaller());
    return door.as("", line, "", head.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Authorization:",
        "Authorization: Bearer",
        "Authorization: Bearer ",
        "Authorization: Bearer  KEY",
        "Authorization: Bearer KEYx",
        "Authorization: BearerKEY",
        "Authorization: KEY",
        "Authorization: Digest KEY",
        "Authorization: Bearer KEY x",
        "Authorization: Basic",
        "Authorization: Basic Og==",
        "Authorization: Basic !!!!",
        "Authorization: Basic KEY",
        "Authorization: Basic bm9jb2xvbg==",
        "Authorization: Basic /////w==",
        "Proxy-Authorization: Bearer KEY",
        "Cookie: key=KEY",
        "X-Forwarded-User: owner"
      })
  void whatIsNoKeyGetsTheSameAnswerAsAWrongOne(String field) throws Exception {
    Map<String, String> before = door.snapshot();
    String answer =
        ask(
            "PUT /new",
            field.replace("KEY", door.ownerKey()),
            "Expect: 100-continue",
            "Content-Length: 5");
    assertThat(answer)
        .startsWith("HTTP/1.1 401 ")
        .contains(
            "\r\nWWW-Authenticate: Basic realm=\"privateshare\", charset=\"UTF-8\"\r\n",
            "\r\nWWW-Authenticate: Bearer\r\n",
            "\r\n\r\nno-key: ")
        .doesNotContain("100 Continue");
    door.assertHarmless(before, answer);
  }

  @Test
  void wrongKeysOfEveryKindAreToldApartByNobody() throws Exception {
    String key = door.key("get", "/");
    String wrong = body(ask("GET /kept.txt", basic("a:wrong")));
    assertThat(body(ask("GET /kept.txt", basic("owner:" + key + "A")))).isEqualTo(wrong);
    assertThat(body(ask("GET /gone", "Authorization: Bearer " + "x".repeat(8_192))))
        .isEqualTo(wrong);
    assertThat(body(ask("GET /kept.txt", basic(key + ":")))).isEqualTo(wrong);
    assertThat(body(ask("GET /kept.txt?key=" + key.substring(1)))).isEqualTo(wrong);
    assertThat(ask("GET /kept.txt", "Authorization: Bearer " + "x".repeat(1 << 20)))
        .startsWith("HTTP/1.1 431 ");
  }

  private static String body(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 401 ");
    return answer.substring(answer.indexOf("\r\n\r\n"));
  }

  @Test
  void aKeyComesInOneWayOnce() throws Exception {
    String key = door.key("get", "/");
    String bearer = "Authorization: Bearer " + key;
    assertThat(ask("GET /kept.txt", bearer)).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /kept.txt", "authorization: bearer " + key)).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /kept.txt", basic("anybody:" + key))).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /kept.txt", basic(":" + key))).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /kept.txt", bearer, bearer)).startsWith("HTTP/1.1 400 ");
    assertThat(ask("GET /kept.txt", bearer, basic(":" + key))).startsWith("HTTP/1.1 400 ");
    String link = door.link("get", "/");
    assertThat(ask("GET /kept.txt?key=" + link)).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /kept.txt?key=" + link, bearer)).startsWith("HTTP/1.1 400 ");
    assertThat(ask("GET /kept.txt?key=" + link + "&key=" + link)).startsWith("HTTP/1.1 400 ");
    assertThat(ask("GET /kept.txt?Key=" + link)).startsWith("HTTP/1.1 401 ");
  }

  @ParameterizedTest
  @CsvSource({"PUT /new", "DELETE /kept.txt", "MKCOL /new", "MOVE /kept.txt", "POST /kept.txt"})
  void aLinkChangesNothing(String line) throws Exception {
    Map<String, String> before = door.snapshot();
    String link = door.link("list,get", "/");
    String answer = ask(line + "?key=" + link, "Destination: /new");
    assertThat(answer)
        .startsWith("HTTP/1.1 403 ")
        .contains("\r\n\r\ndenied: ")
        .doesNotContain(link);
    door.assertHarmless(before, answer);
    answer = ask(line, "Authorization: Bearer " + link, "Destination: /new");
    assertThat(answer).matches("(?s)HTTP/1\\.1 40[35] .*");
    door.assertHarmless(before, answer);
  }

  @Test
  void aKeyThatIsNoLinkIsNotTakenFromAUrl() throws Exception {
    assertThat(ask("GET /kept.txt?key=" + door.key("get", "/"))).startsWith("HTTP/1.1 401 ");
    assertThat(ask("GET /kept.txt?key=" + door.ownerKey())).startsWith("HTTP/1.1 401 ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /dir/a, 200",
    "GET /dir/, 200",
    "GET /dir/?key=, 401",
    "GET /dir2/a, 404",
    "GET /dir2/, 404",
    "GET /, 404",
    "GET /kept.txt, 404",
    "GET /gone, 404",
    "GET /DIR/a, 404",
    "GET /dir%2Fa, 404",
    "GET //dir/a, 404",
    "GET /dir/../kept.txt, 404",
    "GET /dir//a, 404",
    "GET /dir/a/, 404",
    "GET /dir/gone, 404",
    "GET /.privateshare/keys, 40."
  })
  void aLinkReachesWhatItSaysInOneSpelling(String line, String status) throws Exception {
    String link = door.link("list,get", "dir/");
    String url = line.contains("?") ? line : line + "?key=" + link;
    assertThat(ask(url)).matches("(?s)HTTP/1\\.1 " + status + " .*");
  }

  @Test
  void aPathOutOfReachLooksLikeOneWhereNothingIs() throws Exception {
    String bearer = "Authorization: Bearer " + door.key("list,get,put,delete", "dir/");
    for (String method : List.of("GET", "DELETE", "MOVE", "PUT", "MKCOL")) {
      String there = ask(method + " /dir2/a", bearer, "Destination: /dir/b");
      String gone = ask(method + " /dir2/b", bearer, "Destination: /dir/b");
      assertThat(there).as(method).startsWith("HTTP/1.1 404 ");
      assertThat(there.replace("dir2/a", "").replaceAll("Date: [^\r]*", ""))
          .isEqualTo(gone.replace("dir2/b", "").replaceAll("Date: [^\r]*", ""));
    }
  }

  @Test
  void aRevokedKeyIsDeadAtTheNextRequest() throws Exception {
    String key = door.key("get", "/");
    String bearer = "Authorization: Bearer " + key;
    assertThat(ask("GET /kept.txt", bearer)).startsWith("HTTP/1.1 200 ");
    door.access()
        .revoke(door.access().authenticate(door.ownerKey()), door.access().authenticate(key).id());
    assertThat(ask("GET /kept.txt", bearer)).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void whoGuessesIsSlowedDownAndNobodyElse() throws Exception {
    String guesser = "X-Forwarded-For: 198.51.100.1";
    for (int i = 0; i < 10; i++) {
      assertThat(door.as("wrong" + i, "GET /", "", guesser)).startsWith("HTTP/1.1 401 ");
    }
    for (String key : List.of("wrong", door.ownerKey())) {
      assertThat(door.as(key, "GET /", "", guesser))
          .startsWith("HTTP/1.1 429 ")
          .containsPattern("\r\nRetry-After: [1-9]\\d?\r\n")
          .contains("\r\n\r\nthrottled: ");
    }
    // What stands in front of the last address is what the guesser wrote.
    assertThat(door.owner("GET /", "", "X-Forwarded-For: 203.0.113.1, 198.51.100.1"))
        .startsWith("HTTP/1.1 429 ");
    assertThat(door.owner("GET /", "", "X-Forwarded-For: 198.51.100.1, 203.0.113.1"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(door.owner("GET /", "", "X-Forwarded-For: 198.51.100.1, 127.0.0.1"))
        .startsWith("HTTP/1.1 429 ");
    assertThat(door.owner("GET /", "", "Forwarded: for=198.51.100.1")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theOuterNameIsServedAndNoForwardedOneBelieved() throws Exception {
    String close = "\nConnection: close\n\n";
    assertThat(door.ask("OPTIONS / HTTP/1.1\nHost: Outer.example:443" + close))
        .startsWith("HTTP/1.1 204 ");
    assertThat(
            door.ask("OPTIONS / HTTP/1.1\nHost: evil.example\nX-Forwarded-Host: localhost" + close))
        .startsWith("HTTP/1.1 421 ");
    String answer =
        door.owner("MKCOL /made", "", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: x");
    assertThat(answer).contains("\r\nLocation: /made/\r\n").doesNotContain("evil");
    assertThat(door.owner("DELETE /made/", "")).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void theLogKnowsTheKeyByItsLabelOnly(@TempDir Path other) throws Exception {
    try (DoorFixture quiet = DoorFixture.in(other)) {
      String link = quiet.link("get", "/");
      for (String line :
          List.of(
              "GET /gone?key=" + link,
              "GET /a//b?key=" + link,
              "PUT /x?key=" + link,
              "GET /.privateshare/x?key=" + link,
              "GET http://localhost/y?key=" + link)) {
        assertThat(quiet.as("", line, "")).startsWith("HTTP/1.1 40").doesNotContain(link);
        assertThat(quiet.nextVisit().toString()).doesNotContain(link);
      }
      assertThat(quiet.as("", "GET /gone?key=" + link, "")).startsWith("HTTP/1.1 404 ");
      assertThat(quiet.nextVisit().key().orElseThrow().label()).isEqualTo("Ada");
    }
  }

  @Test
  void withoutAKeyringNobodyGetsIn(@TempDir Path other) throws Exception {
    try (DoorFixture lost = DoorFixture.in(other)) {
      String key = lost.ownerKey();
      Files.delete(other.resolve("state/keyring"));
      for (String line : List.of("GET /", "PUT /new", "DELETE /new")) {
        assertThat(lost.as(key, line, ""))
            .startsWith("HTTP/1.1 503 ")
            .contains("\r\nRetry-After: ", "\r\n\r\nunavailable: ")
            .doesNotContain(other.toString());
      }
      assertThat(lost.snapshot()).hasSize(1);
    }
  }
}
