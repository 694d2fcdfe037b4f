package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SortedRowsTest {
  private static ListRow file(String name, long size, String modified) {
    return new ListRow(name, false, OptionalLong.of(size), Optional.of(Instant.parse(modified)));
  }

  private static ListRow folder(String name) {
    return new ListRow(name, true, OptionalLong.empty(), Optional.empty());
  }

  private static List<ListRow> sorted(ListOrder order, boolean isReversed, List<ListRow> rows) {
    var sorted = new SortedRows(order, isReversed);
    rows.forEach(row -> assertThat(sorted.add(row)).isTrue());
    List<ListRow> found = new ArrayList<>();
    sorted.forEach(found::add);
    return found;
  }

  private static List<String> names(ListOrder order, List<ListRow> rows) {
    return sorted(order, false, rows).stream().map(ListRow::name).toList();
  }

  private static final List<ListRow> FEW =
      List.of(
          file("b", 5, "2026-11-22T10:00:00.000000001Z"),
          folder("é"),
          file("a-b", Long.MAX_VALUE, "1969-11-22T10:00:00Z"),
          folder("a"),
          file("a/z", 0, "2026-11-22T10:00:00.000000002Z"),
          file("B", 5, "9999-12-31T23:59:59.999999999Z"));

  @Test
  void byNameAFolderComesRightBeforeWhatIsInIt() {
    assertThat(names(ListOrder.NAME, FEW)).containsExactly("B", "a", "a/z", "a-b", "b", "é");
  }

  @Test
  void bySizeTheLargestComesFirstAndWhatHasNoneLast() {
    assertThat(names(ListOrder.SIZE, FEW)).containsExactly("a-b", "B", "b", "a/z", "a", "é");
  }

  @Test
  void byTimeTheNewestComesFirstAndWhatHasNoneLast() {
    assertThat(names(ListOrder.TIME, FEW)).containsExactly("B", "a/z", "b", "a-b", "a", "é");
  }

  @ParameterizedTest
  @EnumSource
  void allOfARowIsKeptEitherWay(ListOrder order) {
    List<ListRow> found = sorted(order, false, FEW);
    assertThat(found).containsExactlyInAnyOrderElementsOf(FEW);
    assertThat(sorted(order, true, FEW)).isEqualTo(found.reversed());
    assertThat(sorted(order, false, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 1_023, 1_024, 50_000})
  void anyNumberIsSorted(int count) {
    List<ListRow> rows =
        new ArrayList<>(
            IntStream.range(0, count)
                .mapToObj(i -> file("a rather long name, " + i, i % 97, "2026-11-22T10:00:00Z"))
                .toList());
    Collections.shuffle(rows, new Random(count));
    List<ListRow> expected = new ArrayList<>(rows);
    expected.sort(
        Comparator.comparingLong((ListRow row) -> -row.size().orElseThrow())
            .thenComparing(ListRow::name));
    assertThat(sorted(ListOrder.SIZE, false, rows)).isEqualTo(expected);
  }

  @Test
  void thereIsABound() {
    var sorted = new SortedRows(ListOrder.NAME, false);
    ListRow long4k = folder("x".repeat(4_000));
    int taken = 0;
    while (sorted.add(long4k)) {
      taken++;
    }
    assertThat((long) taken * 4_023).isBetween(60L << 20, (long) SortedRows.MOST_BYTES);
    assertThat(sorted.add(long4k)).isFalse();
  }
}
