package org.privateshare.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class Crc32cTest {
  @Test
  void theSumIsTheOneOfTheCatalogue() {
    var sum = new Crc32c();
    sum.update(ByteBuffer.wrap("123456789".getBytes(US_ASCII)));
    assertThat(sum.digest()).hasToString("crc32c:e3069283");
  }

  @Test
  void twoSumsBecomeOneWhereverTheBytesAreCut() {
    byte[] bytes = new byte[257];
    new Random(1).nextBytes(bytes);
    long whole = sum(bytes, 0, bytes.length);
    for (int cut = 0; cut <= bytes.length; cut++) {
      var continued = new Crc32c(sum(bytes, 0, cut));
      continued.update(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
      assertThat(continued.value()).as("cut at " + cut).isEqualTo(whole);
    }
  }

  /// Longer than any table of powers reaches: the polynomial has the factor x + 1, so its powers
  /// don't repeat as those of zlib's do.
  @Test
  void aRunOfZerosMayBeOfAnyLength() {
    long gib = 1L << 30;
    long first = 0x1234_5678L;
    long zeros = 0;
    long length = 0;
    byte[] block = new byte[1 << 20];
    long blockSum = sum(block, 0, block.length);
    for (int i = 0; i < 1024; i++) {
      zeros = Crc32c.combine(zeros, blockSum, block.length);
      length += block.length;
    }
    assertThat(length).isEqualTo(gib);
    long atOnce = Crc32c.combine(first, zeros, gib);
    long stepwise = first;
    for (int i = 0; i < 1024; i++) {
      stepwise = Crc32c.combine(stepwise, blockSum, block.length);
    }
    assertThat(atOnce).isEqualTo(stepwise);
    assertThat(Crc32c.combine(Crc32c.combine(1, 2, 1L << 40), 3, 1L << 41))
        .isEqualTo(Crc32c.combine(1, Crc32c.combine(2, 3, 1L << 41), 3L << 40));
  }

  private static long sum(byte[] bytes, int from, int count) {
    var sum = new CRC32C();
    sum.update(bytes, from, count);
    return sum.getValue();
  }
}
