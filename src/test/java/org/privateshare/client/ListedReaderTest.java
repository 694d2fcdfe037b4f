package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Trees from a server, honest or not. Listings of one folder: [HttpRemoteTest].
@Timeout(60)
final class ListedReaderTest {
  private static SharePath path(String text) throws Refusal.BadName {
    return SharePath.parse(text);
  }

  private static String folder(String name) {
    return "{\"name\":\"" + name + "\",\"type\":\"folder\"}";
  }

  private static String file(String name) {
    return "{\"name\":\"" + name + "\",\"type\":\"file\",\"size\":1}";
  }

  private static String deep(int levels) {
    return String.join("/", Collections.nCopies(levels, "d"));
  }

  private final List<String> found = new ArrayList<>();

  /// Reads the tree of `top/` that a server shows so; returns how many rows were left out.
  private long read(String... rows) throws Exception {
    String answer = "{\"entries\":[" + String.join(",\n", rows) + "]}";
    try (var far = Far.json("200 OK", answer);
        var remote = far.remote()) {
      return RemoteTree.of(remote)
          .list(path("top"), false, row -> found.add(row.path() + (row.folder() ? "/" : "")));
    }
  }

  /// A plan keeps a hundred thousand of them: each held the names of all its folders for itself.
  @Test
  void pathsOfATreeShareTheNamesOfTheirFolders() throws Exception {
    List<SharePath> all = new ArrayList<>();
    String rows =
        String.join(",", folder("d"), file("d/1"), folder("e"), folder("e/f"), file("e/2"));
    try (var far = Far.json("200 OK", "{\"entries\":[" + rows + "]}");
        var remote = far.remote()) {
      assertThat(RemoteTree.of(remote).list(path("top"), false, row -> all.add(row.path())))
          .isZero();
    }
    assertThat(all).map(SharePath::toString).endsWith("top/e/f", "top/e/2");
    assertThat(all.get(1).segments().get(1)).isSameAs(all.getFirst().segments().getLast());
    assertThat(all.getLast().segments().get(1)).isSameAs(all.get(2).segments().getLast());
  }

  @Test
  void aTreeComesWithWholePathsAndTheSumsThatAreAskedFor() throws Exception {
    String rows =
        """
        {"path":"top/","entries":[
        {"name":"2024","type":"folder","modified":"2026-11-21T09:00:00Z"},
        {"name":"2024/ä","type":"file","size":9,"modified":"2026-11-01T10:00:00.123456789Z",\
        "digest":"crc32c:e3069283","more":[{}]},
        {"name":"b","type":"file","digest":"crc64:00"}]}
        """;
    try (var far = Far.json("200 OK", rows);
        var remote = far.remote()) {
      List<Listed> all = new ArrayList<>();
      assertThat(RemoteTree.of(remote).list(path("top"), true, all::add)).isZero();
      assertThat(far.line()).isEqualTo("GET /top/?recursive&digest HTTP/1.1");
      assertThat(all).hasSize(3);
      assertThat(all.getFirst().path()).isEqualTo(path("top/2024"));
      assertThat(all.get(1))
          .isEqualTo(
              new Listed(
                  path("top/2024/ä"),
                  false,
                  OptionalLong.of(9),
                  Optional.of(Instant.parse("2026-11-01T10:00:00.123456789Z")),
                  Optional.of(new Digest(Digest.Algorithm.CRC32C, "e3069283"))));
      assertThat(all.getLast().digest()).isEmpty();
      assertThat(RemoteTree.of(remote).list(SharePath.ROOT, false, all::add)).isZero();
      assertThat(far.line()).isEqualTo("GET /?recursive HTTP/1.1");
      assertThat(all.get(4).path()).isEqualTo(path("2024/ä"));
    }
  }

  @Test
  void foldersAreGoneThroughOneAfterTheOther() throws Exception {
    assertThat(read(folder("a"), folder("a/b"), file("a/b/c"), file("a/d"), file("e"))).isZero();
    assertThat(found).containsExactly("top/a/", "top/a/b/", "top/a/b/c", "top/a/d", "top/e");
  }

  @Test
  void namesThatAreNoneAreLeftOutAndCounted() throws Exception {
    List<String> names =
        List.of(
            "",
            "..",
            "../out",
            "/etc/passwd",
            "a//b",
            "a/",
            "a/../b",
            "a/.ssh",
            "a\\\\b",
            "\\u001b[2J",
            "\\ud800",
            deep(SharePath.MAX_DEPTH),
            deep(10_000),
            "x".repeat(256));
    assertThat(read(names.stream().map(ListedReaderTest::file).toArray(String[]::new)))
        .isEqualTo(names.size());
    assertThat(found).isEmpty();
  }

  @Test
  void whatIsBelowAFolderThatWasLeftOutIsLeftOutToo() throws Exception {
    assertThat(read(folder(".git"), file(".git/config"), folder("a"), file("a/b"))).isEqualTo(2);
    assertThat(found).containsExactly("top/a/", "top/a/b");
  }

  @Test
  void aFolderThatNobodyHasEnteredIsRefused() {
    for (String[] rows :
        List.of(
            new String[] {file("a/b")},
            new String[] {file("a"), file("a/b")},
            new String[] {folder("a"), folder("b"), file("a/c")},
            new String[] {folder("a"), file("a/b/c")})) {
      assertThatThrownBy(() -> read(rows))
          .isInstanceOf(ServerFault.class)
          .hasMessage("the server's listing of a tree is none");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":1,\"type\":\"file\"}",
        "{\"name\":[],\"type\":\"file\"}",
        "{\"name\":\"a\"}",
        "{\"name\":\"a\",\"type\":null}",
        "{\"name\":\"a\",\"type\":\"file\",\"size\":\"9\"}",
        "{\"name\":\"a\",\"type\":\"file\",\"size\":-1}",
        "{\"name\":\"a\",\"type\":\"file\",\"size\":9223372036854775808}",
        "{\"name\":\"a\",\"type\":\"file\",\"modified\":\"yesterday\"}",
        "{\"name\":\"a\",\"type\":\"file\",\"digest\":\"crc32c:E3069283\"}",
        "{\"name\":\"a\",\"type\":\"file\",\"digest\":\"crc32c:\"}"
      })
  void aRowThatMakesNoSenseEndsIt(String row) {
    assertThatThrownBy(() -> read(row)).isInstanceOf(ServerFault.class);
    assertThat(found).isEmpty();
  }

  @Test
  void aRowHasNoMoreThanAFewMembers() {
    var row = new StringBuilder("{\"name\":\"a\",\"type\":\"file\"");
    for (int i = 0; i < 40; i++) {
      row.append(",\"m").append(i).append("\":0");
    }
    assertThatThrownBy(() -> read(row.append('}').toString()))
        .isInstanceOf(ServerFault.class)
        .hasMessageContaining("too many members");
  }

  @Test
  void theClassicProtocolHasNoTrees() {
    assertThatThrownBy(() -> RemoteTree.of(new ClassicRemote("localhost", 1)))
        .isInstanceOf(Refusal.Denied.class);
  }
}
