package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.client.Alias;
import org.privateshare.client.Aliases;
import org.privateshare.client.Credential;
import org.privateshare.client.Place;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Trust;
import org.privateshare.model.SharePath;

final class TargetTest {
  /// Somebody who has logged in to `nas` and to `192.168.1.7`.
  private static final Aliases ALIASES =
      new Aliases(
          List.of(
              alias("nas", new Origin("nas.example.org", 443)),
              alias("192.168.1.7", new Origin("192.168.1.7", 3650))));

  private static Alias alias(String name, Origin origin) {
    return new Alias(name, origin, new Credential(new Trust.Authorities(), "ps1_a"));
  }

  @ParameterizedTest
  @CsvSource({
    "pi, pi:3650, '', true",
    "pi/, pi:3650, '', true",
    "pi/a.txt, pi:3650, a.txt, false",
    "pi/docs/, pi:3650, docs, true",
    "pi/docs/a:b, pi:3650, docs/a:b, false",
    "pi:365, pi:365, '', true",
    "pi:365/, pi:365, '', true",
    "pi:365/2024, pi:365, 2024, false",
    "'pi:365/100 % ?#.txt', pi:365, '100 % ?#.txt', false",
    "nas:365, nas:365, '', true",
    "nas:365/docs/, nas:365, docs, true",
    "[::1], [::1]:3650, '', true",
    "[::1]/a, [::1]:3650, a, false",
    "[::1]:365/docs/a, [::1]:365, docs/a, false",
    "[fe80::1%eth0]:365/a, [fe80::1%eth0]:365, a, false",
    "192.168.1.8/a, 192.168.1.8:3650, a, false",
  })
  void aHostAndWhatIsOnIt(String text, String origin, String path, boolean folder)
      throws Exception {
    assertThat(Target.parse(text, ALIASES))
        .isEqualTo(target(new Place.Host(Origin.parse(origin).orElseThrow()), path, folder));
  }

  @ParameterizedTest
  @CsvSource({
    "nas, '', true",
    "nas/, '', true",
    "nas/docs/, docs, true",
    "nas:, '', true",
    "nas:/, '', true",
    "nas:docs, docs, false",
    "nas:docs/, docs, true",
    "nas:docs/a.txt, docs/a.txt, false",
    "nas:/docs/a.txt, docs/a.txt, false",
    "nas:/2024/, 2024, true",
    "nas:2024-11.txt, 2024-11.txt, false",
    "nas:80x, 80x, false",
    "nas:a:b, a:b, false",
    "nas:-1, -1, false",
    "nas:%41, %41, false",
  })
  void anAliasAndWhatIsThere(String text, String path, boolean folder) throws Exception {
    assertThat(Target.parse(text, ALIASES)).isEqualTo(target(new Place.Saved("nas"), path, folder));
  }

  @Test
  void anAddressMayBeAnAliasToo() throws Exception {
    assertThat(Target.parse("192.168.1.7:docs/", ALIASES))
        .isEqualTo(target(new Place.Saved("192.168.1.7"), "docs", true));
  }

  @ParameterizedTest
  @CsvSource({
    "https://nas, true, nas:443, '', true",
    "https://nas/, true, nas:443, '', true",
    "https://nas:3650/docs/, true, nas:3650, docs, true",
    "https://[::1]:3650/a, true, [::1]:3650, a, false",
    "https://nas/100%20%25%20%3F%23.txt, true, nas:443, '100 % ?#.txt', false",
    "https://nas/%C3%84.txt, true, nas:443, Ä.txt, false",
    "https://nas/%41, true, nas:443, A, false",
    "https://nas/a:b@c, true, nas:443, a:b@c, false",
    "http://localhost/a, false, localhost:80, a, false",
    "http://127.0.0.2:3650/, false, 127.0.0.2:3650, '', true",
    "http://[::1]:3650, false, [::1]:3650, '', true",
  })
  void aUrl(String text, boolean secure, String origin, String path, boolean folder)
      throws Exception {
    var place = new Place.Url(secure, Origin.parse(origin).orElseThrow());
    assertThat(Target.parse(text, ALIASES)).isEqualTo(target(place, path, folder));
  }

  @Test
  void theClassicProtocolCanBeAskedFor() throws Exception {
    assertThat(Target.parse("classic://nas/a.txt", ALIASES))
        .isEqualTo(target(new Place.Classic(new Origin("nas", 3650)), "a.txt", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        ":a",
        ":80",
        "pi:",
        "pi:a",
        "pi:80x",
        "pi: 80",
        "pi:-1",
        "pi:٨٠",
        "pi:0",
        "pi:65536",
        "pi:080",
        "pi:0/a",
        "nas:0",
        "nas:65536/a",
        "NAS:a",
        "pi//a",
        "pi/a//",
        "pi//",
        "pi/../a",
        "pi/./a",
        "pi/.privateshare",
        "pi/a\\b",
        "pi/a\u0000",
        "nas://",
        "nas:../a",
        "nas:.",
        "nas://a",
        "[::1",
        "[::1]x/a",
        "[::1]a",
        "[nas]/a",
        "https:nas",
        "https:/nas",
        "https:///a",
        "https://:80/",
        "https://nas:/",
        "https://nas:0/",
        "https://nas:80x/",
        "https://::1/",
        "HTTPS://nas/",
        "ftp://nas/",
        "file:///etc/passwd",
        "https://ada@nas/",
        "https://ada:ps1_a@nas/",
        "https://nas/?key=ps1_a",
        "https://nas/a?",
        "https://nas/#ps1_a",
        "https://nas/a#",
        "https://nas//a",
        "https://nas/a//",
        "https://nas/a b",
        "https://nas/Ä",
        "https://nas/a%2Fb",
        "https://nas/a%2fb",
        "https://nas/%2e%2e/a",
        "https://nas/%",
        "https://nas/%4",
        "https://nas/%4x",
        "https://nas/%+1",
        "https://nas/%00",
        "https://nas/%C3",
        "https://nas/%C0%AF",
        "https://nas/%ED%A0%80",
        "https://nas/%5C",
        "https://nas/\\a",
        "http://nas/",
        "http://192.168.1.7/",
        "http://localhost.example.org/",
        "classic://ada@nas",
      })
  void whatIsNoTargetIsRefused(String text) {
    assertThatThrownBy(() -> Target.parse(text, ALIASES)).isInstanceOf(Mistake.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fe80::1", "2001:db8::7", "::1", "fe80:1::2"})
  void anAddressOfIpv6WithoutBracketsIsExplained(String text) {
    assertThatThrownBy(() -> Target.parse(text, ALIASES))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("in brackets: [::1]:3650");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://nas:3650/#ps1_secret",
        "https://nas:3650/a?key=ps1_secret",
        "https://:ps1_secret@nas/",
      })
  void noMistakeRepeatsAKey(String text) {
    assertThatThrownBy(() -> Target.parse(text, ALIASES))
        .isInstanceOf(Mistake.class)
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nas:",
        "nas:docs/a.txt",
        "nas:docs/",
        "pi:3650",
        "pi:3650/docs/a.txt",
        "[::1]:80/docs/",
        "https://nas:443",
        "https://nas:443/docs/a.txt",
        "http://localhost:80/a",
        "classic://nas:3650",
      })
  void whatIsPrintedIsReadAsTheSame(String text) throws Exception {
    assertThat(Target.parse(text, ALIASES)).hasToString(text);
  }

  private static Target target(Place place, String path, boolean folder) throws Exception {
    return new Target(place, SharePath.parse(path), folder);
  }
}
