package org.privateshare.net;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What every request goes through first: it is counted among the running ones, gets a place or is
/// told to come again, and is held to its pace; then the handler of the `http` package has it.
final class Exchanges extends Handler.Wrapper {
  private static final int MOST_FIELDS = 100;

  /// Fields about one connection of HTTP/1.1, which RFC 9113 section 8.2.2 forbids in HTTP/2 and
  /// Jetty lets pass; `Connection` and `TE` it refuses itself.
  private static final Set<HttpHeader> OF_HTTP_1 =
      EnumSet.of(
          HttpHeader.TRANSFER_ENCODING,
          HttpHeader.UPGRADE,
          HttpHeader.KEEP_ALIVE,
          HttpHeader.PROXY_CONNECTION);

  /// How long a request waits for a place while all are taken.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final long RETRY_AFTER_SECONDS = 1;

  private final boolean blocks;
  private final Admission admission;
  private final Sessions sessions;
  private final Deadlines deadlines;
  private final PlainErrors errors;
  private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

  Exchanges(
      Handler handler,
      Admission admission,
      Sessions sessions,
      Deadlines deadlines,
      PlainErrors errors) {
    super(handler);
    this.blocks = handler.getInvocationType() != InvocationType.NON_BLOCKING;
    this.admission = admission;
    this.sessions = sessions;
    this.deadlines = deadlines;
    this.errors = errors;
  }

  /// Whatever waits does so on a thread of its own.
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Exchange exchange = new Exchange(request, deadlines);
    DoorEndPoint endPoint = exchange.endPoint();
    if (!sessions.enter(exchange, endPoint::abort)) {
      return refuse(exchange, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }
    endPoint.turns().begin(exchange.isOneOfMany());
    running.add(exchange);
    Request.addCompletionListener(request, _ -> end(exchange, endPoint));
    if (!blocks && endPoint.hasTurn() && exchange.takePlace(admission, Duration.ZERO)) {
      return serve(exchange, response, callback);
    }
    Runnable waiting = () -> serveLater(exchange, response, callback);
    request.getComponents().getExecutor().execute(waiting);
    return true;
  }

  private void serveLater(Exchange exchange, Response response, Callback callback) {
    try {
      if (!exchange.takePlace(admission, PATIENCE)) {
        var _ = refuse(exchange, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
      } else if (!serve(exchange, response, callback)) {
        Response.writeError(exchange.unpaced(), response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception e) {
      Response.writeError(exchange.unpaced(), response, callback, e);
    }
  }

  private boolean serve(Exchange exchange, Response response, Callback callback) throws Exception {
    Request request = exchange.unpaced();
    if (request.getHeaders().size() > MOST_FIELDS) {
      return refuse(exchange, response, callback, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
    }
    if (exchange.isOneOfMany() && OF_HTTP_1.stream().anyMatch(request.getHeaders()::contains)) {
      return refuse(exchange, response, callback, HttpStatus.BAD_REQUEST_400);
    }
    Request paced = exchange.request();
    return super.handle(
        paced, exchange.response(paced, response), unmistakable(exchange, response, callback));
  }

  /// An answer that fails on its way mustn't look as if it ended: Jetty resets the stream of
  /// HTTP/2, but would close the connection of HTTP/1.1 in peace.
  private static Callback unmistakable(Exchange exchange, Response response, Callback callback) {
    return Callback.from(
        callback::succeeded,
        failure -> {
          if (response.isCommitted() && !exchange.isOneOfMany() && !(failure instanceof LastWord)) {
            exchange.endPoint().abort();
          }
          callback.failed(failure);
        });
  }

  private boolean refuse(Exchange exchange, Response response, Callback callback, int status) {
    response.setStatus(status);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (!exchange.isOneOfMany()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    errors.refuse(exchange.request(), response, status, callback);
    return true;
  }

  private void end(Exchange exchange, DoorEndPoint endPoint) {
    running.remove(exchange);
    exchange.giveBackPlace(admission);
    endPoint.turns().end();
    sessions.leave(exchange);
  }

  void expireOverdue(long now) {
    running.forEach(exchange -> exchange.expireIfOverdue(now));
  }
}
