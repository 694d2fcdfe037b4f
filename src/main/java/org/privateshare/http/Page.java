package org.privateshare.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Picks the first so many names behind another out of any number that come in any order. Memory
/// grows with the page only.
final class Page {
  private final String after;
  private final int limit;

  /// The last one of the page on top, so that it is at hand when an earlier one comes.
  private final PriorityQueue<String> first = new PriorityQueue<>(Cursor.ORDER.reversed());

  private boolean isMore;

  /// A page of at most `limit` names, at least one, behind the name `after`; the empty text comes
  /// before all names.
  Page(String after, int limit) {
    this.after = after;
    this.limit = limit;
  }

  /// Takes the name, if it belongs on the page.
  void offer(String name) {
    if (Cursor.ORDER.compare(name, after) <= 0) {
      return;
    }
    if (first.size() < limit) {
      var _ = first.add(name);
      return;
    }
    isMore = true;
    if (Cursor.ORDER.compare(name, first.element()) < 0) {
      var _ = first.remove();
      var _ = first.add(name);
    }
  }

  /// The names of the page in their order.
  List<String> names() {
    List<String> sorted = new ArrayList<>(first);
    sorted.sort(Cursor.ORDER);
    return sorted;
  }

  /// The name behind which the next page begins, where there is one.
  Optional<String> next() {
    return isMore ? Optional.of(first.element()) : Optional.empty();
  }
}
