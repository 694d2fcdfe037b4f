package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTest {
  private static Page page(String after, int limit, List<String> names) {
    Page page = new Page(FolderView.ALL.order(), Optional.of(Place.of(after)), limit);
    names.stream().map(Place::of).forEach(page::offer);
    return page;
  }

  @Test
  void itHasTheFirstNamesInTheirOrder() {
    Page page = page("", 3, List.of("d", "b", "é", "a", "c"));
    assertThat(page.names()).containsExactly("a", "b", "c");
    assertThat(page.next()).contains(Place.of("c"));
  }

  @Test
  void theLastPageHasNoMore() {
    Page page = page("b", 3, List.of("d", "b", "é", "a", "c"));
    assertThat(page.names()).containsExactly("c", "d", "é");
    assertThat(page.next()).isEmpty();
    assertThat(page("b", 3, List.of()).next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 999, 1_000, 1_001})
  void pagesShowEveryNameOnce(int limit) {
    Random random = new Random(limit);
    List<String> all =
        new ArrayList<>(IntStream.range(0, 1_000).mapToObj(i -> "n" + i * 7919 % 10_007).toList());
    List<String> seen = new ArrayList<>();
    Page page;
    String after = "";
    do {
      Collections.shuffle(all, random);
      page = page(after, limit, all);
      assertThat(page.names()).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(page.names());
      after = seen.getLast();
    } while (page.next().isPresent());
    all.sort(NameOrder.CODE_POINTS);
    assertThat(seen).isEqualTo(all);
  }
}
