package org.privateshare.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.privateshare.model.Entry;

/// Picks the first so many entries behind a name out of any number that come in any order. Memory
/// grows with the page only.
final class Page {
  private static final Comparator<Entry> BY_NAME = Comparator.comparing(Entry::name, Cursor.ORDER);

  private final String after;
  private final int limit;

  /// The last one of the page on top, so that it is at hand when an earlier one comes.
  private final PriorityQueue<Entry> first = new PriorityQueue<>(BY_NAME.reversed());

  private boolean isMore;

  /// A page of at most `limit` entries, at least one, behind the name `after`; the empty text comes
  /// before all names.
  Page(String after, int limit) {
    this.after = after;
    this.limit = limit;
  }

  /// Takes the entry, if it belongs on the page.
  void offer(Entry entry) {
    if (Cursor.ORDER.compare(entry.name(), after) <= 0) {
      return;
    }
    if (first.size() < limit) {
      var _ = first.add(entry);
      return;
    }
    isMore = true;
    if (BY_NAME.compare(entry, first.element()) < 0) {
      var _ = first.remove();
      var _ = first.add(entry);
    }
  }

  /// The entries of the page in their order.
  List<Entry> entries() {
    List<Entry> sorted = new ArrayList<>(first);
    sorted.sort(BY_NAME);
    return sorted;
  }

  /// The name behind which the next page begins, where there is one.
  Optional<String> next() {
    return isMore ? Optional.of(first.element().name()) : Optional.empty();
  }
}
