package org.privateshare.http;

import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/// What Jetty's parser lets pass although it says in two ways where a body ends, or means a body in
/// another coding than the one that is read (RFC 9112 sections 6.1 and 7.1).
final class FramingRule {
  private FramingRule() {}

  /// Lets only `chunked` itself pass, and only in HTTP/1.1.
  ///
  /// @throws Problem 400 or 501; nobody knows where the next request begins
  static void require(Request request) throws Problem {
    List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return;
    }
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
      throw Problem.badRequest("only HTTP/1.1 knows chunks");
    }
    if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new Problem(501, "encoding", "the only transfer coding here is chunked");
    }
  }

  /// Whether a chunked body that Jetty says is whole ended with its connection instead: it forgives
  /// that the last line is missing, at which it only looks when nothing more can come.
  static boolean isCut(Request request) {
    return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        && request.getConnectionMetaData().getConnection().getEndPoint().isInputShutdown();
  }
}
