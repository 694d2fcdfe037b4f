package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;

/// A keyring is read whole and right, or not at all.
final class KeyringTextTest {
  private static final String OWNER =
      "owner 1 {\"jti\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"chain\":[],"
          + "\"rights\":\"list,get,put,replace,delete,admin\",\"path\":\"/\","
          + "\"iat\":1700000000,\"label\":\"owner\"}\n";
  private static final String SECRET = "secret 1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n";
  private static final String KEY = "key 1 " + Forge.CLAIMS + "\n";
  private static final String REVOKED = "revoked DDDDDDDDDDDDDDDDDDDDDA never\n";
  private static final String BODY =
      "privateshare keyring 1\nclock 1700000000\n" + SECRET + OWNER + KEY + REVOKED;

  /// The text with a last line that is right.
  private static byte[] sealed(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return (body + "end " + Digest.crc32c(crc.getValue()) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aKeyringIsPrintedAsItIsRead() throws IOException {
    Keyring ring = KeyringText.parse(sealed(BODY));
    assertThat(KeyringText.print(ring)).isEqualTo(sealed(BODY));
    assertThat(ring.revoked()).isEqualTo(Map.of(new KeyId("D".repeat(21) + "A"), Instant.MAX));
  }

  @Test
  void aNewKeyringIsPrintedAndReadAgain() throws IOException {
    Keyring ring = Keyring.create(1_700_000_000).rotated();
    Keyring read = KeyringText.parse(KeyringText.print(ring));
    assertThat(read.owner()).isEqualTo(ring.owner());
    assertThat(read.secrets())
        .extracting(Secret::reveal)
        .isEqualTo(ring.secrets().stream().map(Secret::reveal).toList());
  }

  @Test
  void everyCutIsNoticed() {
    byte[] whole = sealed(BODY);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> KeyringText.parse(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void everyChangedBitIsNoticed() {
    byte[] whole = sealed(BODY);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] bent = whole.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> KeyringText.parse(bent))
          .as("bit %d", bit)
          .isInstanceOf(IOException.class);
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("another version", BODY.replace("keyring 1", "keyring 2")),
        arguments("a line before", "\n" + BODY),
        arguments("CRLF", BODY.replace("\n", "\r\n")),
        arguments("a byte order mark", "\ufeff" + BODY),
        arguments("no clock", BODY.replace("clock 1700000000\n", "")),
        arguments("a clock before 1970", BODY.replace("clock 1", "clock -1")),
        arguments("a clock after 9999", BODY.replace("clock 1", "clock 9991")),
        arguments("no secret", BODY.replace(SECRET, "")),
        arguments("an empty secret", BODY.replace(SECRET, "secret 1 \n")),
        arguments("a secret without text", BODY.replace(SECRET, "secret 1\n")),
        arguments("15 bytes of secret", BODY.replace("REhMUFRYXGBkaGxwdHh8", "")),
        arguments("31 bytes of secret", BODY.replace("HR4f", "").replace("dHh8", "w")),
        arguments("33 bytes of secret", BODY.replace("dHh8\n", "dHh8g\n")),
        arguments("unused bits of the secret", BODY.replace("dHh8\n", "dHh9\n")),
        arguments("a secret of zeros", BODY.replace(SECRET, "secret 1 " + "A".repeat(43) + "\n")),
        arguments("a secret of generation 0", BODY.replace("secret 1", "secret 0")),
        arguments("a secret of generation 01", BODY.replace("secret 1", "secret 01")),
        arguments("a secret twice", BODY.replace(SECRET, SECRET + SECRET)),
        arguments(
            "secrets out of order", BODY.replace(SECRET, SECRET.replace(" 1 ", " 2 ") + SECRET)),
        arguments("too many secrets", BODY.replace(SECRET, secrets(9))),
        arguments("no owner", BODY.replace(OWNER, "")),
        arguments("two owners", BODY.replace(OWNER, OWNER + OWNER)),
        arguments("an owner with a parent", BODY.replace(OWNER, KEY.replace("key", "owner"))),
        arguments("an owner with few rights", BODY.replace(",admin", "")),
        arguments("an owner of a folder", BODY.replace("\"path\":\"/\"", "\"path\":\"a/\"")),
        arguments(
            "an owner that dies",
            BODY.replace("1700000000,\"label\":\"owner\"", "1,\"exp\":9,\"label\":\"owner\"")),
        arguments("an owner of a lost secret", BODY.replace("owner 1", "owner 2")),
        arguments("a key of a lost secret", BODY.replace("key 1", "key 2")),
        arguments("a key without parent", BODY.replace("[\"AAAAAAAAAAAAAAAAAAAAAA\"]", "[]")),
        arguments("a key twice", BODY.replace(KEY, KEY + KEY)),
        arguments("a key with broken claims", BODY.replace("\"list,get,put\"", "\"fly\"")),
        arguments("a key after the revoked", BODY.replace(KEY, "") + KEY),
        arguments("a revocation twice", BODY + REVOKED),
        arguments("a revocation without id", BODY + "revoked never\n"),
        arguments("a revocation without time", BODY + "revoked EEEEEEEEEEEEEEEEEEEEEA\n"),
        arguments("a revocation till later", BODY.replace("A never", "A later")),
        arguments("an unknown line", BODY + "allow all\n"),
        arguments("a comment", BODY + "# comment\n"),
        arguments("an empty line", BODY + "\n"));
  }

  private static String secrets(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      lines.append(SECRET.replace(" 1 ", " " + i + " "));
    }
    return lines.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void aKeyringThatIsWrongIsRefusedEvenWithARightChecksum(String what, String body) {
    assertThat(body).isNotEqualTo(BODY);
    assertThatThrownBy(() -> KeyringText.parse(sealed(body)))
        .as(what)
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("AAECAwQFBgc");
  }

  @Test
  void whatFollowsTheEndIsRefused() {
    for (String more : List.of("\n", " ", "key", KEY, "\0")) {
      byte[] text =
          (new String(sealed(BODY), StandardCharsets.UTF_8) + more)
              .getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> KeyringText.parse(text)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSecretIsNeverPrinted() throws Refusal {
    assertThat(Keyring.create(0).toString())
        .doesNotContain(Forge.secret().reveal().substring(0, 8))
        .contains("secret 1");
    assertThat(new IssuedKey(Keyring.create(0).owner(), "ps1_text").toString())
        .doesNotContain("ps1_");
  }
}
