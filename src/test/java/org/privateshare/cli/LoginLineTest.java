package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Fingerprint;

final class LoginLineTest {
  private static final String PIN = "sha256//XnLxJXKEPNSloZpKpIwsOt2N8OnomX0vXkhUemYaE6U=";

  @Test
  void theVectorIsReadAndSpelledSo() throws Exception {
    LoginLine line = LoginLine.parse(vector());
    assertThat(line.server().host()).isEqualTo("nas.example.org");
    assertThat(line.server().port()).isEqualTo(3650);
    assertThat(line.invitation().key()).get().asString().startsWith("ps1_eyJ").endsWith("iyU");
    assertThat(line.invitation().server()).isEqualTo(Fingerprint.parse(PIN));
    assertThat(line.text()).isEqualTo(vector());
  }

  @ParameterizedTest
  @CsvSource({
    "https://nas:3650/#ps1_a.b-c_D, nas, 3650, true, false",
    "https://nas:3650/#@" + PIN + ", nas, 3650, false, true",
    "https://nas:3650/, nas, 3650, false, false",
    "https://nas:3650/#, nas, 3650, false, false",
    "https://nas/, nas, 443, false, false",
    "https://192.168.1.7:1/#ps1_a@" + PIN + ", 192.168.1.7, 1, true, true",
    "https://[::1]:3650/#ps1_a, ::1, 3650, true, false",
    "https://[2001:db8::7]/, 2001:db8::7, 443, false, false",
  })
  void eitherHalfMayBeMissing(String text, String host, int port, boolean key, boolean pin)
      throws Exception {
    LoginLine line = LoginLine.parse(text);
    assertThat(line.server().host()).isEqualTo(host);
    assertThat(line.server().port()).isEqualTo(port);
    assertThat(line.invitation().key().isPresent()).isEqualTo(key);
    assertThat(line.invitation().server().isPresent()).isEqualTo(pin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nas",
        "nas:3650",
        "http://nas:3650/",
        "HTTPS://nas:3650/",
        "https://nas:3650",
        "https://nas:3650#ps1_a",
        "https://nas:3650/inbox/#ps1_a",
        "https://nas:3650//",
        "https://nas:3650/?key=ps1_a",
        "https://nas:3650/?#ps1_a",
        "https://ada@nas:3650/",
        "https:///",
        "https://:3650/",
        "https://nas:/",
        "https://nas:0/",
        "https://nas:65536/",
        "https://::1:3650/",
        "https://[nas]:3650/",
        "https://[::1]x:3650/",
        "https://näs:3650/",
        " https://nas:3650/",
        "https://nas:3650/ ",
        "https://nas:3650/#ps1_",
        "https://nas:3650/#ps2_a",
        "https://nas:3650/#PS1_a",
        "https://nas:3650/#ps1_a%40" + PIN,
        "https://nas:3650/#ps1_a@",
        "https://nas:3650/#@",
        "https://nas:3650/#ps1_a@@" + PIN,
        "https://nas:3650/#ps1_a@" + PIN + "@",
        "https://nas:3650/#ps1_a@sha256/XnLxJXKEPNSloZpKpIwsOt2N8OnomX0vXkhUemYaE6U=",
        "https://nas:3650/#ps1_a@sha256//XnLxJXKEPNSloZpKpIwsOt2N8OnomX0vXkhUemYaE6U",
        "https://nas:3650/#" + PIN,
        "https://nas:3650/#ps1_a b",
        "https://nas:3650/#ps1_a\n",
        "https://nas:3650/##ps1_a",
      })
  void whatIsNoLoginLineIsRefused(String text) {
    assertThatThrownBy(() -> LoginLine.parse(text)).isInstanceOf(Mistake.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://nas:3650/#ps1_secret!",
        "https://nas:3650/inbox/#ps1_secret",
        "https://nas:3650/#ps1_secret@" + PIN + "x",
      })
  void noMistakeRepeatsAKey(String text) {
    assertThatThrownBy(() -> LoginLine.parse(text))
        .isInstanceOf(Mistake.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void noTextButTheLineItselfHoldsTheKey() throws Exception {
    LoginLine line = LoginLine.parse("https://nas:3650/#ps1_secret@" + PIN);
    assertThat(List.of(line.toString(), line.invitation().toString()))
        .noneMatch(text -> text.contains("secret"));
    assertThat(new Invitation(Optional.of("ps1_secret"), Optional.empty()).toString())
        .isEqualTo("a key");
  }

  @Test
  void aKeyHasAtMost4096Characters() throws Exception {
    String longest = "ps1_" + "a".repeat(4_092);
    assertThat(Invitation.parse(longest).key()).contains(longest);
    assertThatThrownBy(() -> Invitation.parse(longest + "a")).isInstanceOf(Mistake.class);
  }

  private static String vector() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/keys.md"));
    return lines.get(lines.indexOf("```login") + 1);
  }
}
