package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestTest {
  @Test
  void theCheckValueOfTheCrcCatalogueHolds() {
    CRC32C crc = new CRC32C();
    crc.update("123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(Digest.crc32c(crc.getValue())).hasToString("crc32c:e3069283");
  }

  @Test
  void anEmptyFileHasAValueToo() {
    assertThat(Digest.crc32c(0)).hasToString("crc32c:00000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "e306928",
        "e30692831",
        "E3069283",
        "g3069283",
        "e306928`",
        "e30692/3",
        ":3069283"
      })
  void aValueOfTheWrongShapeIsABug(String hex) {
    assertThat(Digest.Algorithm.CRC32C.fits(hex)).isFalse();
    assertThatThrownBy(() -> new Digest(Digest.Algorithm.CRC32C, hex))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachAlgorithmHasItsLength() {
    assertThatThrownBy(() -> new Digest(Digest.Algorithm.SHA_256, "e3069283"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
