package org.privateshare.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;

final class BodyDigestsTest {
  /// The values of `123456789`, as OpenSSL and the CRC catalogue have them.
  private static final String CRC32C = "crc32c=:4waSgw==:";

  private static final String SHA_256 = "sha-256=:FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=:";
  private static final String SHA = "sha=:98O8HYCOBHMq32eZZczDTKeuNEE=:";
  private static final String MD5 = "JfnnlDI7RTiF9RgfG2JNCw==";
  private static final String SHA_512 =
      "sha-512=:2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==:";

  private static BodyDigests read(String name, String value) throws Problem {
    return BodyDigests.of(HttpFields.build().add(name, value));
  }

  private static BodyDigests fed(BodyDigests digests, String... pieces) {
    for (String piece : pieces) {
      ByteBuffer bytes = US_ASCII.encode(piece);
      digests.add(bytes);
      assertThat(bytes.remaining()).isEqualTo(piece.length());
    }
    return digests;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Repr-Digest | " + CRC32C,
        "Repr-Digest | " + SHA_256,
        "Repr-Digest | " + SHA_512,
        "Repr-Digest | " + SHA,
        "Repr-Digest | md5=:" + MD5 + ":",
        "Content-Digest | " + SHA_256,
        "content-digest | " + CRC32C + ", " + SHA_256 + ", " + SHA_512 + ", " + SHA,
        "Repr-Digest | unknown=:AA==:, " + CRC32C,
        "Repr-Digest | unixsum=:AA==:",
        "Repr-Digest | crc32c=:AAAAAA==:, " + CRC32C,
        "Content-MD5 | " + MD5,
      })
  void theRightBytesPass(String name, String value) throws Exception {
    BodyDigests digests = fed(read(name, value), "1234", "", "56789");
    assertThatCode(digests::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Repr-Digest | " + CRC32C,
        "Repr-Digest | " + SHA_256,
        "Repr-Digest | " + SHA_512,
        "Repr-Digest | " + SHA,
        "Repr-Digest | md5=:" + MD5 + ":",
        "Repr-Digest | crc32c=:DXOE1Q==:, " + SHA_256,
        "Content-Digest | " + SHA_256,
        "Content-MD5 | " + MD5,
      })
  void otherBytesDoNot(String name, String value) throws Exception {
    BodyDigests digests = fed(read(name, value), "123456780");
    assertThatThrownBy(digests::verify).isInstanceOf(Refusal.Mismatch.class);
  }

  @Test
  void eachOfSeveralFieldsIsVerified() throws Exception {
    HttpFields fields =
        HttpFields.build()
            .add("Repr-Digest", CRC32C)
            .add("Content-Digest", "crc32c=:AAAAAA==:")
            .add("Content-MD5", MD5);
    assertThatThrownBy(fed(BodyDigests.of(fields), "123456789")::verify)
        .isInstanceOf(Refusal.Mismatch.class)
        .hasMessageContaining("Content-Digest");
  }

  @Test
  void theEmptyBodyHasDigestsToo() throws Exception {
    assertThatCode(read("Repr-Digest", "crc32c=:AAAAAA==:")::verify).doesNotThrowAnyException();
    assertThatThrownBy(read("Repr-Digest", CRC32C)::verify).isInstanceOf(Refusal.Mismatch.class);
  }

  @Test
  void nothingSaidIsNothingToVerify() throws Exception {
    BodyDigests digests = fed(BodyDigests.of(HttpFields.EMPTY), "anything");
    assertThatCode(digests::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Repr-Digest    | sha-256
          Repr-Digest    | sha-256=abc
          Repr-Digest    | sha-256=:AA==:
          Repr-Digest    | sha-256=::
          Repr-Digest    | crc32c=:4waSgwA=:
          Repr-Digest    | crc32c=:4waSgw==
          Content-Digest | md5=1
          Content-MD5    | ``
          Content-MD5    | !
          Content-MD5    | 4waSgw==
          Content-MD5    | JfnnlDI7RTiF9RgfG2JNCw==, JfnnlDI7RTiF9RgfG2JNCw==
          """)
  void whatCannotBeReadIsRefused(String name, String value) {
    assertThatThrownBy(() -> read(name, value.replace("``", "")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Digest", "Content-Sha256", "ETag"})
  void otherFieldsSayNothing(String name) throws Exception {
    assertThatCode(fed(read(name, "x"), "1")::verify).doesNotThrowAnyException();
  }

  private static BodyDigests checksum(String value) throws Problem {
    return BodyDigests.ofTusPart(HttpFields.build().add("Upload-Checksum", value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crc32c 4waSgw==",
        "sha1 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "sha-1 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "sha256 FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
        "sha-256 FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
      })
  void aChecksumOfTusIsVerified(String value) throws Exception {
    assertThatCode(fed(checksum(value), "1234", "56789")::verify).doesNotThrowAnyException();
    assertThatThrownBy(fed(checksum(value), "123456780")::verify)
        .isInstanceOf(Refusal.Mismatch.class);
    assertThat("," + BodyDigests.TUS_ALGORITHMS + ",")
        .contains("," + value.substring(0, value.indexOf(' ')) + ",");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "crc32c",
        "crc32c ",
        "crc32c !",
        "crc32c AAAA",
        "crc32c  4waSgw==",
        "crc32c 4waSgw== x",
        "CRC32C 4waSgw==",
        "md5 JfnnlDI7RTiF9RgfG2JNCw==",
        "crc32 y/Q5Jg=="
      })
  void noOtherChecksumIsKnown(String value) {
    assertThatThrownBy(() -> checksum(value)).isInstanceOf(Problem.class);
  }

  @Test
  void ofAPartOnlyWhatIsOfTheBodyCounts() throws Exception {
    HttpFields fields = HttpFields.build().add("Repr-Digest", "crc32c=:AAAAAA==:");
    assertThat(BodyDigests.ofPart(fields).isEmpty()).isTrue();
    assertThat(BodyDigests.of(fields).isEmpty()).isFalse();
    assertThat(BodyDigests.ofPart(HttpFields.build().add("Content-MD5", MD5)).isEmpty()).isFalse();
    assertThat(BodyDigests.ofPart(HttpFields.build().add("Upload-Checksum", "x")).isEmpty())
        .isTrue();
  }

  @Test
  void ofAWholeOnlyTheSumThatIsPutTogetherIsTaken() throws Exception {
    assertThat(BodyDigests.ofWhole(HttpFields.EMPTY)).isEmpty();
    assertThat(BodyDigests.ofWhole(HttpFields.build().add("Repr-Digest", CRC32C)))
        .contains(Digest.crc32c(0xe3069283L));
    for (String other : new String[] {SHA_256, CRC32C + ", " + SHA_256, "crc32c=:AA==:", "x"}) {
      HttpFields fields = HttpFields.build().add("Repr-Digest", other);
      assertThatThrownBy(() -> BodyDigests.ofWhole(fields)).isInstanceOf(Problem.class);
    }
  }
}
