package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

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

  @Test
  void aValueOfTheWrongShapeIsABug() {
    assertThatThrownBy(() -> new Digest(Digest.Algorithm.CRC32C, "E3069283"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Digest(Digest.Algorithm.SHA_256, "e3069283"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
