package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.privateshare.model.SharePath;
import org.privateshare.share.Entries;

/// One page of a folder, picked out of all that is in it.
///
/// @param names of the entries on it, in their order
/// @param next the cursor of the page behind it, where there is one
/// @param total how many entries there are on all pages
record FolderPage(List<String> names, Optional<String> next, long total) {
  /// Goes through all entries and keeps a page of them.
  static FolderPage pick(Entries entries, PageRequest asked, SharePath folder) throws IOException {
    FolderView view = asked.view();
    Page page = new Page(view.order(), asked.after(), asked.limit());
    Predicate<String> isShown = view.filter();
    long total = 0;
    for (var place = view.sort().next(entries);
        place.isPresent();
        place = view.sort().next(entries)) {
      if (isShown.test(place.get().name())) {
        page.offer(place.get());
        total++;
      }
    }
    Optional<String> next = page.next().map(last -> new Cursor(last).text(folder, view));
    return new FolderPage(page.names(), next, total);
  }
}
