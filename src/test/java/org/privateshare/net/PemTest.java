package org.privateshare.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTest {
  private static final Path FILE = Path.of("some.pem");

  private static X509Certificate certificate;
  private static PrivateKey key;
  private static String text;

  @BeforeAll
  static void make() throws Exception {
    Credentials made = SelfSigned.make(Clock.systemUTC());
    certificate = made.chain().getFirst();
    key = made.key();
    text = new String(Pem.write(key, certificate), UTF_8);
  }

  /// How other programs write what means the same.
  enum Form {
    AS_WRITTEN,
    NO_LAST_END_OF_LINE,
    SPACES_AT_THE_ENDS,
    INDENTED_CONTENT,
    ON_ONE_LINE,
    EXPLAINED,
    OLD_LABEL,
    PARAMETERS_IN_FRONT;

    String of(String text) {
      return switch (this) {
        case AS_WRITTEN -> text;
        case NO_LAST_END_OF_LINE -> text.stripTrailing();
        case SPACES_AT_THE_ENDS -> text.replace("\n", "  \n");
        case INDENTED_CONTENT -> text.replaceAll("(?m)^(?!-)", "\t");
        case ON_ONE_LINE -> text.replaceAll("(?<=[A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])", "");
        case EXPLAINED -> "subject=CN: é\n\n" + text.replace("-----\n-----", "-----\nand\n-----");
        case OLD_LABEL -> text.replace(" CERTIFICATE-", " X509 CERTIFICATE-");
        case PARAMETERS_IN_FRONT -> block("EC PARAMETERS", "BggqhkjOPQMBBw==") + text;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormOfTheSameIsRead(Form form) throws Exception {
    byte[] content = form.of(text).getBytes(UTF_8);
    assertThat(Pem.certificates(FILE, content)).containsExactly(certificate);
    assertThat(Pem.privateKey(FILE, content)).isEqualTo(key);
  }

  /// What is wrong in a way that a lax reader would mend.
  enum Damage {
    NO_END,
    OTHER_END,
    BROKEN_BEGIN,
    NO_BASE64;

    String of(String text) {
      return switch (this) {
        case NO_END -> text.substring(0, text.lastIndexOf("-----END"));
        case OTHER_END -> text.replace("END CERTIFICATE", "END X509 CERTIFICATE");
        case BROKEN_BEGIN -> text.replace("BEGIN CERTIFICATE-----", "BEGIN CERTIFICATE---");
        case NO_BASE64 -> text.replaceFirst("(?<=CERTIFICATE-----\n)MI", "M*");
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsRefusedWhole(Damage damage) {
    byte[] content = damage.of(text).getBytes(UTF_8);
    assertThatIOException()
        .isThrownBy(() -> Pem.certificates(FILE, content))
        .withMessage("some.pem is damaged: it is no well-formed PEM");
    assertThatIOException().isThrownBy(() -> Pem.privateKey(FILE, content));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void aCertificateOfAnotherLengthIsRefused(int more) throws Exception {
    byte[] encoded = certificate.getEncoded();
    byte[] other = Arrays.copyOf(encoded, encoded.length + more);
    String damaged = block("CERTIFICATE", Base64.getEncoder().encodeToString(other));
    assertThatIOException()
        .isThrownBy(() -> Pem.certificates(FILE, damaged.getBytes(UTF_8)))
        .withMessageContaining("damaged");
  }

  private static String block(String label, String base64) {
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
