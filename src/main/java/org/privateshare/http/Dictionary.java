package org.privateshare.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A dictionary of structured fields (RFC 9651 section 3.2), as far as digests need it: the values
/// are byte sequences and integers. Parameters are read and dropped.
final class Dictionary {
  /// A value.
  sealed interface Item {
    /// `:BASE64:`.
    ///
    /// @param hex the bytes in lower-case hexadecimal
    record Bytes(String hex) implements Item {}

    /// A whole number of at most 15 digits.
    record Whole(long value) implements Item {}

    /// A token, a string, a decimal, or nothing, which means "true".
    enum Other implements Item {
      OTHER
    }
  }

  private static final int MOST_DIGITS = 15;

  private final String text;
  private int at;

  private Dictionary(String text) {
    this.text = text;
  }

  /// The members of a field in their order; of two of one name the last counts. Empty where the
  /// field isn't to the letter of the grammar, or holds an inner list.
  static Optional<Map<String, Item>> parse(String field) {
    Dictionary reader = new Dictionary(field);
    try {
      return Optional.of(reader.members());
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  /// Leaves the descent; never leaves the class.
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private Map<String, Item> members() throws Malformed {
    Map<String, Item> members = new LinkedHashMap<>();
    skip(" ");
    while (at < text.length()) {
      String key = key();
      Item value = taken('=') ? item() : Item.Other.OTHER;
      parameters();
      var _ = members.remove(key);
      var _ = members.put(key, value);
      skip(" \t");
      if (at < text.length()) {
        require(taken(','));
        skip(" \t");
        require(at < text.length());
      }
    }
    return members;
  }

  private void parameters() throws Malformed {
    while (taken(';')) {
      skip(" ");
      var _ = key();
      if (taken('=')) {
        var _ = item();
      }
    }
  }

  private String key() throws Malformed {
    int start = at;
    require(isOneOf("*") || isLower());
    while (isOneOf("_-.*") || isLower() || isDigit()) {
      at++;
    }
    return text.substring(start, at);
  }

  private Item item() throws Malformed {
    if (taken(':')) {
      return new Item.Bytes(bytes());
    }
    if (taken('"')) {
      string();
      return Item.Other.OTHER;
    }
    if (isDigit() || isOneOf("-")) {
      return number();
    }
    if (taken('?')) {
      require(isOneOf("01"));
      at++;
      return Item.Other.OTHER;
    }
    token();
    return Item.Other.OTHER;
  }

  private String bytes() throws Malformed {
    int end = text.indexOf(':', at);
    require(end >= 0);
    String encoded = text.substring(at, end);
    at = end + 1;
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded.getBytes(US_ASCII));
      // One spelling: padded, and with no bit set that belongs to no byte.
      require(Base64.getEncoder().encodeToString(bytes).equals(encoded));
      return HexFormat.of().formatHex(bytes);
    } catch (IllegalArgumentException e) {
      throw new Malformed();
    }
  }

  private void string() throws Malformed {
    while (!taken('"')) {
      if (taken('\\')) {
        require(isOneOf("\"\\"));
      }
      require(at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) <= '~');
      at++;
    }
  }

  private Item number() throws Malformed {
    boolean isNegative = taken('-');
    int start = at;
    skipDigits();
    int digits = at - start;
    require(digits > 0 && digits <= MOST_DIGITS);
    long value = Long.parseLong(text, start, at, 10);
    if (!taken('.')) {
      return new Item.Whole(isNegative ? -value : value);
    }
    int fraction = at;
    skipDigits();
    require(digits <= MOST_DIGITS - 3 && at > fraction && at - fraction <= 3);
    return Item.Other.OTHER;
  }

  private void token() throws Malformed {
    require(isOneOf("*") || isLower() || isUpper());
    while (isOneOf(":/!#$%&'*+-.^_`|~") || isLower() || isUpper() || isDigit()) {
      at++;
    }
  }

  private static void require(boolean condition) throws Malformed {
    if (!condition) {
      throw new Malformed();
    }
  }

  private boolean taken(char c) {
    boolean isThere = at < text.length() && text.charAt(at) == c;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private void skip(String spaces) {
    while (isOneOf(spaces)) {
      at++;
    }
  }

  private void skipDigits() {
    while (isDigit()) {
      at++;
    }
  }

  private boolean isOneOf(String set) {
    return at < text.length() && set.indexOf(text.charAt(at)) >= 0;
  }

  private boolean isLower() {
    return isBetween('a', 'z');
  }

  private boolean isUpper() {
    return isBetween('A', 'Z');
  }

  private boolean isDigit() {
    return isBetween('0', '9');
  }

  private boolean isBetween(char first, char last) {
    return at < text.length() && text.charAt(at) >= first && text.charAt(at) <= last;
  }
}
