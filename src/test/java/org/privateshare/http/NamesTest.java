package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that are none, each by every method and as the goal of a move.
@Timeout(60)
final class NamesTest {
  private static final String DEEP = "/d".repeat(65);
  private static final String LONG_SEGMENT = "/" + "%C3%A9".repeat(128);
  private static final String LONG_PATH = ("/" + "x".repeat(255)).repeat(17);

  /// Not addressable, or the share's own: nothing there and nothing to be made.
  static final List<String> NO_NAMES =
      List.of(
          "/.",
          "/a/../b",
          "/a/./b",
          "/a//b",
          "//",
          "///",
          "//a",
          "///a",
          "/a//",
          "/%2e",
          "/a/%2e%2e/b",
          "/%2e%2e%2f",
          "/..%2f",
          "/a%2fb",
          "/a%2Fb",
          "/..%5c",
          "/a%5Cb",
          "/a\\b",
          "/a%0d%0ab",
          "/a%0a",
          "/a%7f",
          "/a%c2%85",
          "/a%1b[2J",
          "/a/..;/b",
          "/a%u2192",
          "/.htaccess",
          "/.git/config",
          "/.ssh/authorized_keys",
          "/a/.b",
          "/.privateshare",
          "/.privatesharE/keys",
          "/%2eprivateshare/staging",
          "/%2Eprivateshare/health",
          "/.privateshare%2fhealth",
          "/.privateshare./staging",
          "/./.privateshare/staging",
          "/x/../.privateshare/lock",
          DEEP,
          LONG_SEGMENT,
          LONG_PATH);

  /// What isn't even a URL, as the parser of HTTP sees it.
  static final List<String> NO_URLS =
      List.of(
          "/..",
          "/%2e%2e",
          "/%2E%2e/",
          "/../../etc/passwd",
          "/%c0%ae",
          "/%c0%ae%c0%ae/x",
          "/%e0%80%af",
          "/%ed%a0%80",
          "/%ff",
          "/..;/",
          "/..;x=1/b",
          "/a%",
          "/a%2",
          "/a%zz",
          "/%u002e%u002e/",
          "/..%00",
          "/a%00b");

  /// Below the share's own folder: 404 by every method, whatever it is.
  static final List<String> OURS =
      List.of(
          "/.privateshare/",
          "/.privateshare/staging",
          "/.privateshare/staging/",
          "/.privateshare/lock",
          "/.privateshare//health",
          "/.privateshare/Health",
          "/.privateshare/he%61lth",
          "/.privateshare/healthz");

  /// Addressable, so another program may have made them, but never created here.
  static final List<String> NEVER_MADE =
      List.of(
          "/a%E2%80%AEb",
          "/a%E2%80%8Bb",
          "/%EF%BB%BFa",
          "/a%E2%80%A8b",
          "/a%F3%A0%81%81",
          "/CON",
          "/con.txt",
          "/PRN",
          "/aux",
          "/NUL.tar.gz",
          "/COM1",
          "/lpt9.x",
          "/COM%C2%B9",
          "/a:b",
          "/a*",
          "/a%3Fb",
          "/a%22b",
          "/a%3Cb%3E",
          "/a%7Cb",
          "/a.txt.",
          "/a.txt%20",
          "/%20a",
          "/e%CC%81",
          "/%252e%252e%252f",
          "/a%252Fb",
          "/a%255cb",
          "/a%2500",
          "/sub/CON/x",
          "/%3Cimg%20src=x%20onerror=alert(1)%3E.txt");

