package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.Entries;
import org.privateshare.share.Share;

/// One page of a folder, picked out of all that is in it.
///
/// @param names of the entries on it, in their order
/// @param next the cursor of the page behind it, where there is one
/// @param total how many entries there are on all pages
record FolderPage(List<String> names, Optional<String> next, long total) {
  /// Goes through all entries of a folder and keeps a page of them.
  ///
  /// @throws Refusal.Missing where no folder is there
  static FolderPage pick(Share share, PageRequest asked, SharePath folder)
      throws Refusal, IOException {
    try (Entries entries = share.list(folder)) {
      return pick(entries, asked, folder);
    }
  }

  private static FolderPage pick(Entries entries, PageRequest asked, SharePath folder)
      throws IOException {
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

  /// The entries on it that are still there.
  Rows rows(Share share, SharePath folder) {
    return Rows.of(names.iterator(), share, folder);
  }
}
