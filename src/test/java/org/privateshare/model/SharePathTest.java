package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every name rule as a row, and the properties of parsing over seeded random texts.
final class SharePathTest {
  static List<String> unaddressable() {
    return List.of(
        ".",
        "..",
        "...",
        "/",
        "//",
        "/etc/passwd",
        "a/",
        "/a",
        "a//b",
        "a/./b",
        "a/../b",
        "../a",
        ".bashrc",
        ".privateshare",
        ".PrivateShare",
        ".PRIVATESHARE/staging",
        "a/.git/config",
        "..\\a",
        "a\\b",
        "a\0b",
        "a\nb",
        "a\r",
        "\t",
        "a\u001b[2J",
        "a\u007f",
        "a\u0085b",
        "a\ud800",
        "\udc00a",
        "\udc00\ud800",
        "x".repeat(256),
        "é".repeat(128),
        "😀".repeat(64),
        "a/" + "x".repeat(256),
        "a" + "/a".repeat(64),
        ("x".repeat(255) + "/").repeat(16) + "x",
        "x".repeat(1 << 20));
  }

  @ParameterizedTest
  @MethodSource("unaddressable")
  void aTextThatIsNoPathIsRefused(String text) {
    assertThatThrownBy(() -> SharePath.parse(text)).isInstanceOf(Refusal.BadName.class);
  }

  static List<String> addressableOnly() {
    return List.of(
        "a ",
        " a",
        "a/ b",
        "a.",
        "a.txt.",
        "a:b",
        "a*",
        "a?",
        "a\"",
        "a<b>",
        "a|b",
        "CON",
        "con",
        "Prn.txt",
        "AUX.tar.gz",
        "nul",
        "COM1",
        "com9.log",
        "LPT1",
        "lpt¹",
        "COM².x",
        "COM0",
        "CON .txt",
        "CONIN$",
        "folder/NUL/file",
        "e\u0301",
        "\u212b",
        "a\u202eb",
        "a\u2066b",
        "a\u200bb",
        "\ufeffa",
        "a\u2028b",
        "a\u2029b",
        "a\udb40\udc41",
        "a\u00adb",
        "a\u034fb",
        "\u3164",
        "\u2800",
        "a\ue000",
        "a\uffff");
  }

  @ParameterizedTest
  @MethodSource("addressableOnly")
  void aNameThatIsNotPortableMayBeReadButNotCreated(String text) throws Refusal {
    SharePath path = SharePath.parse(text);
    assertThat(path).hasToString(text);
    assertThatThrownBy(path::requirePortable).isInstanceOf(Refusal.BadName.class);
  }

  static List<String> portable() {
    return List.of(
        "a",
        "a b",
        "a,b",
        "a..b",
        "apple.jpg",
        "-rf",
        "--help",
        "@file",
        "~user",
        "$HOME",
        "`id`",
        "%2e%2e%2f",
        "..%2f".substring(2),
        "=cmd",
        "'; drop",
        "CONSOLE",
        "COM",
        "COM10",
        "aCON",
        "é",
        "日本語.txt",
        "файл",
        "😀",
        "❤️",
        "x".repeat(255),
        "é".repeat(127),
        "a" + "/a".repeat(63),
        "inbox/2020/holiday.mp4");
  }

  @ParameterizedTest
  @MethodSource("portable")
  void aPortableNameMayBeCreated(String text) throws Refusal {
    SharePath path = SharePath.parse(text);
    assertThat(path).hasToString(text);
    assertThatCode(path::requirePortable).doesNotThrowAnyException();
  }

  @Test
  void theEmptyTextIsTheShareItself() throws Refusal {
    assertThat(SharePath.parse("")).isEqualTo(SharePath.ROOT);
    assertThat(SharePath.ROOT.isRoot()).isTrue();
    assertThat(SharePath.ROOT.name()).isEmpty();
    assertThat(SharePath.ROOT.parent()).isEqualTo(SharePath.ROOT);
  }

  @Test
  void parentNameAndChildFitTogether() throws Refusal {
    SharePath path = SharePath.parse("a/b/c");
    assertThat(path.name()).isEqualTo("c");
    assertThat(path.parent()).isEqualTo(SharePath.parse("a/b"));
    assertThat(path.parent().child("c")).isEqualTo(path);
    assertThat(SharePath.parse("a").parent()).isEqualTo(SharePath.ROOT);
  }

  @Test
  void aChildThatIsNoSegmentIsRefused() {
    for (String name : List.of("", "a/b", "..", ".x", "\n")) {
      assertThatThrownBy(() -> SharePath.ROOT.child(name)).isInstanceOf(Refusal.BadName.class);
    }
  }

  @Test
  void theConstructorTakesNothingThatParseRefuses() {
    assertThatThrownBy(() -> new SharePath(List.of("a", "..")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMessageNamesTheRuleAndEscapesTheName() {
    assertThatThrownBy(() -> SharePath.parse("a\u001b"))
        .hasMessage("the name \"a\\x1b\" holds a control character or broken Unicode");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatParsesPrintsAsItself(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String alphabet = "aB0. /\\,:\u0000\u001f\u007f\u0301é\u202e\u200b日\ud83d\ude00<>|";
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        SharePath path = SharePath.parse(text.toString());
        assertThat(path.toString()).as("seed %d", seed).isEqualTo(text.toString());
        assertThat(path.segments())
            .as("seed %d, %s", seed, path)
            .noneMatch(s -> s.isEmpty() || s.startsWith(".") || s.contains("/"));
        accepted++;
      } catch (Refusal.BadName refused) {
        assertThat(refused.code()).isEqualTo("bad-name");
      }
    }
    assertThat(accepted).as("seed %d", seed).isBetween(1_000, 19_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 62, 63, 64})
  void aFolderAdmitsExactlyTheNamesOfItsChildren(int depth) {
    for (int length : new int[] {1, 64, 249, 255}) {
      var folder = new SharePath(Collections.nCopies(depth, "d".repeat(Math.min(63, length))));
      for (String name : List.of("a", ".a", "a/b", "\ud800", "é".repeat(128), "x".repeat(255))) {
        boolean isChild = true;
        try {
          SharePath _ = folder.child(name);
        } catch (Refusal.BadName e) {
          isChild = false;
        }
        assertThat(folder.admits(name)).as("%d, %s", depth, name).isEqualTo(isChild);
      }
    }
  }
}
