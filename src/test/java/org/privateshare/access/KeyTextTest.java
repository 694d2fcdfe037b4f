package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.privateshare.access.Forge.CLAIMS;
import static org.privateshare.access.Forge.HEADER;
import static org.privateshare.access.Forge.base64;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;

/// Every way in which a text is no key, those included that are signed with the right secret.
final class KeyTextTest {
  private static final String GOOD = Forge.key(HEADER, CLAIMS);
  private static final String[] PARTS = GOOD.substring(4).split("\\.", -1);

  private final KeyText keys = new KeyText(List.of(Forge.secret()));

  @Test
  void whatSomebodyElseSignedByTheSpecificationIsRead() throws Refusal {
    Capability key = keys.read(GOOD).orElseThrow();
    assertThat(key.generation()).isEqualTo(1);
    assertThat(key.id()).hasToString(Forge.ID);
    assertThat(key.ancestors()).containsExactly(new KeyId(Forge.PARENT));
    assertThat(key.terms())
        .isEqualTo(
            Terms.of(
                "Ada",
                Rights.parse("list,get,put"),
                Scope.parse("inbox/"),
                Instant.ofEpochSecond(1_800_000_000),
                false));
    assertThat(keys.print(key)).isEqualTo(GOOD);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("nothing", ""),
        arguments("a space", " "),
        arguments("the prefix alone", "ps1_"),
        arguments("no prefix", GOOD.substring(4)),
        arguments("another prefix", "ps2_" + GOOD.substring(4)),
        arguments("the prefix in capitals", "PS1_" + GOOD.substring(4)),
        arguments("the prefix twice", "ps1_" + GOOD),
        arguments("no dots", GOOD.replace(".", "")),
        arguments("one dot", "ps1_" + PARTS[0] + "." + PARTS[1]),
        arguments("no signature", "ps1_" + PARTS[0] + "." + PARTS[1] + "."),
        arguments("dots alone", "ps1_.."),
        arguments("no claims", "ps1_" + PARTS[0] + ".." + PARTS[2]),
        arguments("no header", "ps1_." + PARTS[1] + "." + PARTS[2]),
        arguments("a fourth part", GOOD + "." + PARTS[2]),
        arguments("a dot at the end", GOOD + "."),
        arguments("five parts, as of an encrypted token", GOOD + ".a.b"),
        arguments("a space before", " " + GOOD),
        arguments("a space after", GOOD + " "),
        arguments("a line break after", GOOD + "\n"),
        arguments("a tab inside", GOOD.replaceFirst("\\.", "\t.")),
        arguments("quotes", "\"" + GOOD + "\""),
        arguments("two keys", GOOD + "," + GOOD),
        arguments("a NUL", GOOD + "\0"),
        arguments("padding", GOOD + "="),
        arguments("the standard alphabet", GOOD.substring(0, GOOD.length() - 1) + "+"),
        arguments("a letter that only looks like one", GOOD.replaceFirst("e", "\u0435")),
        arguments("a lone surrogate", GOOD + "\ud800"),
        arguments("a signature that is too short", GOOD.substring(0, GOOD.length() - 1)),
        arguments("a signature that is too long", GOOD + "A"),
        arguments(
            "a signature of zeros", "ps1_" + PARTS[0] + "." + PARTS[1] + "." + "A".repeat(43)));
  }

  static Stream<Arguments> otherHeaders() {
    return Stream.of(
            "",
            "{}",
            "{\"alg\":\"HS256\"}",
            "{\"kid\":\"1\",\"alg\":\"HS256\"}",
            "{\"alg\":\"none\"}",
            "{\"alg\":\"none\",\"kid\":\"1\"}",
            "{\"alg\":\"hs256\",\"kid\":\"1\"}",
            "{\"alg\":\"HS384\",\"kid\":\"1\"}",
            "{\"alg\":\"HS512\",\"kid\":\"1\"}",
            "{\"alg\":\"RS256\",\"kid\":\"1\"}",
            "{\"alg\":\"ES256\",\"kid\":\"1\"}",
            "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"kid\":\"1\"}",
            "{\"alg\":\"HS256\",\"kid\":\"2\"}",
            "{\"alg\":\"HS256\",\"kid\":\"0\"}",
            "{\"alg\":\"HS256\",\"kid\":\"01\"}",
            "{\"alg\":\"HS256\",\"kid\":\"\"}",
            "{\"alg\":\"HS256\",\"kid\":1}",
            "{\"alg\":\"HS256\",\"kid\":\"../../etc/passwd\"}",
            "{\"alg\":\"HS256\",\"kid\":\"1' or '1'='1\"}",
            "{\"alg\":\"HS256\",\"kid\":\"1\",\"typ\":\"JWT\"}",
            "{\"alg\":\"HS256\",\"kid\":\"1\",\"crit\":[\"exp\"],\"exp\":9}",
            "{\"alg\":\"HS256\",\"kid\":\"1\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"HS256\",\"kid\":\"1\",\"jku\":\"https://evil.example/\"}",
            "{\"alg\":\"HS256\",\"kid\":\"1\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}",
            "{\"alg\":\"none\",\"alg\":\"HS256\",\"kid\":\"1\"}",
            "{\"alg\":\"HS256\", \"kid\":\"1\"}",
            "{\"alg\":\"HS256\",\"kid\":\"1\"}\n",
            "{\"alg\":\"HS256\",\"kid\":\"\\u0031\"}")
        .map(header -> arguments(header, Forge.key(header, CLAIMS)));
  }

  static Stream<Arguments> otherClaims() {
    return Stream.of(
            "",
            "null",
            "[]",
            "\"text\"",
            "7",
            "{}",
            "{",
            CLAIMS + " ",
            " " + CLAIMS,
            CLAIMS + CLAIMS,
            with(",", ", "),
            with("}", ",\"aud\":\"x\"}"),
            with("}", ",\"link\":false}"),
            with("}", ",\"link\":true}"),
            with("}", ",\"link\":1}"),
            with("}", ",\"nbf\":1}"),
            with("}", ",}"),
            with("\"jti\":", "\"JTI\":"),
            with("\"jti\":\"B", "\"jti\":\"BB"),
            with("BBBBA\"", "BBBBB\""),
            with("\"BBBBBBBBBBBBBBBBBBBBBA\"", "\"AAAAAAAAAAAAAAAAAAAAAA\""),
            with("\"BBBBBBBBBBBBBBBBBBBBBA\"", "null"),
            with("\"BBBBBBBBBBBBBBBBBBBBBA\"", "7"),
            with("[\"AAAAAAAAAAAAAAAAAAAAAA\"]", "\"AAAAAAAAAAAAAAAAAAAAAA\""),
            with("[\"AAAAAAAAAAAAAAAAAAAAAA\"]", "null"),
            with("[\"AAAAAAAAAAAAAAAAAAAAAA\"]", "[7]"),
            with("[\"AAAAAAAAAAAAAAAAAAAAAA\"]", "[null]"),
            with("[\"AAAAAAAAAAAAAAAAAAAAAA\"]", "[[]]"),
            with("[\"AAAAAAAAAAAAAAAAAAAAAA\"]", "[\"a\"]"),
            with("\"AAAAAAAAAAAAAAAAAAAAAA\"", ids(2).replace(ids(1), ids(1) + "," + ids(1))),
            with("\"AAAAAAAAAAAAAAAAAAAAAA\"", ids(9)),
            with("list,get,put", "get,list,put"),
            with("list,get,put", "list,get,put,list"),
            with("list,get,put", "list,get,fly"),
            with("list,get,put", ""),
            with("\"list,get,put\"", "[\"list\"]"),
            with("inbox/", ""),
            with("inbox/", "//"),
            with("inbox/", "/inbox/"),
            with("inbox/", "inbox//"),
            with("inbox/", "../inbox/"),
            with("inbox/", "inbox/../"),
            with("inbox/", ".privateshare/"),
            with("inbox/", "inbox\\\\x"),
            with("inbox/", "inb\\u006fx/"),
            with("inbox/", "in\\u0000box/"),
            with("inbox/", "in\\ud800box/"),
            with("inbox/", "inbox\\/"),
            with("\"inbox/\"", "null"),
            with(",\"iat\":1700000000", ""),
            with("1700000000", "-1"),
            with("1700000000", "null"),
            with("1800000000", "-1"),
            with("1800000000", "-0"),
            with("1800000000", "1.8e9"),
            with("1800000000", "1800000000.0"),
            with("1800000000", "1800000000.5"),
            with("1800000000", "01800000000"),
            with("1800000000", "+1800000000"),
            with("1800000000", "99999999999999999999"),
            with("1800000000", "9223372036854775807"),
            with("1800000000", "253402300800"),
            with("1800000000", "\"1800000000\""),
            with("1800000000", "\"never\""),
            with("1800000000", "null"),
            with("1800000000", "true"),
            with("1800000000", "[]"),
            with("1800000000", "NaN"),
            with("\"exp\":1800000000", "\"exp\":1800000000,\"exp\":1900000000"),
            with("\"exp\":1800000000", "\"exp\":1,\"exp\":1800000000"),
            with("\"iat\":1700000000,\"exp\":1800000000", "\"exp\":1800000000,\"iat\":1700000000"),
            with(",\"label\":\"Ada\"", ""),
            with("Ada", ""),
            with("Ada", " Ada"),
            with("Ada", "Ada\u202e"),
            with("Ada", "A\\nda"),
            with("Ada", "\\u0041da"),
            with("Ada", "x".repeat(65)),
            with("\"Ada\"", "{\"a\":".repeat(500) + "1" + "}".repeat(500)))
        .map(claims -> arguments(claims, Forge.key(HEADER, claims)));
  }

  private static String with(String old, String replacement) {
    assertThat(CLAIMS).contains(old);
    return CLAIMS.replace(old, replacement);
  }

  /// That many different ids in quotes, joined by commas.
  private static String ids(int count) {
    return Stream.of("CDEFGHIJK".split(""))
        .limit(count)
        .map(letter -> "\"" + letter.repeat(21) + "A\"")
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"malformed", "otherHeaders", "otherClaims"})
  void aTextThatIsNoKeyIsRefused(String what, String text) {
    assertThat(keys.read(text)).as(what).isEmpty();
  }

  @Test
  void claimsThatAreNoUtf8AreRefused() {
    byte[] claims = CLAIMS.getBytes(StandardCharsets.UTF_8);
    claims[CLAIMS.indexOf("Ada")] = (byte) 0xff;
    assertThat(keys.read(Forge.key(HEADER, claims))).isEmpty();
  }

  @Test
  void unusedBitsAreZero() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String start = GOOD.substring(0, GOOD.length() - 1);
    char last = GOOD.charAt(GOOD.length() - 1);
    for (int i = 1; i < 4; i++) {
      char other = alphabet.charAt(alphabet.indexOf(last) + i);
      assertThat(keys.read(start + other)).isEmpty();
    }
    // One of these two ends within a byte, whichever length the claims have.
    for (String claims : List.of(CLAIMS, CLAIMS.replace("Ada", "Adam"))) {
      String payload = base64(claims.getBytes(StandardCharsets.UTF_8));
      char end = payload.charAt(payload.length() - 1);
      String bent = payload.substring(0, payload.length() - 1) + (char) (end + 1);
      assertThat(keys.read(Forge.signed(PARTS[0] + "." + bent))).isEmpty();
      assertThat(keys.read(Forge.signed(PARTS[0] + "." + payload))).isPresent();
    }
  }

  @Test
  void everyChangedCharacterSpoilsAKey() {
    for (int i = 0; i < GOOD.length(); i++) {
      char other = GOOD.charAt(i) == 'A' ? 'E' : 'A';
      String bent = GOOD.substring(0, i) + other + GOOD.substring(i + 1);
      assertThat(keys.read(bent)).as("character %d", i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4_097, 8_192, 1 << 20})
  void aLongTextIsRefusedUnread(int length) {
    String claims = "x".repeat(length - GOOD.length());
    assertThat(keys.read(Forge.signed(PARTS[0] + "." + PARTS[1] + claims))).isEmpty();
    assertThat(keys.read("ps1_" + "A".repeat(length))).isEmpty();
  }

  @Test
  void aKeyHasUpTo4096CharactersAndALongerOneIsNotMade() throws Refusal {
    int length = 2_760;
    String longest = keys.print(withPathOf(length));
    while (longest.length() < KeyText.MAX_LENGTH - 1) {
      longest = keys.print(withPathOf(++length));
    }
    assertThat(longest.length()).isLessThanOrEqualTo(KeyText.MAX_LENGTH);
    assertThat(keys.read(longest)).contains(withPathOf(length));
    Capability longer = withPathOf(length + 1);
    assertThatThrownBy(() -> keys.print(longer)).isInstanceOf(Refusal.BadName.class);
  }

  /// A key for a path of that many bytes.
  private Capability withPathOf(int length) throws Refusal {
    String segment = "x".repeat(199) + "/";
    String path = segment.repeat(length / 200) + "x".repeat(length % 200);
    Capability key = keys.read(GOOD).orElseThrow();
    Terms terms = key.terms();
    Scope scope = Scope.parse(path);
    Terms wide = Terms.of("Ada", terms.rights(), scope, terms.expires(), terms.isLink());
    return new Capability(1, key.id(), key.ancestors(), wide, key.issued());
  }

  @Test
  void aKeyOfAnotherSecretIsRefused() {
    assertThat(new KeyText(List.of(Secret.random(1))).read(GOOD)).isEmpty();
    assertThat(new KeyText(List.of()).read(GOOD)).isEmpty();
  }

  @Test
  void eachGenerationReadsItsOwnKeys() throws Refusal {
    Secret second = Secret.random(2);
    KeyText both = new KeyText(List.of(Forge.secret(), second));
    Capability old = both.read(GOOD).orElseThrow();
    Capability young = new Capability(2, old.id(), old.ancestors(), old.terms(), old.issued());
    assertThat(both.read(both.print(young))).contains(young);
    assertThat(new KeyText(List.of(second)).read(GOOD)).isEmpty();
    assertThat(keys.read(both.print(young))).isEmpty();
    assertThatThrownBy(() -> keys.print(young)).isInstanceOf(IllegalArgumentException.class);
  }
}
