package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;

final class DigestFieldsTest {
  private static String read(String... lines) {
    return DigestFields.parse(List.of(lines))
        .map(
            values ->
                values.entrySet().stream()
                    .map(value -> value.getKey() + " " + value.getValue())
                    .collect(Collectors.joining("; ")))
        .orElse("bad");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                    | ``
          crc32c=:4waSgw==:                     | crc32c e3069283
          a=:AA==:, b=:AQ==:                    | a 00; b 01
          a=:AA==:,b=:AQ==:                     | a 00; b 01
          a=:AA==: , b=:AQ==:                   | a 00; b 01
          a=:AA==:, b=:AQ==:, a=:Ag==:          | b 01; a 02
          a=:AA==:;p;q=1;r="x,y";s=:AA==:;t=tok | a 00
          a=:AA==:; p                           | a 00
          a=::                                  | a ``
          *a-b_c.9=:AA==:                       | *a-b_c.9 00
          A=:AA==:                              | bad
          a = :AA==:                            | bad
          a=AA==                                | bad
          a=:AA==                               | bad
          a=:AA:                                | bad
          a=:AB==:                              | bad
          a=:A A=:                              | bad
          a=:-_==:                              | bad
          a=:AA==:,                             | bad
          ,a=:AA==:                             | bad
          a=:AA==:,,b=:AA==:                    | bad
          a=:AA==: b=:AA==:                     | bad
          a=:AA==:;                             | bad
          a=:AA==:;P                            | bad
          a=:AA==:;p="x                         | bad
          a                                     | bad
          a=?1                                  | bad
          a=1                                   | bad
          a=1.5                                 | bad
          a="x"                                 | bad
          a=tok                                 | bad
          a=(:AA==:)                            | bad
          a=@1                                  | bad
          """)
  void aFieldIsADictionaryOfByteSequences(String field, String expected) {
    assertThat(read(field)).isEqualTo(expected.replace("``", ""));
  }

  @Test
  void severalLinesAreOneDictionary() {
    assertThat(read("a=:AA==:", "b=:AQ==:")).isEqualTo("a 00; b 01");
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sha-256=1            | true
          sha-256=10           | true
          sha-512=3, sha-256=9 | true
          sha-256=5;x          | true
          sha-256=0            | false
          sha-256=11           | false
          sha-256=-1           | false
          sha-256=1.0          | false
          sha-256              | false
          sha-256=:AA==:       | false
          sha-512=3            | false
          SHA-256=3            | false
          sha-256=             | false
          sha-256=1,           | false
          sha-256=1234567890123456 | false
          ``                   | false
          """)
  void aWishIsAWeightOfOneToTen(String field, boolean expected) {
    assertThat(DigestFields.isWanted(Digest.Algorithm.SHA_256, List.of(field.replace("``", ""))))
        .isEqualTo(expected);
  }

  @Test
  void digestsAreWrittenMostSignificantByteFirst() {
    assertThat(DigestFields.print(List.of(Digest.crc32c(0xe3069283L))))
        .isEqualTo("crc32c=:4waSgw==:");
    assertThat(
            DigestFields.print(
                List.of(Digest.crc32c(0), new Digest(Digest.Algorithm.SHA_256, "00".repeat(32)))))
        .isEqualTo("crc32c=:AAAAAA==:, sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a=-", "a=.5", "a=1.", "a=1.2345", "a=?2", "a=?", "a=\"\u00e9\"", "a=\"\\n\""})
  void noValueIsHalfThere(String field) {
    assertThat(Dictionary.parse(field)).isEmpty();
  }
}
