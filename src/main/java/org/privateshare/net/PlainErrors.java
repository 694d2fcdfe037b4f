package org.privateshare.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Visit;
import org.privateshare.model.VisitLog;

/// Answers what no handler answered: the status in one plain line, without a word of what was asked
/// or of what went wrong in here. What was refused before a handler saw it is told to the log.
final class PlainErrors extends ErrorHandler {
  private final VisitLog visits;

  PlainErrors(VisitLog visits) {
    this.visits = visits;
  }

  /// Jetty's own would say nothing to a PUT.
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    // Of Jetty's parsers; a handler that failed has said so itself.
    if (cause instanceof HttpException) {
      record(request, code);
    }
    write(response, code, callback);
  }

  /// The whole refusal of a request but its status and whether the connection is kept.
  void refuse(Request request, Response response, int code, Callback callback) {
    record(request, code);
    write(response, code, callback);
  }

  private static void write(Response response, int code, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    String line = code + " " + HttpStatus.getMessage(code) + "\n";
    response.write(true, UTF_8.encode(line), callback);
  }

  /// Without what was asked for: half a head has none, and where one ends nobody can tell of a head
  /// that isn't understood.
  private void record(Request request, int code) {
    visits.record(
        new Visit(
            "http",
            peer(request),
            Optional.empty(),
            "",
            "",
            OptionalInt.of(code),
            0,
            Duration.ofNanos(Math.max(0, System.nanoTime() - request.getHeadersNanoTime())),
            code == HttpStatus.SERVICE_UNAVAILABLE_503 ? "busy" : "not understood"));
  }

  private static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer
        ? peer.getAddress()
        : InetAddress.getLoopbackAddress();
  }
}
