package org.privateshare.http;

import java.util.ArrayList;
import java.util.List;

/// Fields whose value is a list (RFC 9110 section 5.6.1).
final class Lists {
  private Lists() {}

  /// The elements of a list without quoted strings: what stands between commas, without the spaces
  /// and tabs around it; empty elements are left out.
  static List<String> split(String field) {
    List<String> elements = new ArrayList<>();
    for (String part : field.split(",", -1)) {
      String element = trim(part);
      if (!element.isEmpty()) {
        elements.add(element);
      }
    }
    return elements;
  }

  /// The text without spaces and tabs at its ends, and no other white space.
  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
