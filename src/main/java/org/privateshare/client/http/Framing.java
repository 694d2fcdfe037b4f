package org.privateshare.client.http;

import java.util.List;

/// How the end of a response's body is found (RFC 9112 section 6.3). Anything that two readers
/// could understand differently is refused.
///
/// @param kind how
/// @param length how many bytes the body has, for [Kind#LENGTH] alone
record Framing(Kind kind, long length) {
  /// The ways to find an end.
  enum Kind {
    /// There is no body.
    NONE,
    /// The length was announced.
    LENGTH,
    /// The body comes in chunks and the last one is marked.
    CHUNKED,
    /// The body lasts until the server closes.
    UNTIL_CLOSE
  }

  /// The framing of the final response to a request of this method.
  static Framing of(String method, ResponseHead head) throws ProtocolFault {
    List<String> codings = head.fields().all("Transfer-Encoding");
    List<String> lengths = head.fields().all("Content-Length");
    if (!codings.isEmpty() && !lengths.isEmpty()) {
      throw new ProtocolFault("both Content-Length and Transfer-Encoding");
    }
    if (codings.size() > 1 || (codings.size() == 1 && !isChunked(codings.getFirst(), head))) {
      throw new ProtocolFault("a Transfer-Encoding other than chunked");
    }
    long length = lengths.isEmpty() ? -1 : length(lengths);
    if (head.status() == 204 && (length > 0 || !codings.isEmpty())) {
      throw new ProtocolFault("a body where there is none");
    }
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return new Framing(Kind.NONE, 0);
    }
    if (!codings.isEmpty()) {
      return new Framing(Kind.CHUNKED, 0);
    }
    return length < 0 ? new Framing(Kind.UNTIL_CLOSE, 0) : new Framing(Kind.LENGTH, length);
  }

  private static boolean isChunked(String coding, ResponseHead head) {
    return head.minor() == 1 && coding.equalsIgnoreCase("chunked");
  }

  private static long length(List<String> values) throws ProtocolFault {
    if (values.size() > 1 || !Grammar.isDigits(values.getFirst())) {
      throw new ProtocolFault("not one Content-Length");
    }
    try {
      return Long.parseLong(values.getFirst());
    } catch (NumberFormatException e) {
      throw new ProtocolFault("a Content-Length of " + values.getFirst().length() + " digits");
    }
  }
}
