package org.privateshare.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;

final class SumOfSumsTest {
  private static Digest sum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Digest.crc32c(crc.getValue());
  }

  @Test
  void theCheckValueOfTheStandardComesOutOfItsTwoHalves() {
    Digest both = SumOfSums.of(sum("1234".getBytes(UTF_8)), sum("56789".getBytes(UTF_8)), 5);
    assertThat(both.hex()).isEqualTo("e3069283");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 4095, 65536, 1_000_003})
  void whereverBytesAreCutTheSumOfTheWholeComesOut(int at) {
    byte[] bytes = new byte[1_000_003];
    new Random(at).nextBytes(bytes);
    Digest first = sum(Arrays.copyOf(bytes, at));
    Digest second = sum(Arrays.copyOfRange(bytes, at, bytes.length));
    assertThat(SumOfSums.of(first, second, bytes.length - at)).isEqualTo(sum(bytes));
  }

  /// 2 to the 40 zero bytes and nothing in front of them, by doubling: no length overflows.
  @Test
  void lengthsBeyondFourGigabytesCombine() {
    Digest zeros = sum(new byte[1]);
    for (int n = 0; n < 40; n++) {
      zeros = SumOfSums.of(zeros, zeros, 1L << n);
    }
    Digest one = sum(new byte[] {1});
    Digest piecewise = one;
    Digest quarter = sum(new byte[1]);
    for (int n = 0; n < 38; n++) {
      quarter = SumOfSums.of(quarter, quarter, 1L << n);
    }
    for (int n = 0; n < 4; n++) {
      piecewise = SumOfSums.of(piecewise, quarter, 1L << 38);
    }
    assertThat(SumOfSums.of(one, zeros, 1L << 40)).isEqualTo(piecewise);
  }
}
