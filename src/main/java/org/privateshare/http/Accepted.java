package org.privateshare.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// What kind of answer a caller wants.
final class Accepted {
  private static final String HTML = "text/html";
  private static final Set<String> JSON = Set.of("application/json", "application/problem+json");

  private Accepted() {}

  /// Whether `Accept` names JSON, and no page before it. Wildcards name nothing: without a wish an
  /// answer is a plain text.
  static boolean json(HttpFields fields) {
    return first(fields).map(JSON::contains).orElse(false);
  }

  /// Whether `Accept` names a page, as browsers do for what they show, and no JSON before it.
  static boolean html(HttpFields fields) {
    return first(fields).map(HTML::equals).orElse(false);
  }

  /// The type that is liked best of those that are known here.
  private static Optional<String> first(HttpFields fields) {
    List<String> ranges = fields.getQualityCSV(HttpHeader.ACCEPT);
    return ranges.stream()
        .map(range -> range.toLowerCase(Locale.ROOT).replaceFirst("\\s*;.*", ""))
        .filter(type -> type.equals(HTML) || JSON.contains(type))
        .findFirst();
  }
}
