package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.privateshare.model.SharePath;

/// Where a page of a listing ends and the next one goes on: behind an entry, be that still there or
/// not. The server keeps nothing of it.
///
/// Written as base64url without padding (RFC 4648 section 5) of a check and a key, in UTF-8. The
/// key is the name of the entry, or, on sorted pages, `KIND VALUE FRACTION NAME`: `d` for a folder
/// and `f` for a file, then what it is sorted by: the size and 0, the second and nanosecond of its
/// change, or 0 and 0. The check is the first 8 bytes of the SHA-256 of the folder's path, a NUL
/// and the key, behind which, on pages that are sorted or filtered, come a NUL, `sort`, a NUL,
/// `order`, a NUL and `match`. So a cursor of another folder or view is noticed. It is no secret
/// and opens nothing: it says less than the listing that it comes from.
///
/// @param after the last entry of the page before
record Cursor(Place after) {
  private static final int CHECK_BYTES = 8;

  /// Reads a cursor for that folder and view; empty for everything that [#text] doesn't write.
  static Optional<Cursor> parse(String text, SharePath folder, FolderView view) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length <= CHECK_BYTES) {
        return Optional.empty();
      }
      String key = new String(bytes, CHECK_BYTES, bytes.length - CHECK_BYTES, UTF_8);
      return place(key, view)
          .map(Cursor::new)
          .filter(cursor -> cursor.text(folder, view).equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Place> place(String key, FolderView view) {
    if (view.sort() == Sort.CODE_POINTS) {
      return Optional.of(Place.of(key));
    }
    String[] parts = key.split(" ", 4);
    return parts.length < 4
        ? Optional.empty()
        : Optional.of(
            new Place(
                parts[0].equals("d"),
                Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]),
                parts[3]));
  }

  private String key(FolderView view) {
    return view.sort() == Sort.CODE_POINTS
        ? after.name()
        : String.join(
            " ",
            after.isFolder() ? "d" : "f",
            Long.toString(after.value()),
            Integer.toString(after.fraction()),
            after.name());
  }

  /// The cursor in letters, digits, `-` and `_`.
  String text(SharePath folder, FolderView view) {
    byte[] key = key(view).getBytes(UTF_8);
    byte[] all = Arrays.copyOf(check(folder, view), CHECK_BYTES + key.length);
    System.arraycopy(key, 0, all, CHECK_BYTES, key.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private byte[] check(SharePath folder, FolderView view) {
    String plain = folder + "\0" + key(view);
    String all =
        view.equals(FolderView.ALL)
            ? plain
            : String.join("\0", plain, view.sort().word(), view.direction(), view.match());
    return Arrays.copyOf(sha256().digest(all.getBytes(UTF_8)), CHECK_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
