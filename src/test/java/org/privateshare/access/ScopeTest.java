package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// How far a key reaches.
final class ScopeTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "a", "a/", "a/b", "a/b/", "Überblick \"neu\".pdf", "a:b/"})
  void aScopeIsPrintedAsItIsRead(String text) throws Refusal {
    assertThat(Scope.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "//", "/a", "a//", "a//b", "..", "../", "a/../b", "./", ".git/", "a\\b", "a\n"
      })
  void aTextThatIsNoPathIsRefused(String text) {
    assertThatThrownBy(() -> Scope.parse(text)).isInstanceOf(Refusal.BadName.class);
  }

  @ParameterizedTest
  @CsvSource({
    // scope, path, reached, may be changed
    "/, '', true, false",
    "/, a, true, true",
    "/, a/b/c, true, true",
    "dir/, dir, true, false",
    "dir/, dir/a, true, true",
    "dir/, dir/a/b, true, true",
    "dir/, dir2, false, false",
    "dir/, dir2/a, false, false",
    "dir/, DIR/a, false, false",
    "dir/, Dir, false, false",
    "dir/, '', false, false",
    "dir/, a/dir/b, false, false",
    "a/dir/, a, false, false",
    "a/dir/, a/dir/b, true, true",
    "a/dir/, a/b, false, false",
    "dir, dir, true, true",
    "dir, dir/a, false, false",
    "dir, dir2, false, false",
    "a/b, a, false, false",
    "a/b, a/b, true, true",
    "a/b, a/c, false, false",
    "é/, é/a, true, true",
    "é/, e\u0301/a, false, false"
  })
  void aScopeReachesItselfAndWhatIsBelowAFolder(
      String scope, String path, boolean reached, boolean changed) throws Refusal {
    SharePath other = SharePath.parse(path);
    assertThat(Scope.parse(scope).contains(other)).isEqualTo(reached);
    assertThat(Scope.parse(scope).containsEntry(other)).isEqualTo(changed);
  }

  @ParameterizedTest
  @CsvSource({
    "/, /, true",
    "/, a/, true",
    "/, a, true",
    "a/, /, false",
    "a/, a/, true",
    "a/, a/b/, true",
    "a/, a/b, true",
    "a/, a, false",
    "a, a/, false",
    "a, a, true",
    "a, a/b, false",
    "a/, ab/, false",
    "a/, b, false",
    "a/b/, a/, false"
  })
  void aScopeLiesWithinAnotherThatReachesAllOfIt(String outer, String inner, boolean within)
      throws Refusal {
    assertThat(Scope.parse(outer).contains(Scope.parse(inner))).isEqualTo(within);
  }

  @Test
  void theShareItselfIsAFolder() {
    assertThatThrownBy(() -> new Scope(SharePath.ROOT, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatLiesWithinReachesNothingMore(long seed) throws Refusal {
    SplittableRandom random = new SplittableRandom(seed);
    int within = 0;
    for (int i = 0; i < 5_000; i++) {
      Scope outer = scope(random);
      Scope inner = scope(random);
      SharePath path = SharePath.parse(path(random));
      if (outer.contains(inner)) {
        within++;
        assertThat(!inner.contains(path) || outer.contains(path))
            .as("seed %d: %s in %s, %s", seed, inner, outer, path)
            .isTrue();
        assertThat(!inner.containsEntry(path) || outer.containsEntry(path))
            .as("seed %d: %s in %s, %s", seed, inner, outer, path)
            .isTrue();
      }
    }
    assertThat(within).as("seed %d", seed).isBetween(500, 4_500);
  }

  private static Scope scope(SplittableRandom random) throws Refusal {
    String path = path(random);
    return Scope.parse(random.nextBoolean() || path.isEmpty() ? path + "/" : path);
  }

  private static String path(SplittableRandom random) {
    StringBuilder path = new StringBuilder();
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      path.append(path.isEmpty() ? "" : "/").append(random.nextBoolean() ? "a" : "b");
    }
    return path.toString();
  }
}
