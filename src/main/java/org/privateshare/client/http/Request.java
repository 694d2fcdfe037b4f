package org.privateshare.client.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A request, checked so that its head can hold no second one. What the connection says for itself
/// (`Host`, lengths, `Expect`) is not among the fields.
///
/// @param method a token, any method
/// @param target path and query, percent-encoded, from the first slash on (RFC 9112 section 3.2.1)
/// @param fields in ASCII
/// @param body what is sent along; an empty body is one too
public record Request(String method, String target, Fields fields, Optional<RequestBody> body) {
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /// Checks everything that goes into the head.
  public Request {
    if (!Grammar.isToken(method) || method.equals("CONNECT")) {
      throw new IllegalArgumentException("not a method");
    }
    if (!target.startsWith("/") || !Grammar.isVisible(target) || target.contains("#")) {
      throw new IllegalArgumentException("not a path and query");
    }
    for (var field : fields.list()) {
      if (OURS.contains(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(field.name() + " is the connection's to say");
      }
      if (!Grammar.isVisible(field.value().replace(" ", ""))) {
        throw new IllegalArgumentException("not a value in ASCII for " + field.name());
      }
    }
  }

  /// A request without a body.
  public static Request of(String method, String target, Fields fields) {
    return new Request(method, target, fields, Optional.empty());
  }

  /// A request with a body.
  public static Request of(String method, String target, Fields fields, RequestBody body) {
    return new Request(method, target, fields, Optional.of(body));
  }

  /// Whether sending it twice does no harm (RFC 9110 section 9.2.1).
  boolean isSafe() {
    return body.isEmpty() && (method.equals("GET") || method.equals("HEAD"));
  }

  /// The head as it goes over the wire (RFC 9112 section 2.1).
  ByteBuffer head(String authority, boolean expectsContinue) {
    var head = new StringBuilder(512);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    line(head, "Host", authority);
    fields.list().forEach(field -> line(head, field.name(), field.value()));
    body.ifPresent(
        sent -> {
          if (sent.length().isPresent()) {
            line(head, "Content-Length", Long.toString(sent.length().getAsLong()));
          } else {
            line(head, "Transfer-Encoding", "chunked");
          }
        });
    if (expectsContinue) {
      line(head, "Expect", "100-continue");
    }
    head.append("\r\n");
    return ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
