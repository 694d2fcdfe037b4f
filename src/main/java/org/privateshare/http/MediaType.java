package org.privateshare.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// As what a browser gets a file, by its name's ending alone. The one place where it is decided
/// which files a browser may show.
///
/// @param contentType the value of `Content-Type`
/// @param isShown whether a browser may show it, rather than save it
record MediaType(String contentType, boolean isShown) {
  private static final MediaType TEXT = new MediaType("text/plain;charset=utf-8", true);

  /// HTML, SVG and XML are among these: they could run scripts.
  private static final MediaType OTHER = new MediaType("application/octet-stream", false);

  private static final Map<String, MediaType> BY_ENDING = new HashMap<>();

  static {
    shown("image/png", "png");
    shown("image/jpeg", "jpg", "jpeg");
    shown("image/gif", "gif");
    shown("image/webp", "webp");
    shown("image/avif", "avif");
    shown("audio/mpeg", "mp3");
    shown("audio/mp4", "m4a");
    shown("audio/aac", "aac");
    shown("audio/flac", "flac");
    shown("audio/ogg", "oga", "ogg", "opus");
    shown("audio/wav", "wav");
    shown("audio/webm", "weba");
    shown("video/mp4", "m4v", "mp4");
    shown("video/ogg", "ogv");
    shown("video/quicktime", "mov");
    shown("video/webm", "webm");
    shown("application/pdf", "pdf");
    for (String ending :
        new String[] {
          "conf",
          "csv",
          "diff",
          "ini",
          "json",
          "log",
          "markdown",
          "md",
          "patch",
          "properties",
          "text",
          "toml",
          "tsv",
          "txt",
          "yaml",
          "yml"
        }) {
      var _ = BY_ENDING.put(ending, TEXT);
    }
  }

  private static void shown(String contentType, String... endings) {
    for (String ending : endings) {
      var _ = BY_ENDING.put(ending, new MediaType(contentType, true));
    }
  }

  /// The type of a file of that name.
  static MediaType of(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.contains(".") ? BY_ENDING.getOrDefault(ending, OTHER) : OTHER;
  }
}
