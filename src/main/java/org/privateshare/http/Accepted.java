package org.privateshare.http;

import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// What kind of answer a caller wants.
final class Accepted {
  private Accepted() {}

  /// Whether `Accept` names JSON. Wildcards don't: without a wish an answer is for people.
  static boolean json(HttpFields fields) {
    return fields.getQualityCSV(HttpHeader.ACCEPT).stream().anyMatch(Accepted::isJson);
  }

  private static boolean isJson(String range) {
    String type = range.toLowerCase(Locale.ROOT).replaceFirst("\\s*;.*", "");
    return type.equals("application/json") || type.equals("application/problem+json");
  }
}
