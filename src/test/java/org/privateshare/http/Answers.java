package org.privateshare.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes answers of HTTP/1.1 apart, as they came over the wire in Latin-1.
final class Answers {
  private Answers() {}

  static int status(String answer) {
    return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }

  /// The status line and the fields but for the date.
  static String head(String answer) {
    return answer.substring(0, answer.indexOf("\r\n\r\n") + 4).replaceAll("\r\nDate: [^\r]*", "");
  }

  /// The value of a field, empty where there is none.
  static String field(String answer, String name) {
    Matcher found =
        Pattern.compile("\r\n" + name + ": ([^\r]*)\r\n", Pattern.CASE_INSENSITIVE)
            .matcher(answer.substring(0, answer.indexOf("\r\n\r\n") + 4));
    return found.find() ? found.group(1) : "";
  }

  /// What comes behind the head, the chunks of a chunked content put together.
  ///
  /// @throws IllegalArgumentException where chunked content has no end
  static String body(String answer) {
    String rest = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    if (rest.isEmpty() || !field(answer, "Transfer-Encoding").equals("chunked")) {
      return rest;
    }
    StringBuilder body = new StringBuilder();
    while (true) {
      int line = rest.indexOf("\r\n");
      if (line < 0) {
        throw new IllegalArgumentException("the content breaks off");
      }
      int size = Integer.parseInt(rest.substring(0, line), 16);
      if (size == 0) {
        return body.toString();
      }
      body.append(rest, line + 2, line + 2 + size);
      rest = rest.substring(line + 2 + size + 2);
    }
  }
}
