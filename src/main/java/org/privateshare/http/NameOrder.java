package org.privateshare.http;

import java.util.Comparator;

/// The two orders of names. Both are total: no two names are equal.
final class NameOrder {
  /// By code points, which is the order of their UTF-8 bytes.
  static final Comparator<String> CODE_POINTS = NameOrder::byCodePoints;

  /// As people sort, the same in every language: without regard to case, and `a9` before `a10`, for
  /// a run of ASCII digits counts as the number that it is. Names that are equal so are ordered by
  /// code points.
  static final Comparator<String> PEOPLE = NameOrder::asPeopleDo;

  private NameOrder() {}

  private static int byCodePoints(String one, String other) {
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

  /// Names are compared as rows of numbers and characters. A number stands where its first digit
  /// would, so that it is before, or behind, the same characters whatever its value is.
  private static int asPeopleDo(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      int order;
      if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
        int endOfOne = endOfNumber(one, i);
        int endOfOther = endOfNumber(other, j);
        order = byValue(one, i, endOfOne, other, j, endOfOther);
        i = endOfOne;
        j = endOfOther;
      } else {
        int a = one.codePointAt(i);
        int b = other.codePointAt(j);
        order = Caseless.fold(a) - Caseless.fold(b);
        i += Character.charCount(a);
        j += Character.charCount(b);
      }
      if (order != 0) {
        return order;
      }
    }
    boolean isOneOver = i == one.length();
    boolean isOtherOver = j == other.length();
    return isOneOver && isOtherOver ? byCodePoints(one, other) : isOneOver ? -1 : 1;
  }

  private static int byValue(String one, int i, int endOfOne, String other, int j, int endOfOther) {
    int a = firstOfValue(one, i, endOfOne);
    int b = firstOfValue(other, j, endOfOther);
    int longer = (endOfOne - a) - (endOfOther - b);
    while (longer == 0 && a < endOfOne) {
      int order = one.charAt(a++) - other.charAt(b++);
      if (order != 0) {
        return order;
      }
    }
    return longer;
  }

  private static int firstOfValue(String text, int start, int end) {
    int at = start;
    while (at < end && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static int endOfNumber(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
