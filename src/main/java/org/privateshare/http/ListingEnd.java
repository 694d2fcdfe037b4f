package org.privateshare.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.share.UploadState;

/// What comes behind the rows of a listing.
///
/// @param uploads what is on its way into the folder
/// @param total how many rows there are on all pages; empty where there are no pages
/// @param next the cursor of the next page, where there is one
record ListingEnd(List<UploadState> uploads, OptionalLong total, Optional<String> next) {
  static final ListingEnd NOTHING = of(List.of());

  /// That of a listing without pages.
  static ListingEnd of(List<UploadState> uploads) {
    return new ListingEnd(uploads, OptionalLong.empty(), Optional.empty());
  }

  /// That of a page; only the last one has uploads.
  static ListingEnd of(FolderPage page, List<UploadState> uploads) {
    return new ListingEnd(
        page.next().isEmpty() ? uploads : List.of(), OptionalLong.of(page.total()), page.next());
  }
}