  private static final List<String> CHANGES = List.of("PUT", "DELETE", "MKCOL", "MOVE");

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
    Files.createDirectories(root.resolve("share2"));
    Files.writeString(root.resolve("share2/secret"), "secret");
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  @ParameterizedTest
  @FieldSource("NO_NAMES")
  void whatIsNoNameIsRefusedAndNeverMended(String path) throws Exception {
    Map<String, String> before = door.snapshot();
    for (String method : List.of("GET", "HEAD")) {
      String answer = door.owner(method + " " + path, "");
      assertThat(answer).as(method).startsWith("HTTP/1.1 404 ");
      door.assertHarmless(before, answer);
    }
    for (String method : CHANGES) {
      String answer = door.owner(method + " " + path, "", "Destination: /new");
      assertThat(answer).as(method).startsWith("HTTP/1.1 400 ").contains("bad-name: ");
      door.assertHarmless(before, answer);
    }
    String answer = door.owner("MOVE /kept.txt", "", "Destination: " + path);
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @FieldSource("NO_URLS")
  void whatIsNoUrlIsABadRequest(String path) throws Exception {
    Map<String, String> before = door.snapshot();
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "MKCOL", "MOVE")) {
      String answer = door.owner(method + " " + path, "", "Destination: /new");
      assertThat(answer).as(method).startsWith("HTTP/1.1 400 ");
      door.assertHarmless(before, answer);
    }
    String answer = door.owner("MOVE /kept.txt", "", "Destination: " + path);
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @FieldSource("OURS")
  void whatLiesInTheSharesOwnFolderIsNotThere(String path) throws Exception {
    Map<String, String> before = door.snapshot();
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "MKCOL", "MOVE")) {
      String answer = door.owner(method + " " + path, "", "Destination: /new");
      assertThat(answer).as(method).startsWith("HTTP/1.1 404 ");
      door.assertHarmless(before, answer);
    }
    String answer = door.owner("MOVE /kept.txt", "", "Destination: " + path);
    assertThat(answer).startsWith("HTTP/1.1 40");
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @FieldSource("NEVER_MADE")
  void whatCouldMeanSomethingElseElsewhereIsNeverMade(String path) throws Exception {
    Map<String, String> before = door.snapshot();
    List<String> answers =
        List.of(
            door.owner("PUT " + path, "x"),
            door.owner("PUT " + path + "?replace", "x"),
            door.owner("MKCOL " + path, ""),
            door.owner("MOVE /kept.txt", "", "Destination: " + path));
    for (String answer : answers) {
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("bad-name: ");
      door.assertHarmless(before, answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/-rf",
        "/--help",
        "/@file",
        "/~user",
        "/$HOME",
        "/`id`",
        "/a;b",
        "/a&b=c+d",
        "/100%25",
        "/=cmd",
        "/%C3%9Cber%20blick.txt",
        "/'x'",
        "/a%2Cb",
        "/%E6%97%A5%E6%9C%AC"
      })
  void whatOnlyLooksOddIsANameLikeAnyOther(String path) throws Exception {
    String answer = door.owner("PUT " + path, "odd");
    assertThat(answer).startsWith("HTTP/1.1 201 ");
    String location = answer.replaceFirst("(?s).*\r\nLocation: ([^\r]*)\r\n.*", "$1");
    assertThat(PathReader.read(location)).isEqualTo(PathReader.read(path));
    assertThat(location).matches("[!-~&&[^\"<>;\\\\]]+");
    assertThat(door.owner("DELETE " + location, "")).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void aTwinInCaseOrNormalFormIsRefused() throws Exception {
    assertThat(door.owner("PUT /caf%C3%A9", "x")).startsWith("HTTP/1.1 201 ");
    Map<String, String> before = door.snapshot();
    for (String twin : List.of("/CAF%C3%A9", "/Caf%C3%89")) {
      String answer = door.owner("PUT " + twin + "?replace", "x");
      assertThat(answer).startsWith("HTTP/1.1 409 ").contains("taken: ");
      door.assertHarmless(before, answer);
    }
    // The other normal form isn't a name that may be made at all.
    assertThat(door.owner("PUT /cafe%CC%81", "x")).startsWith("HTTP/1.1 400 ");
    assertThat(door.owner("DELETE /caf%C3%A9", "")).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void nobodyComesOutOfTheShareByALink() throws Exception {
    Files.createSymbolicLink(door.folder().resolve("out"), root.resolve("share2"));
    Files.createSymbolicLink(door.folder().resolve("in"), Path.of("kept.txt"));
    Map<String, String> before = door.snapshot();
    for (String path : List.of("/out/secret", "/out/new", "/out/", "/out", "/in")) {
      for (String method : List.of("PUT", "DELETE", "MKCOL", "MOVE")) {
        String answer = door.owner(method + " " + path, "", "Destination: /new");
        assertThat(answer).as(method + path).startsWith("HTTP/1.1 40");
        door.assertHarmless(before, answer);
      }
      String answer = door.owner("MOVE /kept.txt", "", "Destination: " + path);
      assertThat(answer).as(path).startsWith("HTTP/1.1 40");
      door.assertHarmless(before, answer);
    }
    assertThat(root.resolve("share2/secret")).hasContent("secret");
    assertThat(root.resolve("share2/new")).doesNotExist();
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Map<String, String> before = door.snapshot();
    assertThat(door.owner("PUT /kept.txt/b", "x")).startsWith("HTTP/1.1 409 ");
    assertThat(door.owner("MKCOL /kept.txt/b", "")).startsWith("HTTP/1.1 409 ");
    assertThat(door.owner("DELETE /kept.txt/", "")).startsWith("HTTP/1.1 404 ");
    assertThat(door.owner("DELETE /kept.txt/b", "")).startsWith("HTTP/1.1 404 ");
    assertThat(door.owner("MOVE /kept.txt/", "", "Destination: /b")).startsWith("HTTP/1.1 404 ");
    assertThat(door.owner("MOVE /kept.txt", "", "Destination: /b/")).startsWith("HTTP/1.1 404 ");
    String answer = door.owner("PUT /kept.txt/", "x");
    assertThat(answer).startsWith("HTTP/1.1 405 ");
    door.assertHarmless(before, answer);
  }
}
