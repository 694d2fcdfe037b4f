package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.access.Grant;
import org.privateshare.net.Deadlines;
import org.privateshare.net.Http2Peer;
import org.privateshare.share.Limits;

/// How a browser gets its session, and how it is signed out. Each request comes from an address of
/// its own, so that the throttle sees each for the first time.
@Timeout(60)
final class SignInTest {
  static final String SESSION = "/.privateshare/session";
  static final String OWN = "Sec-Fetch-Site: same-origin";

  private static final String JSON = "Accept: application/json";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String GONE =
      "privateshare-80=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.behindProxy(root);
    Files.createDirectories(door.folder().resolve("inbox"));
    Files.writeString(door.folder().resolve("inbox/a.txt"), "hello");
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String ask(String line, String body, String... fields) throws IOException {
    return door.asStranger(line, body, fields);
  }

  private static String signIn(String pasted, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add(FORM);
    String body = "key=" + URLEncoder.encode(pasted, StandardCharsets.UTF_8);
    return ask("POST " + SESSION, body, all.toArray(String[]::new));
  }

  /// `Cookie: NAME=SESSION` of an answer that gave one.
  static String cookie(String answer) {
    return "Cookie: " + field(answer, "Set-Cookie").replaceFirst(";.*", "");
  }

  private static String sessionOf(String key) throws IOException {
    return cookie(signIn(key, JSON));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list,get,put | / | /",
        "put | inbox/ | /inbox/",
        "get | inbox/a.txt | /inbox/a.txt",
        "list,admin | in box/ü/ | /in%20box/%C3%BC/"
      })
  void aFormIsSentToWhatTheKeyReaches(String rights, String path, String place) throws Exception {
    String answer = signIn(door.key(rights, path), OWN, "Origin: null");
    assertThat(status(answer)).isEqualTo(303);
    assertThat(field(answer, "Location")).isEqualTo(place);
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(field(answer, "Set-Cookie"))
        .matches(
            "privateshare-80=ps1_[A-Za-z0-9_.-]+; Path=/; HttpOnly; SameSite=Strict;"
                + " Max-Age=604800");
  }

  @Test
  void aScriptGetsTheCookieAlone() throws Exception {
    String answer = signIn(door.key("get", "inbox/"), JSON, OWN, "Origin: http://localhost");
    assertThat(status(answer)).isEqualTo(204);
    assertThat(body(answer)).isEmpty();
    assertThat(field(answer, "Location")).isEmpty();
    assertThat(status(ask("GET /inbox/a.txt", "", cookie(answer)))).isEqualTo(200);
    assertThat(status(ask("HEAD /inbox/a.txt", "", cookie(answer)))).isEqualTo(200);
    assertThat(status(ask("GET /other", "", cookie(answer)))).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KEY",
        "  KEY\r\n",
        "#KEY",
        "KEY@sha256//XnLxJXKEPNSloZpKpIwsOt2N8OnomX0vXkhUemYaE6U=",
        "https://localhost:3650/#KEY",
        "https://localhost:3650/#KEY@sha256//XnLxJXKEPNSloZpKpIwsOt2N8OnomX0vXkhUemYaE6U="
      })
  void aKeyOrAWholeLinkIsPasted(String pasted) throws Exception {
    assertThat(status(signIn(pasted.replace("KEY", door.key("get", "/")), JSON))).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "key=wrong | 401",
        "key=KEY+KEY | 401",
        "key=KEYx | 401",
        "key=%23%23 | 401",
        "key=+ | 400",
        "key= | 400",
        "key | 400",
        "`` | 400",
        "KEY | 400",
        "key=KEY&key=KEY | 400",
        "next=x&key=KEY | 400",
        "key=KEY&next=//evil.example | 400",
        "key=%ff | 401",
        "key=%zz | 400"
      })
  void nothingElseSignsIn(String form, int status) throws Exception {
    String sent = form.replace("KEY", door.key("get", "/"));
    String answer = ask("POST " + SESSION, sent, FORM, JSON);
    assertThat(status(answer)).isEqualTo(status);
    assertThat(field(answer, "Set-Cookie")).isEmpty();
  }

  @Test
  void aFormIsAFormAndShort() throws Exception {
    String sent = "key=" + door.key("get", "/");
    assertThat(status(ask("POST " + SESSION, sent))).isEqualTo(400);
    assertThat(status(ask("POST " + SESSION, sent, "Content-Type: text/plain"))).isEqualTo(400);
    assertThat(status(ask("POST " + SESSION, sent, FORM + "; charset=UTF-8", JSON))).isEqualTo(204);
    assertThat(status(ask("POST " + SESSION, sent + "x".repeat(16 << 10), FORM))).isEqualTo(413);
    assertThat(status(ask("POST " + SESSION + "?next=//evil.example", sent, FORM))).isEqualTo(400);
    assertThat(status(ask("POST " + SESSION + "/", sent, FORM))).isEqualTo(404);
    assertThat(status(ask("PUT " + SESSION, sent, FORM))).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: null",
        "Origin: https://evil.example",
        "Origin: http://localhost:81",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.example",
        "Sec-Fetch-Site: cross-site\r\nOrigin: null",
        "Sec-Fetch-Site: none\r\nOrigin: null"
      })
  void noOtherSiteSignsABrowserIn(String field) throws Exception {
    String answer = signIn(door.key("get", "/"), field);
    assertThat(status(answer)).isEqualTo(403);
    assertThat(field(answer, "Set-Cookie")).isEmpty();
  }

  @Test
  void someKeysOpenNoSession() throws Exception {
    assertThat(status(signIn(door.link("get", "/"), JSON))).isEqualTo(403);
    assertThat(status(signIn(door.key("admin", "/"), JSON))).isEqualTo(403);
    String session = sessionOf(door.key("get", "/")).replaceFirst(".*=", "");
    assertThat(status(signIn(session, JSON))).isEqualTo(401);
    String dead = door.key("get", "/");
    door.access().revoke(owner(), door.access().authenticate(dead).id());
    assertThat(status(signIn(dead, JSON))).isEqualTo(401);
  }

  private static Grant owner() throws Exception {
    return door.access().authenticate(door.ownerKey());
  }

  @Test
  void whoTriesKeysInTheFormIsSlowedDown() throws Exception {
    String guesser = "X-Forwarded-For: 198.51.100.7";
    for (int i = 0; i < 10; i++) {
      String answer = door.as("", "POST " + SESSION, "key=x" + i, FORM, guesser);
      assertThat(status(answer)).isEqualTo(401);
    }
    String right = "key=" + door.key("get", "/");
    String answer = door.as("", "POST " + SESSION, right, FORM, guesser);
    assertThat(status(answer)).isEqualTo(429);
    assertThat(field(answer, "Retry-After")).isNotEmpty();
    assertThat(field(answer, "Set-Cookie")).isEmpty();
  }

  @Test
  void eachSignInIsANewSessionWhateverTheBrowserShows() throws Exception {
    String key = door.key("get", "/");
    String first = sessionOf(key);
    String second = cookie(signIn(key, JSON, first));
    assertThat(second).isNotEqualTo(first);
    String planted = cookie(signIn(key, JSON, "Cookie: privateshare-80=planted"));
    assertThat(planted).isNotEqualTo(second).doesNotContain("planted");
  }

  @Test
  void signingOutEndsTheSessionHereAndThere() throws Exception {
    String key = door.key("get", "/");
    String session = sessionOf(key);
    String other = sessionOf(key);
    String answer = ask("POST " + SESSION + "?end", "", session, OWN, "Origin: null");
    assertThat(status(answer)).isEqualTo(303);
    assertThat(field(answer, "Location")).isEqualTo("/");
    assertThat(field(answer, "Set-Cookie")).isEqualTo(GONE);
    assertThat(status(ask("GET /inbox/a.txt", "", session))).isEqualTo(401);
    answer = ask("POST " + SESSION + "?end", "", other, OWN, JSON);
    assertThat(status(answer)).isEqualTo(204);
    assertThat(field(answer, "Set-Cookie")).isEqualTo(GONE);
    assertThat(status(ask("GET /inbox/a.txt", "", other))).isEqualTo(401);
    assertThat(status(door.as(key, "GET /inbox/a.txt", ""))).isEqualTo(200);
  }

  @Test
  void onlyASessionIsSignedOutAndOnlyFromItsOwnPage() throws Exception {
    assertThat(status(door.owner("POST " + SESSION + "?end", ""))).isEqualTo(403);
    String session = sessionOf(door.key("get", "/"));
    assertThat(status(ask("POST " + SESSION + "?end", "", session))).isEqualTo(403);
    assertThat(status(ask("POST " + SESSION + "?end", "", session, "Sec-Fetch-Site: cross-site")))
        .isEqualTo(403);
    assertThat(status(ask("POST " + SESSION + "?end&x", "", session, OWN))).isEqualTo(400);
    assertThat(status(ask("GET /inbox/a.txt", "", session))).isEqualTo(200);
    assertThat(status(ask("POST " + SESSION + "?end", ""))).isEqualTo(401);
  }

  @Test
  void aSessionEndsWithItsKey() throws Exception {
    String key = door.key("get", "/");
    String session = sessionOf(key);
    assertThat(status(ask("GET /inbox/a.txt", "", session))).isEqualTo(200);
    door.access().revoke(owner(), door.access().authenticate(key).id());
    String answer = ask("GET /inbox/a.txt", "", session);
    assertThat(status(answer)).isEqualTo(401);
    assertThat(field(answer, "Set-Cookie")).isEqualTo(GONE);
  }

  @Test
  void whatASessionBeganIsThereForItsKeyAndTheOtherWayRound() throws Exception {
    String key = door.key("list,get,put", "/");
    String session = sessionOf(key);
    String[] upload = {
      "Tus-Resumable: 1.0.0", "Upload-Length: 5", "Upload-Metadata: filename YmVndW4udHh0"
    };
    List<String> fields = new ArrayList<>(List.of(upload));
    fields.addAll(List.of(session, OWN));
    String begun = ask("POST /.privateshare/uploads", "", fields.toArray(String[]::new));
    assertThat(status(begun)).isEqualTo(201);
    String place = field(begun, "Location");
    assertThat(status(door.as(key, "HEAD " + place, "", upload[0]))).isEqualTo(200);
    begun = door.as(key, "POST /.privateshare/uploads", "", upload);
    assertThat(status(begun)).isEqualTo(201);
    assertThat(status(ask("HEAD " + field(begun, "Location"), "", session, upload[0])))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list,get,put,delete,admin | inbox/ | \"rights\":[\"list\",\"get\",\"put\",\"delete\"]"
            + ",\"path\":\"/inbox/\"",
        "get | inbox/a.txt | \"rights\":[\"get\"],\"path\":\"/inbox/a.txt\"",
        "list,replace | / | \"rights\":[\"list\",\"replace\"],\"path\":\"/\""
      })
  void whoOneIsHereIsTold(String rights, String path, String said) throws Exception {
    String answer = ask("GET " + SESSION, "", sessionOf(door.key(rights, path)));
    assertThat(status(answer)).isEqualTo(200);
    assertThat(field(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(body(answer))
        .startsWith("{\"label\":\"Ada\"," + said + ",\"expires\":\"20")
        .containsPattern("\"free\":[0-9]+,\"maxFile\":null,\"readOnly\":false,\"fingerprint\":\"")
        .contains(door.fingerprint())
        .doesNotContain("ps1_", root.toString());
  }

  @Test
  void otherKeysAreToldTheSame(@TempDir Path other) throws Exception {
    Limits limits = new Limits(5, 0, true);
    try (DoorFixture still =
        DoorFixture.in(other, HttpOptions.DEFAULT, limits, Deadlines.DEFAULT)) {
      assertThat(body(still.owner("GET " + SESSION, "")))
          .startsWith("{\"label\":\"owner\",\"rights\":[\"list\",\"get\"],\"path\":\"/\"")
          .contains("\"expires\":null,", "\"maxFile\":5,\"readOnly\":true,");
      String link = still.link("get", "a.txt");
      assertThat(status(still.as("", "GET " + SESSION + "?key=" + link, ""))).isEqualTo(200);
      assertThat(status(still.as("", "GET " + SESSION, ""))).isEqualTo(401);
    }
  }

  @Test
  void inTlsTheCookieIsThisHostsAloneAndMayComeInPieces() throws Exception {
    String form = "key=" + door.key("get", "/");
    try (Http2Peer peer = Http2Peer.to(door.port())) {
      String[] fields = {
        "content-type", "application/x-www-form-urlencoded",
        "accept", "application/json",
        "content-length", String.valueOf(form.length())
      };
      peer.send(
          Http2Peer.HEADERS, Http2Peer.END_HEADERS, 1, Http2Peer.head("POST", SESSION, fields));
      peer.send(Http2Peer.DATA, Http2Peer.END_STREAM, 1, form.getBytes(StandardCharsets.US_ASCII));
      Http2Peer.Frame head = answer(peer, 1);
      String cookie = String.valueOf(peer.fields(head).get("set-cookie"));
      assertThat(cookie)
          .matches(
              "__Host-privateshare-443=ps1_[^;]+; Path=/; HttpOnly; SameSite=Strict;"
                  + " Max-Age=604800; Secure");
      // A browser may send each cookie in a field of its own.
      String[] cookies = {"cookie", "a=b", "cookie", cookie.replaceFirst(";.*", ""), "cookie", "c"};
      byte[] request = Http2Peer.head("GET", "/inbox/a.txt", cookies);
      peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, 3, request);
      assertThat(peer.status(answer(peer, 3))).isEqualTo(200);
      // Without its prefix a neighbour could have set it.
      String[] bare = {"cookie", cookie.replaceFirst(";.*", "").replace("__Host-", "")};
      request = Http2Peer.head("GET", "/inbox/a.txt", bare);
      peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, 5, request);
      assertThat(peer.status(answer(peer, 5))).isEqualTo(401);
      // A page in clear is anybody's who is on the way to it.
      int stream = 5;
      for (String origin : new String[] {"http://localhost", "https://localhost"}) {
        stream += 2;
        String[] from = {"cookie", cookie.replaceFirst(";.*", ""), "origin", origin};
        request = Http2Peer.head("POST", SESSION + "?end", from);
        peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, stream, request);
        assertThat(peer.status(answer(peer, stream))).isEqualTo(stream == 7 ? 403 : 303);
      }
    }
  }

  private static Http2Peer.Frame answer(Http2Peer peer, int stream) throws IOException {
    return peer.await(frame -> frame.type() == Http2Peer.HEADERS && frame.stream() == stream)
        .orElseThrow();
  }
}
