package org.privateshare.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.privateshare.model.SharePath;

/// Which page of a folder is asked for.
///
/// @param view what is shown, in which order
/// @param after where the page before ended; empty for the first one
/// @param limit how many entries it has at most
record PageRequest(FolderView view, Optional<Place> after, int limit) {
  /// The most entries that a page has.
  static final int MOST_ENTRIES = 10_000;

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";
  private static final String SORT = "sort";
  private static final String ORDER = "order";
  private static final String MATCH = "match";
  private static final List<String> PARAMETERS = List.of(LIMIT, CURSOR, SORT, ORDER, MATCH);

  /// Whether a page is asked for, rather than all.
  static boolean isMeant(Query query) {
    return PARAMETERS.stream().anyMatch(query::has);
  }

  /// The one that is asked for.
  ///
  /// @param usualSort where none is said
  /// @param usualLimit where none is said
  /// @throws Problem 400 where it can't be
  static PageRequest of(Query query, SharePath folder, Sort usualSort, int usualLimit)
      throws Problem {
    FolderView view = new FolderView(sort(query, usualSort), isDescending(query), match(query));
    return new PageRequest(view, after(query, folder, view), limit(query, usualLimit));
  }

  /// The parameters of the URL of the page behind it.
  String next(String cursor) {
    String seen = view.parameters();
    return LIMIT + "=" + limit + (seen.isEmpty() ? "" : "&" + seen) + "&" + CURSOR + "=" + cursor;
  }

  private static Sort sort(Query query, Sort usual) throws Problem {
    Optional<String> word = query.value(SORT);
    if (word.isEmpty()) {
      return query.has(ORDER) ? Sort.NAME : usual;
    }
    return Sort.of(word.get())
        .orElseThrow(() -> Problem.badRequest("sort is name, size or modified"));
  }

  private static boolean isDescending(Query query) throws Problem {
    String word = query.value(ORDER).orElse("ascending");
    return switch (word) {
      case "ascending" -> false;
      case "descending" -> true;
      default -> throw Problem.badRequest("order is ascending or descending");
    };
  }

  private static String match(Query query) throws Problem {
    return query.formValue(MATCH).orElse("");
  }

  private static int limit(Query query, int usual) throws Problem {
    Optional<String> text = query.value(LIMIT);
    if (text.isEmpty()) {
      return usual;
    }
    if (!NUMBER.matcher(text.get()).matches() || Integer.parseInt(text.get()) > MOST_ENTRIES) {
      throw Problem.badRequest("limit is a number from 1 to " + MOST_ENTRIES);
    }
    return Integer.parseInt(text.get());
  }

  private static Optional<Place> after(Query query, SharePath folder, FolderView view)
      throws Problem {
    Optional<String> text = query.value(CURSOR);
    Optional<Cursor> cursor = text.flatMap(known -> Cursor.parse(known, folder, view));
    if (text.isPresent() && cursor.isEmpty()) {
      throw Problem.badRequest("the cursor is none of this folder, sorted and filtered so");
    }
    return cursor.map(Cursor::after);
  }
}
