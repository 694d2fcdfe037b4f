package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;

final class GlobsTest {
  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmp",
    "*.tmp, deep/er/a.tmp",
    "*.tmp, a.tmp/inside",
    "a, x/a/b",
    "?.c, x/a.c",
    "?, \ud83d\ude00",
    "[a-c]x, bx",
    "[!a-c]x, dx",
    "[]]x, ]x",
    "a.b+(c), a.b+(c)",
    "a/b, a/b",
    "a/*/c, a/b/c",
    "/a, a",
    "a/**, a/b/c",
    "**/c, c",
    "**/c, a/b/c",
    "a/**/c, a/c",
    "a/**/c, a/b/b/c",
    "**, anything",
    "*, a/b",
  })
  void isLeftOut(String pattern, String path) throws Exception {
    assertThat(Globs.of(List.of(pattern)).leaveOut(path, false)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmpx",
    "*.tmp, tmp",
    "a.c, abc",
    "?, ab",
    "A, a",
    "[a-c]x, dx",
    "[!a-c]x, ax",
    "a/b, x/a/b",
    "a/*, b",
    "a/*/c, a/b/b/c",
    "/a, b/a",
    "a?b, a/b",
    "[!x]/b, ab",
    "a[.-0]b, a/b",
    "a/, a",
  })
  void isNotLeftOut(String pattern, String path) throws Exception {
    assertThat(Globs.of(List.of(pattern)).leaveOut(path, false)).isFalse();
  }

  @Test
  void aSlashAtTheEndMeansFoldersAndWhatIsInThem() throws Exception {
    Globs globs = Globs.of(List.of("build/"));
    assertThat(globs.leaveOut("build", true)).isTrue();
    assertThat(globs.leaveOut("a/build/b", false)).isTrue();
    assertThat(globs.leaveOut("a/build", false)).isFalse();
  }

  @Test
  void anyOfSeveralWillDo() throws Exception {
    Globs globs = Globs.of(List.of("a", "b"));
    assertThat(globs.leaveOut("b", false)).isTrue();
    assertThat(globs.leaveOut("c", false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a[b", "[!", "[]"})
  void whatIsNoPatternIsRefused(String pattern) {
    assertThatThrownBy(() -> Globs.of(List.of(pattern))).isInstanceOf(Refusal.BadName.class);
  }
}
