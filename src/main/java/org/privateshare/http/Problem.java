package org.privateshare.http;

import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.privateshare.model.Refusal;

/// An answer that says no: a refusal of the share's or of HTTP's own, with its status. The one
/// place where the one becomes the other.
final class Problem extends Exception {
  private static final long serialVersionUID = 1L;

  /// What those are told who showed no key at all.
  static final String NEEDS_KEY = "this needs a key";

  private static final Duration SOON = Duration.ofSeconds(5);

  private final int status;
  private final String code;
  private final String detail;
  private final transient List<HttpField> fields;

  Problem(int status, String code, String detail, HttpField... fields) {
    // No stack trace: hostile callers must not make an answer dear.
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.fields = List.of(fields);
  }

  /// What a refusal of the share's is in HTTP.
  ///
  /// @param reads whether the request only reads: for those, what is no name is simply not there
  static Problem of(Refusal refusal, boolean reads) {
    int status =
        switch (refusal) {
          case Refusal.BadName _ -> reads ? 404 : 400;
          case Refusal.Mismatch _ -> 400;
          case Refusal.Denied _ -> 403;
          case Refusal.Missing _ -> 404;
          case Refusal.Taken _, Refusal.NotEmpty _, Refusal.WrongOffset _ -> 409;
          case Refusal.Changed _ -> 412;
          case Refusal.TooLarge _ -> 413;
          case Refusal.Busy _ -> 423;
          case Refusal.TooMany _ -> 429;
          case Refusal.Unavailable _ -> 503;
          case Refusal.NoSpace _ -> 507;
        };
    return new Problem(status, refusal.code(), refusal.reason(), fieldsOf(refusal));
  }

  private static HttpField[] fieldsOf(Refusal refusal) {
    return switch (refusal) {
      case Refusal.WrongOffset wrong ->
          new HttpField[] {new HttpField(Tus.OFFSET, Long.toString(wrong.offset()))};
      case Refusal.Busy _ -> new HttpField[] {retryAfter(Duration.ZERO)};
      case Refusal.Unavailable _ -> new HttpField[] {retryAfter(SOON)};
      default -> new HttpField[0];
    };
  }

  /// The same refusal with another status, where the method has its own for it.
  static Problem of(Refusal refusal, int status) {
    return new Problem(status, refusal.code(), refusal.reason());
  }

  /// A field or parameter that can't be.
  static Problem badRequest(String detail) {
    return new Problem(400, "bad-request", detail);
  }

  /// No key, or none that is good.
  static Problem noKey(String detail) {
    return new Problem(
        401,
        "no-key",
        detail,
        new HttpField(
            HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"privateshare\", charset=\"UTF-8\""),
        new HttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer"));
  }

  /// Nothing is there that has a name in the share.
  static Problem nothingHere() {
    return new Problem(404, "missing", "nothing is here");
  }

  /// A method that isn't for this target, or for none.
  ///
  /// @param allowed the methods that are, joined by commas
  static Problem method(int status, String allowed) {
    return new Problem(
        status, "method", "this takes " + allowed, new HttpField(HttpHeader.ALLOW, allowed));
  }

  /// The folder around a new name is missing.
  static Problem noFolder() {
    return new Problem(409, "no-folder", "the folder around the new name is missing");
  }

  /// The caller failed too often.
  static Problem throttled(Duration left) {
    return new Problem(
        429, "throttled", "too many wrong keys came from this address", retryAfter(left));
  }

  /// Not now.
  static Problem unavailable(String detail) {
    return new Problem(503, "unavailable", detail, retryAfter(SOON));
  }

  /// A fault of ours, of which the caller learns nothing but that.
  static Problem failed() {
    return new Problem(500, "failed", "the server failed; look what is there before you try again");
  }

  /// A body that ended before its end: 408 where it came too slowly.
  static Problem ofCut(BodyCut cut) {
    return cut.getCause() instanceof HttpException http
            && http.getCode() == HttpStatus.REQUEST_TIMEOUT_408
        ? new Problem(408, "timeout", "the body came too slowly")
        : badRequest("the body ended before its end");
  }

  private static HttpField retryAfter(Duration left) {
    return new HttpField(HttpHeader.RETRY_AFTER, Long.toString(left.toSeconds() + 1));
  }

  /// The status of the answer.
  int status() {
    return status;
  }

  /// The stable name of the kind, for machines.
  String code() {
    return code;
  }

  /// What happened, for a person; may hold names from outside, printable ones.
  String detail() {
    return detail;
  }

  /// Fields that the answer has beside its body's.
  List<HttpField> fields() {
    return fields;
  }
}
