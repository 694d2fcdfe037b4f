package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.client.http.Origin;

final class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "nas, nas, 3650",
    "nas:80, nas, 80",
    "NAS.example.org:65535, nas.example.org, 65535",
    "192.168.1.7:1, 192.168.1.7, 1",
    "[::1], ::1, 3650",
    "[::1]:365, ::1, 365",
    "[fe80::1%eth0]:365, fe80::1%eth0, 365",
    "[::ffff:10.0.0.1], ::ffff:10.0.0.1, 3650",
  })
  void hostAndPortAreRead(String text, String host, int port) throws Exception {
    assertThat(Origins.parse(text, 3650)).isEqualTo(new Origin(host, port));
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
    assertThatThrownBy(() -> Origins.parse(text, 3650)).isInstanceOf(Mistake.class);
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
    assertThatThrownBy(() -> Origins.parse(text, 3650)).isInstanceOf(Mistake.class);
  }

  @Test
  void anAddressOfIpv6WithoutBracketsIsExplained() {
    assertThatThrownBy(() -> Origins.parse("fe80::1", 3650))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("in brackets: [::1]:3650");
  }

  @Test
  void theGrammarOf2020TakesAnAddressOfIpv6WithoutBrackets() throws Exception {
    assertThat(Origins.parse("::1", "365")).isEqualTo(new Origin("::1", 365));
    assertThat(Origins.parse("[::1]", "365")).isEqualTo(new Origin("::1", 365));
    assertThat(Origins.parse("nas", "365")).isEqualTo(new Origin("nas", 365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nas:3650", "[::1]:80", "[fe80::1%eth0]:3650"})
  void whatIsPrintedIsReadAsTheSame(String text) throws Exception {
    assertThat(Origins.parse(text, 3650)).hasToString(text);
  }

  @Test
  void aServerMayAskForAnyFreePort() throws Exception {
    assertThat(Origins.parsePort("0")).isZero();
  }
}
