package org.privateshare.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Picks the first so many places behind another out of any number that come in any order. Memory
/// grows with the page only.
final class Page {
  private final Comparator<Place> order;
  private final Optional<Place> after;
  private final int limit;

  /// The last one of the page on top, so that it is at hand when an earlier one comes.
  private final PriorityQueue<Place> first;

  private boolean isMore;

  /// A page of at most `limit` places, at least one, behind `after` or, where there is none, from
  /// the first one on.
  Page(Comparator<Place> order, Optional<Place> after, int limit) {
    this.order = order;
    this.after = after;
    this.limit = limit;
    this.first = new PriorityQueue<>(order.reversed());
  }

  /// Takes the place, if it belongs on the page.
  void offer(Place place) {
    if (after.isPresent() && order.compare(place, after.get()) <= 0) {
      return;
    }
    if (first.size() < limit) {
      var _ = first.add(place);
      return;
    }
    isMore = true;
    if (order.compare(place, first.element()) < 0) {
      var _ = first.remove();
      var _ = first.add(place);
    }
  }

  /// The names on the page in their order.
  List<String> names() {
    List<Place> sorted = new ArrayList<>(first);
    sorted.sort(order);
    return sorted.stream().map(Place::name).toList();
  }

  /// The place behind which the next page begins, where there is one.
  Optional<Place> next() {
    return isMore ? Optional.of(first.element()) : Optional.empty();
  }
}
