package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "nas, nas, 3650",
    "nas:80, nas, 80",
    "nas.example.org:65535, nas.example.org, 65535",
    "192.168.1.7:1, 192.168.1.7, 1",
    "[::1], ::1, 3650",
    "[::1]:365, ::1, 365",
    "[fe80::1%eth0]:365, fe80::1%eth0, 365",
    "[::ffff:10.0.0.1], ::ffff:10.0.0.1, 3650",
  })
  void hostAndPortAreRead(String text, String host, int port) throws Exception {
    assertThat(Target.parse(text)).isEqualTo(new Target(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nas:",
        "nas:0",
        "nas:-1",
        "nas:65536",
        "nas:80x",
        "nas: 80",
        "nas:80 ",
        "nas:+80",
        "nas:080",
        "nas:٨٠",
        "nas:99999999999",
        "nas:1e3",
        "nas:0x50",
        "[::1]:",
        "[::1]:0"
      })
  void aPortIsFromOneTo65535InPlainDigits(String text) {
    assertThatThrownBy(() -> Target.parse(text)).isInstanceOf(Mistake.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " nas",
        "nas ",
        "-nas",
        ".nas",
        "na s",
        "na/s",
        "a@b",
        "nas\n",
        "näs",
        ":80",
        "[]",
        "[nas]",
        "[::1",
        "::1]",
        "[::1]x",
        "[::1]80",
        "[::1%]",
        "https://nas",
        "nas/x",
        "\u001b[2J"
      })
  void whatIsNoHostIsRefused(String text) {
    assertThatThrownBy(() -> Target.parse(text)).isInstanceOf(Mistake.class);
  }

  @Test
  void anAddressOfIpv6WithoutBracketsIsExplained() {
    assertThatThrownBy(() -> Target.parse("fe80::1"))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("in brackets: [::1]:3650");
  }

  @Test
  void theGrammarOf2020TakesAnAddressOfIpv6WithoutBrackets() throws Exception {
    assertThat(Target.parse("::1", "365")).isEqualTo(new Target("::1", 365));
    assertThat(Target.parse("[::1]", "365")).isEqualTo(new Target("::1", 365));
    assertThat(Target.parse("nas", "365")).isEqualTo(new Target("nas", 365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nas:3650", "[::1]:80", "[fe80::1%eth0]:3650"})
  void whatIsPrintedIsReadAsTheSame(String text) throws Exception {
    assertThat(Target.parse(text)).hasToString(text);
  }

  @Test
  void aServerMayAskForAnyFreePort() throws Exception {
    assertThat(Target.parsePort("0")).isZero();
  }
}
