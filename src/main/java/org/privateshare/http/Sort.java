package org.privateshare.http;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;
import org.privateshare.share.Entries;

/// What the entries of a folder are sorted by.
enum Sort {
  /// The code points of their names, folders among files: for who just wants all, page by page.
  CODE_POINTS(""),
  /// Their names, as people sort. Here and below, folders come first.
  NAME("name"),
  /// Their sizes; folders, which have none, by name.
  SIZE("size"),
  /// The time of their last change.
  MODIFIED("modified");

  private static final Comparator<Place> BY_NAME =
      Comparator.comparing(Place::name, NameOrder.PEOPLE);

  private final String word;

  Sort(String word) {
    this.word = word;
  }

  /// What it is called in a URL; empty for the one that isn't asked for.
  String word() {
    return word;
  }

  /// The one of that name.
  static Optional<Sort> of(String word) {
    return Arrays.stream(values())
        .filter(sort -> sort != CODE_POINTS && sort.word.equals(word))
        .findFirst();
  }

  /// The order of entries, lowest first.
  Comparator<Place> order() {
    return switch (this) {
      case CODE_POINTS -> Comparator.comparing(Place::name, NameOrder.CODE_POINTS);
      case NAME -> BY_NAME;
      case SIZE, MODIFIED ->
          Comparator.comparingLong(Place::value)
              .thenComparingInt(Place::fraction)
              .thenComparing(BY_NAME);
    };
  }

  /// The place of the next entry, at which it looks only where its name doesn't do.
  Optional<Place> next(Entries entries) throws IOException {
    return switch (this) {
      case CODE_POINTS -> entries.nextName().map(EntryName::name).map(Place::of);
      case NAME -> entries.nextName().map(one -> new Place(one.isFolder(), 0, 0, one.name()));
      case SIZE -> entries.next().map(Sort::bySize);
      case MODIFIED -> entries.next().map(Sort::byTime);
    };
  }

  private static Place bySize(Entry entry) {
    return switch (entry) {
      case Entry.File file -> new Place(false, file.size(), 0, file.name());
      case Entry.Folder folder -> new Place(true, 0, 0, folder.name());
    };
  }

  private static Place byTime(Entry entry) {
    Instant time = entry.modified();
    return new Place(
        entry instanceof Entry.Folder, time.getEpochSecond(), time.getNano(), entry.name());
  }
}
