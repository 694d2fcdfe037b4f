package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a session's cookie opens, and what it doesn't; what a browser gets to see without one.
@Timeout(60)
final class CookieTest {
  private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.behindProxy(root);
    Files.createDirectories(door.folder().resolve("inbox"));
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String ask(String line, String... fields) throws IOException {
    return door.asStranger(line, "", fields);
  }

  /// The text of a session of that key.
  private static String session(String key) throws Exception {
    Duration week = Duration.ofDays(7);
    return door.access().openSession(door.access().authenticate(key), week).text();
  }

  private static String cookie(String text) {
    return "Cookie: privateshare-80=" + text;
  }

  /// Several fields, which a table can't hold as they are.
  private static String lines(String row) {
    return row.replace(" CRLF ", "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privateshare-80=SESSION | 200",
        "a=b; privateshare-80=SESSION;c=d | 200",
        "privateshare-80=SESSION; privateshare-81=x; xprivateshare-80=y | 200",
        "privateshare-80=SESSION; privateshare-80=SESSION | 401",
        "privateshare-80=planted; privateshare-80=SESSION | 401",
        "privateshare-80=SESSION, privateshare-80=x | 401",
        "privateshare-80=\"SESSION\" | 401",
        "privateshare-80= SESSION | 401",
        "privateshare-80 =SESSION | 401",
        "Privateshare-80=SESSION | 401",
        "privateshare-81=SESSION | 401",
        "privateshare=SESSION | 401",
        "__Host-privateshare-80=SESSION | 401",
        "privateshare-80=SESSIONx | 401",
        "privateshare-80=%70SESSION | 401",
        "privateshare-80=KEY | 401",
        "privateshare-80= | 401",
        "privateshare-80 | 401",
        "privateshare-80=SESSION CRLF Cookie: privateshare-80=SESSION | 401",
        "a=b CRLF Cookie: privateshare-80=SESSION | 200"
      })
  void theCookieIsOneAndToTheLetter(String cookie, int status) throws Exception {
    String key = door.key("get", "/");
    String field = "Cookie: " + lines(cookie).replace("SESSION", session(key)).replace("KEY", key);
    assertThat(status(ask("GET /kept.txt", field))).isEqualTo(status);
  }

  @Test
  void aSessionIsGoodInTheCookieOnly() throws Exception {
    String session = session(door.key("get", "/"));
    assertThat(status(ask("GET /kept.txt", cookie(session)))).isEqualTo(200);
    assertThat(status(ask("GET /kept.txt", "Authorization: Bearer " + session))).isEqualTo(401);
    assertThat(status(ask("GET /kept.txt?key=" + session))).isEqualTo(401);
  }

