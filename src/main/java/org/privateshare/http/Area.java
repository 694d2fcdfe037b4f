package org.privateshare.http;

import java.util.Locale;
import java.util.Optional;

/// The kinds of things that a URL can name. What a method does is looked up by it.
enum Area {
  /// `/a/b`: a file, or something else of that name.
  FILE,
  /// `/a/b/` or `/`: a folder.
  FOLDER,
  /// `/.privateshare/health`
  HEALTH,
  /// `/.privateshare/metrics`
  METRICS,
  /// `/.privateshare/history/PATH`
  HISTORY,
  /// `/.privateshare/keys` and `/.privateshare/keys/ID`
  KEYS,
  /// `/.privateshare/uploads`
  UPLOADS,
  /// `/.privateshare/uploads/ID`
  UPLOAD,
  /// `/.privateshare/session`
  SESSION,
  /// `/.privateshare/page/VERSION/NAME`
  PAGE,
  /// `*`: the server itself.
  SERVER;

  /// Whether tus is spoken there.
  boolean isOfUploads() {
    return this == UPLOADS || this == UPLOAD;
  }

  /// The area below `/.privateshare/` of that exact word.
  static Optional<Area> below(String word) {
    for (Area area : new Area[] {HEALTH, METRICS, HISTORY, KEYS, UPLOADS, SESSION, PAGE}) {
      if (area.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(area);
      }
    }
    return Optional.empty();
  }
}
