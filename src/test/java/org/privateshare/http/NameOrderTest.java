package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NameOrderTest {
  private static void assertOrder(Comparator<String> order, String first, String second) {
    assertThat(order.compare(first, second)).isNegative();
    assertThat(order.compare(second, first)).isPositive();
    assertThat(order.compare(first, first)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"a, b", "B, a", "a, aa", "z, é", "\uffee, 😀", "a-b, a.b", "'', a", "a10, a9"})
  void namesAreOrderedByTheirCodePoints(String first, String second) {
    assertOrder(NameOrder.CODE_POINTS, first, second);
  }

  @ParameterizedTest
  @CsvSource({
    // Case doesn't count, but where nothing else does.
    "a, B",
    "A, b",
    "B, c",
    "A, a",
    "a, AA",
    "Straße, straßf",
    "É, éa",
    "é, Éa",
    "Ω, ωx",
    // Numbers by their value, however many zeros they begin with.
    "a9, a10",
    "a09, a10",
    "a9, a010",
    "a1b, a2",
    "a1, a1b",
    "2.txt, 10.txt",
    "1.9, 1.10",
    "007, 8",
    "v1.2.10, v1.10.2",
    "a99999999999999999998, a99999999999999999999",
    "a99999999999999999999, a100000000000000000000",
    "a01, a1",
    "a001b, a01b",
    "a01, a1b",
    "a0, a1",
    "a00, a0x",
    // Numbers among characters stand where a digit does.
    "a-, a1",
    "a1, aa",
    "9, a",
    "a/, a0",
    "a9, 'a:'",
    // Digits of other scripts are characters.
    "a10, a٣",
    "a٣١, a٤",
    // Beyond the first plane.
    "\uffee, 😀",
    "😀, 😀1",
    "𐐨, 𐐩",
    "𐐀, 𐐩",
    "'', a"
  })
  void namesAreOrderedAsPeopleDo(String first, String second) {
    assertOrder(NameOrder.PEOPLE, first, second);
  }

  private static final List<String> PIECES =
      List.of(
          "a", "A", "b", "0", "1", "9", "00", "10", "é", "É", "😀", "\uffee", "-", ".", " ", "ß");

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      name.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return name.toString();
  }

  /// Of any three names the order is the same whichever two are compared, and only equal ones are
  /// equal.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bothOrdersAreTotal(long seed) {
    Random random = new Random(seed);
    List<String> names = IntStream.range(0, 60).mapToObj(_ -> name(random)).toList();
    for (Comparator<String> order : List.of(NameOrder.PEOPLE, NameOrder.CODE_POINTS)) {
      for (String a : names) {
        for (String b : names) {
          int ab = Integer.signum(order.compare(a, b));
          assertThat(ab == 0).as("%s, %s", a, b).isEqualTo(a.equals(b));
          assertThat(Integer.signum(order.compare(b, a))).as("%s, %s", a, b).isEqualTo(-ab);
          for (String c : names) {
            if (ab < 0 && order.compare(b, c) < 0 && order.compare(a, c) >= 0) {
              throw new AssertionError(a + " < " + b + " < " + c + ", seed " + seed);
            }
          }
        }
      }
    }
  }

  @Test
  void itSortsAsPeopleExpect() {
    List<String> names =
        List.of("1 one", "2 two", "10 ten", "a", "a2", "A10", "B", "b 1", "img9.jpg", "IMG10.jpg");
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(6));
    shuffled.sort(NameOrder.PEOPLE);
    assertThat(shuffled).isEqualTo(names);
  }
}
