package org.privateshare.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.privateshare.model.SharePath;

/// Where things are on a server that speaks HTTP (`docs/http.md`), percent-encoded: everything but
/// the unreserved characters of RFC 3986 section 2.3 and the slashes between segments.
public final class Url {
  private static final String OURS = "/.privateshare/";
  private static final String HEX = "0123456789ABCDEF";

  private Url() {}

  static String file(SharePath file) {
    return "/" + encode(file.toString());
  }

  /// Whether a path of a URL means that file: which characters of it are percent-encoded that need
  /// not be, each side decides for itself (RFC 3986 section 6.2.2).
  static boolean means(String url, SharePath file) {
    var path = new ByteArrayOutputStream(url.length());
    for (int at = 0; at < url.length(); at++) {
      char c = url.charAt(at);
      if (c != '%') {
        path.write(c < 0x80 ? c : '?');
      } else if (at + 2 < url.length()
          && HexFormat.isHexDigit(url.charAt(at + 1))
          && HexFormat.isHexDigit(url.charAt(at + 2))) {
        path.write(HexFormat.fromHexDigits(url, at + 1, at + 3));
        at += 2;
      } else {
        return false;
      }
    }
    return Arrays.equals(path.toByteArray(), ("/" + file).getBytes(StandardCharsets.UTF_8));
  }

  static String folder(SharePath folder) {
    return folder.isRoot() ? "/" : file(folder) + "/";
  }

  static String history(SharePath path) {
    return OURS + "history/" + encode(path.toString());
  }

  static String restore(SharePath path, String id, SharePath to) {
    return history(path) + "?restore=" + encode(id) + "&to=" + encode(to.toString());
  }

  static String uploads() {
    return OURS + "uploads";
  }

  static String upload(String id) {
    return uploads() + "/" + encode(id).replace("/", "%2F");
  }

  static String keys() {
    return OURS + "keys";
  }

  static String key(String id) {
    return keys() + "/" + encode(id).replace("/", "%2F");
  }

  /// A path as it stands in a URL, its slashes kept.
  public static String encode(String text) {
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (isUnreserved(c) || c == '/') {
        encoded.append((char) c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