  @Test
  void aKeyInAnotherPlaceIsLookedAtInsteadOfTheCookie() throws Exception {
    String session = cookie(session(door.key("get", "/")));
    String answer = ask("GET /kept.txt", session, "Authorization: Bearer x");
    assertThat(status(answer)).isEqualTo(401);
    assertThat(field(answer, "Set-Cookie")).isEmpty();
    String link = door.link("get", "inbox/");
    assertThat(status(ask("GET /kept.txt?key=" + link, session))).isEqualTo(404);
    String put = "PUT /inbox/b";
    String bearer = "Authorization: Bearer " + door.key("put", "/");
    assertThat(status(ask(put, session, bearer))).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X: y | 403",
        "Sec-Fetch-Site: none | 403",
        "Sec-Fetch-Site: same-site | 403",
        "Sec-Fetch-Site: cross-site | 403",
        "Origin: null | 403",
        "Origin: https://host.evil | 403",
        "Origin: https://evil/host | 403",
        "Sec-Fetch-Site: none CRLF Origin: null | 403",
        "Sec-Fetch-Site: same-origin CRLF Origin: https://host.evil | 403",
        "Sec-Fetch-Site: cross-site CRLF Origin: http://localhost | 403",
        "Sec-Fetch-Site: same-origin | 200",
        "Sec-Fetch-Site: same-origin CRLF Origin: null | 200",
        "Origin: http://localhost | 200",
        "Sec-Fetch-Site: same-origin CRLF Origin: http://localhost | 200"
      })
  void noOtherSiteChangesAnythingWithTheCookie(String field, int status) throws Exception {
    String session = cookie(session(door.key("list,get,put,replace,delete", "/")));
    Map<String, String> before = door.snapshot();
    boolean isOwn = status == 200;
    for (String line : List.of("PUT /kept.txt?replace", "MKCOL /new", "DELETE /gone.txt")) {
      String answer = ask(line, session, lines(field));
      if (isOwn) {
        assertThat(status(answer)).as(line).isIn(200, 201, 404);
      } else {
        assertThat(status(answer)).as(line).isEqualTo(403);
        assertThat(answer).doesNotContainIgnoringCase("access-control-");
        door.assertHarmless(before, answer);
      }
    }
    assertThat(status(ask("GET /inbox/", session, lines(field)))).isEqualTo(200);
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
    assertThat(status(door.owner("DELETE /new/", ""))).isEqualTo(isOwn ? 204 : 404);
  }

  @Test
  void whoseSessionIsOverIsNoGuesserButWhoMakesOneUpIs() throws Exception {
    String over = session(door.key("get", "/"));
    door.access().endSession(door.access().session(over).orElseThrow());
    String reader = "X-Forwarded-For: 198.51.100.8";
    for (int i = 0; i < 12; i++) {
      String answer = door.as("", "GET /kept.txt", "", cookie(over), reader);
      assertThat(status(answer)).isEqualTo(401);
      assertThat(field(answer, "Set-Cookie")).startsWith("privateshare-80=; ").contains("Age=0");
    }
    String guesser = "X-Forwarded-For: 198.51.100.9";
    for (int i = 0; i < 10; i++) {
      String answer = door.as("", "GET /kept.txt", "", cookie("ps1_x" + i), guesser);
      assertThat(status(answer)).isEqualTo(401);
    }
    assertThat(status(door.as("", "GET /kept.txt", "", cookie(over), guesser))).isEqualTo(429);
  }

  @Test
  void noSessionIsTakenAwayWhileTheKeysCannotBeRead(@TempDir Path other) throws Exception {
    try (DoorFixture lost = DoorFixture.in(other)) {
      var grant = lost.access().authenticate(lost.ownerKey());
      String text = lost.access().openSession(grant, Duration.ofDays(1)).text();
      Files.delete(other.resolve("state/keyring"));
      String answer = lost.as("", "GET /", "", cookie(text));
      assertThat(status(answer)).isEqualTo(503);
      assertThat(field(answer, "Set-Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /", "GET /kept.txt", "GET /none?next=//evil.example", "HEAD /"})
  void aBrowserWithoutASessionGetsTheSameFormEverywhere(String line) throws Exception {
    String answer = ask(line, HTML);
    assertThat(status(answer)).isEqualTo(401);
    assertThat(field(answer, "WWW-Authenticate")).isEmpty();
    assertThat(field(answer, "Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(field(answer, "Vary")).isEqualTo("Accept");
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(field(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(field(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(field(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(field(answer, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                + " media-src 'self'; connect-src 'self'; frame-src blob:; worker-src 'self';"
                + " manifest-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types 'none'");
    if (line.startsWith("GET")) {
      assertThat(body(answer))
          .contains("<form class=\"enter\" method=\"post\" action=\"/.privateshare/session\">")
          .contains("<label for=\"key\">", "<input id=\"key\" name=\"key\" type=\"password\"")
          .containsPattern("<script type=\"module\" src=\"[^\"]*/signin.js\"></script>")
          .doesNotContain("alert", "evil", "kept", "http:", "https:");
    }
  }

  @Test
  void aWrongKeyGetsTheFormAgainAndIsTold() throws Exception {
    String form = "Content-Type: application/x-www-form-urlencoded";
    String caller = "X-Forwarded-For: 203.0.113.9";
    String answer = door.as("", "POST /.privateshare/session", "key=x", form, HTML, caller);
    assertThat(status(answer)).isEqualTo(401);
    assertThat(body(answer))
        .contains("<p class=\"error\" role=\"alert\">This is no valid key here.</p>");
    assertThat(field(answer, "WWW-Authenticate")).isEmpty();
  }

  @Test
  void onlyProgramsAreAskedForAPassword() throws Exception {
    String json = "Accept: application/json";
    assertThat(ask("GET /", json, "Sec-Fetch-Mode: cors"))
        .startsWith("HTTP/1.1 401 ")
        .doesNotContain("WWW-Authenticate")
        .contains("\"code\":\"no-key\"");
    for (String field : List.of("Accept: */*", json)) {
      assertThat(ask("GET /", field)).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate");
    }
  }

  @Test
  void aBrowserGetsRefusalsAsPages() throws Exception {
    String session = cookie(session(door.key("list,get", "/")));
    String answer = ask("GET /%3Cimg%20src=x%20onerror=alert(1)%3E", session, HTML);
    assertThat(status(answer)).isEqualTo(404);
    assertThat(body(answer))
        .contains("<body class=\"problem\">", "<h1>Not Found</h1>", "<a href=\"/\">")
        .doesNotContain("<img", "Jetty");
    String within = cookie(session(door.key("list,get", "inbox/")));
    assertThat(body(ask("GET /kept.txt", within, HTML))).contains("<a href=\"/inbox/\">");
    answer = ask("GET /kept.txt?key=" + door.link("get", "inbox/"), HTML);
    assertThat(status(answer)).isEqualTo(404);
    assertThat(body(answer)).doesNotContain("<a href", "ps1_");
    answer = ask("GET /none", session, "Accept: text/html;q=0.5,application/json");
    assertThat(field(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(body(ask("GET /none", session))).startsWith("missing: ");
  }

  @Test
  void aPageOfAnotherNameGetsNothing() throws Exception {
    String rebound =
        "GET / HTTP/1.1\nHost: evil.example\n"
            + cookie(session(door.ownerKey()))
            + "\n"
            + HTML
            + "\nConnection: close\n\n";
    assertThat(door.ask(rebound)).startsWith("HTTP/1.1 421 ").contains("<body class=\"problem\">");
  }
}
