package org.privateshare.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.privateshare.client.http.Response;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;

/// Turns a server's no into a [Refusal]: by the `code` of its problem (RFC 9457, `docs/http.md`),
/// or by the status where there is none that we know.
final class Problems {
  private static final int LONGEST = 300;

  private Problems() {}

  /// Does nothing where the answer has one of the expected statuses.
  ///
  /// @throws IOException where it has another that means no refusal
  static void requireStatus(Response response, int... expected) throws Refusal, IOException {
    for (int status : expected) {
      if (response.status() == status) {
        return;
      }
    }
    throw refuse(response);
  }

  /// Always throws.
  ///
  /// @throws IOException where the answer means no refusal but a fault
  static IOException refuse(Response response) throws Refusal, IOException {
    String code = "";
    String detail = "";
    // The answer to HEAD says the type of a body that it hasn't.
    if (isJson(response) && response.length().orElse(1) > 0) {
      Members problem = Answer.object(response);
      code = problem.text("code").orElse("");
      detail = shown(problem.text("detail").orElse(""));
    }
    int status = response.status();
    String reason = detail.isEmpty() ? "the server says no (" + status + ")" : detail;
    if (isForNow(response)) {
      throw new Refusal.Unavailable(reason, retryAfter(response));
    }
    Refusal refusal = Refusal.of(kind(code, status), reason).orElse(null);
    if (refusal != null) {
      throw refusal;
    }
    String answered = "the server answered " + status + (detail.isEmpty() ? "" : ": " + detail);
    throw isPassing(status) ? new IOException(answered) : new ServerFault(answered);
  }

  /// The refusal that an object with `code` and `detail` tells of; one that has a code which isn't
  /// known here is a no all the same.
  static Refusal of(Members problem) throws IOException {
    String reason = shown(problem.text("detail").orElse("the server says no"));
    String code = problem.needed("code");
    return Refusal.of(kind(code, 0), reason).orElseGet(() -> new Refusal.Denied(reason));
  }

  /// Whether the same will be answered otherwise, and soon.
  private static boolean isForNow(Response response) {
    return switch (response.status()) {
      case 423, 503 -> true;
      case 429 -> response.fields().first("Retry-After").isPresent();
      default -> false;
    };
  }

  /// Whether the connection failed, and not the server: as it sees it, or a proxy on the way.
  private static boolean isPassing(int status) {
    return status == 408 || status == 502 || status == 504;
  }

  /// A second where nothing is said, or a date, which needs clocks that agree.
  private static Duration retryAfter(Response response) {
    String seconds = response.fields().first("Retry-After").orElse("1");
    return Duration.ofSeconds(seconds.matches("[0-9]{1,5}") ? Long.parseLong(seconds) : 1);
  }

  private static boolean isJson(Response response) {
    String type = response.fields().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/json") || type.startsWith("application/problem+json");
  }

  /// The code of a refusal for what a server calls its problem.
  private static String kind(String code, int status) {
    return switch (code) {
      case "no-key", "method", "host" -> "denied";
      case "no-folder" -> "missing";
      case "throttled" -> "unavailable";
      default -> Refusal.of(code, "").isPresent() ? code : kind(status);
    };
  }

  private static String kind(int status) {
    return switch (status) {
      case 401, 403, 405, 421, 501 -> "denied";
      case 404, 410 -> "missing";
      case 409 -> "taken";
      case 412 -> "changed";
      case 413 -> "too-large";
      case 429, 503 -> "unavailable";
      case 507 -> "no-space";
      default -> "";
    };
  }

  /// Names in it are escaped already, so a backslash stays single.
  private static String shown(String detail) {
    String safe = Printable.escape(detail).replace("\\\\", "\\");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
  }
}
