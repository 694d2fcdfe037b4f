package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each condition over nothing, a file in version v, another version, and a folder.
final class PreconditionTest {
  @ParameterizedTest
  @CsvSource({
    "ANY, fine, fine, fine, fine",
    "ABSENT, fine, taken, taken, taken",
    "PRESENT, changed, fine, fine, fine",
    "v, changed, fine, changed, changed",
    "u v, changed, fine, changed, changed",
    "'', changed, changed, changed, changed",
    "not v, fine, changed, fine, fine",
    "not u v, fine, changed, fine, fine",
  })
  void aConditionIsMetOrRefused(
      String must, String nothing, String version, String other, String folder) {
    assertThat(result(must, Optional.empty())).isEqualTo(nothing);
    assertThat(result(must, Optional.of("v"))).isEqualTo(version);
    assertThat(result(must, Optional.of("w"))).isEqualTo(other);
    assertThat(result(must, Optional.of(""))).isEqualTo(folder);
  }

  private static String result(String must, Optional<String> version) {
    try {
      of(must).require(SharePath.ROOT, version);
      return "fine";
    } catch (Refusal e) {
      return e.code();
    }
  }

  private static Precondition of(String must) {
    return switch (must) {
      case "ANY" -> Precondition.Existence.ANY;
      case "ABSENT" -> Precondition.Existence.ABSENT;
      case "PRESENT" -> Precondition.Existence.PRESENT;
      case "" -> new Precondition.Version(Set.of());
      case String unlike when unlike.startsWith("not ") ->
          new Precondition.Unlike(Set.of(unlike.substring(4).split(" ")));
      default -> new Precondition.Version(Set.of(must.split(" ")));
    };
  }
}
