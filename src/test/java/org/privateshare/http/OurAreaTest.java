package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.head;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies under `/.privateshare/`, as `docs/http.md` says, through the real server.
@Timeout(60)
final class OurAreaTest {
  private static final String OURS = "/.privateshare/";

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String ask(String method, String target) throws IOException {
    return door.owner(method + " " + OURS + target, "");
  }

  private static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    assertThat(found.find()).as(json).isTrue();
    return found.group(1);
  }

  @Test
  void everybodyMayAskForTheHealth() throws Exception {
    String answer = door.as("", "GET " + OURS + "health", "");
    assertThat(status(answer)).isEqualTo(200);
    assertThat(body(answer)).isEqualTo("ok\n");
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(head(door.as("", "HEAD " + OURS + "health", ""))).isEqualTo(head(answer));
  }

  @Test
  void aServerThatCannotReadItsKeysIsNotWell(@TempDir Path other) throws Exception {
    try (DoorFixture ill = DoorFixture.in(other)) {
      Files.delete(other.resolve("state/keyring"));
      String answer = ill.as("", "GET " + OURS + "health", "");
      assertThat(status(answer)).isEqualTo(503);
      assertThat(field(answer, "Retry-After")).isNotEmpty();
      assertThat(answer).doesNotContain(other.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "healt",
        "Health",
        "health/",
        "health/x",
        "he%61lth/",
        "metrics/",
        "metrics/x",
        "keys/",
        "keys/x",
        "staging/",
        "lock",
        "../a"
      })
  void everythingElseIsNotThere(String rest) throws Exception {
    assertThat(status(ask("GET", rest))).isEqualTo(404);
  }

  @Test
  void metricsCountWithoutSayingWhat() throws Exception {
    assertThat(status(door.owner("PUT /secret-name", "123456789"))).isEqualTo(201);
    assertThat(status(door.owner("GET /secret-name", ""))).isEqualTo(200);
    assertThat(status(door.owner("BREW /secret-name", ""))).isEqualTo(501);
    assertThat(status(door.as("", "GET /secret-name", ""))).isEqualTo(401);
    String answer = ask("GET", "metrics");
    assertThat(field(answer, "Content-Type")).isEqualTo(Metrics.CONTENT_TYPE);
    String text = body(answer);
    assertThat(text)
        .contains(
            "privateshare_requests_total{method=\"PUT\",status=\"2xx\"} ",
            "privateshare_requests_total{method=\"GET\",status=\"4xx\"} ",
            "privateshare_requests_total{method=\"other\",status=\"5xx\"} 1.0",
            "privateshare_keys_refused_total ",
            "privateshare_throttled_total 0.0",
            "privateshare_bytes_received_total ",
            "privateshare_bytes_sent_total ",
            "privateshare_requests_running 1.0",
            "privateshare_free_bytes ",
            "privateshare_uploads_unfinished 0.0",
            "process_uptime_seconds ",
            "jvm_memory_used_bytes{")
        .doesNotContain("secret-name", "BREW", door.ownerKey());
    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.matches("[a-z_]+(\\{[^}]*\\})? [-+0-9.EINaNf]+"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET metrics                  | list,get,put,replace,delete | /      | 403
          GET metrics                  | admin                       | /      | 200
          GET metrics                  | admin                       | inbox/ | 404
          GET keys                     | list,get,put,replace,delete | /      | 403
          GET keys                     | admin                       | inbox/ | 200
          POST keys                    | list,get,put,replace,delete | /      | 403
          DELETE keys/AAAAAAAAAAAAAAAAAAAAAA | list                  | /      | 403
          GET history/                 | list                        | /      | 403
          GET history/                 | delete                      | /      | 403
          GET history/                 | list,delete                 | /      | 200
          GET history/                 | list,delete                 | inbox/ | 404
          GET history/inbox/           | list,delete                 | inbox/ | 200
          POST history/a?restore=x     | list,put                    | /      | 403
          POST history/a?restore=x     | delete                      | /      | 403
          POST history/inbox/a?restore=x&to=b | delete,put           | inbox/ | 404
          PUT keys                     | admin                       | /      | 405
          POST health                  | admin                       | /      | 405
          """)
  void rightsAreAskedFor(String line, String rights, String path, int status) throws Exception {
    String key = door.key(rights, path);
    String[] parts = line.split(" ", 2);
    assertThat(status(door.as(key, parts[0] + " " + OURS + parts[1], ""))).isEqualTo(status);
  }

  @Test
  void nobodyGetsInWithoutAKey() throws Exception {
    for (String target : List.of("metrics", "keys", "history/")) {
      assertThat(status(door.as("", "GET " + OURS + target, ""))).isEqualTo(401);
    }
  }

  @Test
  void anOldVersionIsListedAndComesBack() throws Exception {
    assertThat(status(door.owner("PUT /box/a.txt", "one"))).isEqualTo(201);
    assertThat(status(door.owner("PUT /box/a.txt?replace", "three"))).isEqualTo(200);
    String json = body(ask("GET", "history/box/a.txt?json"));
    assertThat(json)
        .startsWith("{\"versions\":[\n{\"path\":\"box/a.txt\",\"id\":\"")
        .contains("\"size\":3,\"modified\":\"", "\"kept\":\"");
    String id = member(json, "id");
    assertThat(body(ask("GET", "history/box/")))
        .isEqualTo(id + " 3 " + member(json, "kept") + " box/a.txt\n");
    assertThat(body(ask("GET", "history/"))).contains(id);
    assertThat(body(ask("HEAD", "history/"))).isEmpty();
    assertThat(status(ask("POST", "history/box/a.txt?restore=" + id))).isEqualTo(409);
    String restored = ask("POST", "history/box/a.txt?restore=" + id + "&to=box/b%20c.txt");
    assertThat(status(restored)).isEqualTo(201);
    assertThat(field(restored, "Location")).isEqualTo("/box/b%20c.txt");
    assertThat(door.folder().resolve("box/b c.txt")).hasContent("one");
    assertThat(body(ask("GET", "history/box/a.txt"))).isEmpty();
    assertThat(status(ask("POST", "history/box/a.txt?restore=" + id + "&to=c"))).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "history/a",
        "history/a?restore",
        "history/a?restore=../x",
        "history/a?restore=x&too=b",
        "history/a?restore=x&to=",
        "history/a?restore=x&to=../b",
        "history/a?restore=x&to=/b"
      })
  void noOtherRestoreIsUnderstood(String target) throws Exception {
    assertThat(status(ask("POST", target))).isBetween(400, 404);
  }

  @Test
  void aKeySeesTheHistoryThatItCouldHaveMade() throws Exception {
    assertThat(status(door.owner("PUT /mine/a", "one"))).isEqualTo(201);
    assertThat(status(door.owner("DELETE /mine/a", ""))).isEqualTo(204);
    String key = door.key("list,delete", "mine/a");
    assertThat(body(door.as(key, "GET " + OURS + "history/mine/a", ""))).contains(" mine/a\n");
    assertThat(status(door.as(key, "GET " + OURS + "history/mine/", ""))).isEqualTo(404);
    // What was a file of that name is no part of the folder.
    String below = door.key("list,delete", "mine/a/");
    assertThat(body(door.as(below, "GET " + OURS + "history/mine/a/", ""))).isEmpty();
  }

  @Test
  void aKeyIsMadeShownOnceListedAndEnded() throws Exception {
    String made =
        door.owner(
            "POST " + OURS + "keys",
            "{\"label\":\"Bob\",\"rights\":\"get\",\"path\":\"inbox/\"}",
            "Content-Type: application/json");
    assertThat(status(made)).isEqualTo(201);
    assertThat(field(made, "Cache-Control")).isEqualTo("no-store");
    String key = member(body(made), "key");
    String id = member(body(made), "id");
    assertThat(field(made, "Location")).isEqualTo(OURS + "keys/" + id);
    assertThat(status(door.as(key, "GET /inbox/none", ""))).isEqualTo(404);
    String all = body(ask("GET", "keys"));
    assertThat(all)
        .startsWith("{\"keys\":[\n{\"id\":\"")
        .contains("{\"id\":\"" + id + "\",\"parent\":\"")
        .contains("\"label\":\"Bob\",\"rights\":\"get\",\"path\":\"inbox/\",\"issued\":\"")
        .doesNotContain("ps1_");
    assertThat(status(ask("DELETE", "keys/" + id + "/"))).isEqualTo(404);
    assertThat(status(ask("DELETE", "keys/" + id))).isEqualTo(204);
    assertThat(status(door.as(key, "GET /inbox/none", ""))).isEqualTo(401);
    assertThat(status(ask("DELETE", "keys/AAAAAAAAAAAAAAAAAAAAAA"))).isEqualTo(404);
    assertThat(body(ask("GET", "keys"))).doesNotContain(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"label":"Bob"}                                                | 400
          {"label":"Bob","rights":"get","rigths":"put"}                  | 400
          {"label":"Bob","rights":"get","label":"Eve"}                   | 400
          {"label":"Bob","rights":"get,fly"}                             | 400
          {"label":"Bob","rights":"get","expires":"2001-01-01T00:00:00Z"} | 400
          not json                                                       | 400
          """)
  void aKeyIsMadeToTheLetterOrNotAtAll(String body, int status) throws Exception {
    String before = body(ask("GET", "keys"));
    assertThat(status(door.owner("POST " + OURS + "keys", body))).isEqualTo(status);
    assertThat(body(ask("GET", "keys"))).isEqualTo(before);
  }

  @Test
  void aRequestForAKeyIsShort() throws Exception {
    String long16 = "{\"label\":\"Bob\",\"rights\":\"get\"}" + " ".repeat(16 << 10);
    assertThat(status(door.owner("POST " + OURS + "keys", long16))).isEqualTo(413);
  }

  @Test
  void noKeyMakesOneThatReachesFurther() throws Exception {
    String admin = door.key("admin,get", "inbox/");
    assertThat(status(make(admin, "get", "inbox/a"))).isEqualTo(201);
    assertThat(status(make(admin, "get", "/"))).isEqualTo(403);
    assertThat(status(make(admin, "put", "inbox/"))).isEqualTo(403);
  }

  private static String make(String by, String rights, String path) throws IOException {
    String terms = "\"rights\":\"" + rights + "\",\"path\":\"" + path + "\"";
    return door.as(by, "POST " + OURS + "keys", "{\"label\":\"Eve\"," + terms + "}");
  }
}
