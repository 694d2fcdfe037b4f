package org.privateshare.http;

import java.util.Comparator;
import java.util.function.Predicate;

/// What of a folder is shown, and in which order.
///
/// @param sort by what
/// @param isDescending whether the order is turned round; folders stay first all the same
/// @param match a text that is in the names, in any case; all names have the empty one
record FolderView(Sort sort, boolean isDescending, String match) {
  /// All that is there, by code points.
  static final FolderView ALL = new FolderView(Sort.CODE_POINTS, false, "");

  /// Whether a name is shown.
  Predicate<String> filter() {
    if (match.isEmpty()) {
      return _ -> true;
    }
    String folded = Caseless.fold(match);
    return name -> Caseless.fold(name).contains(folded);
  }

  /// The order of the entries.
  Comparator<Place> order() {
    Comparator<Place> order = isDescending ? sort.order().reversed() : sort.order();
    return Comparator.comparing(Place::isFolder).reversed().thenComparing(order);
  }

  /// The same view by something else, or the other way round.
  FolderView by(Sort other, boolean descending) {
    return new FolderView(other, descending, match);
  }

  /// How the order is called in a URL.
  String direction() {
    return isDescending ? "descending" : "ascending";
  }

  /// The parameters of a URL that ask for it: `sort=name&order=ascending&match=TEXT`.
  String parameters() {
    String sorted =
        sort == Sort.CODE_POINTS ? "" : "&sort=" + sort.word() + "&order=" + direction();
    String matched = match.isEmpty() ? "" : "&match=" + PathWriter.encodeParameter(match);
    return (sorted + matched).replaceFirst("^&", "");
  }
}
