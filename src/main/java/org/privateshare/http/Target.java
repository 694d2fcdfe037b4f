package org.privateshare.http;

import org.privateshare.model.SharePath;

/// What a URL's path names.
///
/// @param area the kind of thing
/// @param path a path in the share for a file, a folder and the history; the rest of the URL's path
///   otherwise, such as a key's id
/// @param endsWithSlash whether a slash is at the end, as it is of every folder
record Target(Area area, SharePath path, boolean endsWithSlash) {
  /// The URL's path for it, percent-encoded: what `Location` says.
  static String url(SharePath path) {
    return PathWriter.encode("/" + path);
  }
}
