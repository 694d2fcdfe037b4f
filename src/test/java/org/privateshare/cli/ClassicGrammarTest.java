package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassicGrammarTest {
  private static final Set<String> COMMANDS = Set.of("serve", "put", "get", "list");

  @ParameterizedTest
  @CsvSource({
    "nas 3650 put a.txt, put a.txt nas:3650",
    "nas 365 get a.txt, get a.txt nas:365",
    "nas 3650 list, list nas:3650",
    "::1 3650 list, list [::1]:3650",
    "-q nas 3650 put a.txt, put -q a.txt nas:3650",
    "nas 3650 put a.txt -q, put a.txt -q nas:3650",
    "nas 3650 get a.txt -o b.txt, get a.txt -o b.txt nas:3650",
    "nas 3650 put -- -rf, put -- -rf nas:3650",
    "nas 3650 get put, get put nas:3650",
    "3650 3650 list, list 3650:3650",
  })
  void theGrammarOf2020IsSaidAgainInTodaysWords(String old, String modern) throws Exception {
    assertThat(modernise(old)).containsExactly(modern.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "serve 365",
        "serve x 365",
        "put a.txt nas",
        "put 3650 put nas",
        "get 1 2 list",
        "list nas",
        "--help",
        "-V",
        "srve",
        "nas",
        "nas prt",
        "--",
        ""
      })
  void everythingElseStaysAsItIs(String words) throws Exception {
    assertThat(modernise(words)).containsExactly(words.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nas 3650",
        "nas 3650 del a.txt",
        "nas 3650 put",
        "nas 3650 put a b",
        "nas 3650 get",
        "nas 3650 list a",
        "nas 80x put a",
        "nas 0 put a",
        "nas 65536 list",
        "nas ٨٠ list",
        "a/b 3650 list",
      })
  void aMistakeInTheGrammarOf2020IsRefused(String words) {
    assertThatThrownBy(() -> modernise(words)).isInstanceOf(Mistake.class);
  }

  private static List<String> modernise(String words) throws Mistake {
    return ClassicGrammar.modernise(List.of(words.split(" ", -1)), COMMANDS);
  }
}
