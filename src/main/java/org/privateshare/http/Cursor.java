package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import org.privateshare.model.SharePath;

/// Where a page of a listing ends and the next one goes on: behind a name, be that still there or
/// not. The server keeps nothing of it.
///
/// Written as base64url without padding (RFC 4648 section 5) of the first 8 bytes of the SHA-256 of
/// the folder's path, a NUL and the name, in UTF-8; then the name. So a cursor of another folder is
/// noticed. It is no secret and opens nothing: it says less than the listing that it comes from.
///
/// @param after the last name of the page before
record Cursor(String after) {
  /// The order of names: that of their code points, which is that of their UTF-8 bytes.
  static final Comparator<String> ORDER = Cursor::compare;

  private static final int CHECK_BYTES = 8;

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return one.length() - other.length();
  }

  /// Surrogates stand for code points above all others, though not for the largest numbers.
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }

  /// Reads a cursor for that folder; empty for everything that [#text] doesn't write.
  static Optional<Cursor> parse(String text, SharePath folder) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length <= CHECK_BYTES) {
        return Optional.empty();
      }
      String name = new String(bytes, CHECK_BYTES, bytes.length - CHECK_BYTES, UTF_8);
      return Optional.of(new Cursor(name)).filter(cursor -> cursor.text(folder).equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The cursor in letters, digits, `-` and `_`.
  String text(SharePath folder) {
    byte[] name = after.getBytes(UTF_8);
    byte[] all = Arrays.copyOf(check(folder), CHECK_BYTES + name.length);
    System.arraycopy(name, 0, all, CHECK_BYTES, name.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private byte[] check(SharePath folder) {
    byte[] hash = sha256().digest((folder + "\0" + after).getBytes(UTF_8));
    return Arrays.copyOf(hash, CHECK_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
