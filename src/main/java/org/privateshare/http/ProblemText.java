package org.privateshare.http;

import org.eclipse.jetty.http.HttpStatus;

/// A [Problem] as RFC 9457 writes it.
final class ProblemText {
  private ProblemText() {}

  /// Only tus knows the status of a wrong checksum.
  static String title(int status) {
    return status == 460 ? "Checksum Mismatch" : HttpStatus.getMessage(status);
  }

  static String json(Problem problem) {
    return JsonText.object(
        json -> {
          json.writeStringField("type", "about:blank");
          json.writeStringField("title", title(problem.status()));
          json.writeNumberField("status", problem.status());
          json.writeStringField("code", problem.code());
          json.writeStringField("detail", problem.detail());
        });
  }
}
