package org.privateshare.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.privateshare.access.Capability;
import org.privateshare.access.IssuedKey;

/// The cookie that a browser keeps its session in. Its name has the port, for cookies know none and
/// two servers on one machine must not sign each other out; in TLS it begins with `__Host-`, which
/// no neighbour under the same domain can set (RFC 6265bis section 4.1.3.2).
final class SessionCookie {
  private static final String WORD = "privateshare-";
  private static final String RULES = "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";

  private SessionCookie() {}

  /// The session's text as it was sent. Two of that name are none: one of them was put there by
  /// somebody else, and nobody can tell which.
  static Optional<String> read(Request request) {
    String start = name(request) + "=";
    // HTTP/2 may bring each cookie in a field of its own (RFC 9113 section 8.2.3).
    List<String> found =
        request.getHeaders().getValuesList(HttpHeader.COOKIE).stream()
            .flatMap(line -> Stream.of(line.split(";", -1)))
            .map(String::strip)
            .filter(pair -> pair.startsWith(start))
            .map(pair -> pair.substring(start.length()))
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// What gives the browser a session that was opened just now.
  static HttpField give(Request request, IssuedKey session) {
    Capability says = session.capability();
    return field(request, session.text(), Duration.between(says.issued(), says.terms().expires()));
  }

  /// What takes it away.
  static HttpField take(Request request) {
    return field(request, "", Duration.ZERO);
  }

  private static HttpField field(Request request, String value, Duration life) {
    String secure = isSecure(request) ? "; Secure" : "";
    return new HttpField(
        HttpHeader.SET_COOKIE,
        name(request) + "=" + value + RULES + Math.max(0, life.toSeconds()) + secure);
  }

  private static String name(Request request) {
    int port = request.getHttpURI().getPort();
    int usual = isSecure(request) ? 443 : 80;
    return (isSecure(request) ? "__Host-" : "") + WORD + (port > 0 ? port : usual);
  }

  /// What the connection is, whatever scheme the request line claims.
  private static boolean isSecure(Request request) {
    return request.getConnectionMetaData().isSecure();
  }
}
