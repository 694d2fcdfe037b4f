package org.privateshare.client.http;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Talks to one server: one request at a time, over one connection that is kept while the server
/// keeps it and replaced when it is gone. Nothing is sent twice, no redirect is followed, no cookie
/// kept. One thread at a time.
public final class HttpClient implements Closeable {
  /// The size of the buffers that bodies go through fastest, in bytes.
  public static final int BUFFER = 256 * 1024;

  private final Origin origin;
  private final Optional<Tls> tls;
  private final Deadlines limits;
  private @Nullable HttpConnection connection;

  private HttpClient(Origin origin, Optional<Tls> tls, Deadlines limits) {
    this.origin = origin;
    this.tls = tls;
    this.limits = limits;
  }

  /// A client that encrypts; connects at the first request.
  public static HttpClient secure(Origin origin, Tls tls, Deadlines limits) {
    return new HttpClient(origin, Optional.of(tls), limits);
  }

  /// A client in clear, for a server on the same machine.
  public static HttpClient plain(Origin origin, Deadlines limits) {
    return new HttpClient(origin, Optional.empty(), limits);
  }

  /// Another one to the same server, with a connection of its own.
  public HttpClient another() {
    return new HttpClient(origin, tls, limits);
  }

  /// Sends a request and returns the final answer, whose body is then read from it. The answer to
  /// the request before is closed with that.
  ///
  /// @throws UntrustedServer where the server is not whom we look for
  /// @throws ProtocolFault where it doesn't speak HTTP/1.1
  /// @throws java.net.SocketTimeoutException where it is too slow
  public Response exchange(Request request) throws IOException {
    HttpConnection kept = connection;
    if (kept == null || !kept.isUsable()) {
      return fresh().send(request);
    }
    try {
      return kept.send(request);
    } catch (EOFException | SocketException e) {
      // Servers let go of idle connections at any time, also while a request is on its way.
      if (!request.isSafe()) {
        throw e;
      }
      return fresh().send(request);
    }
  }

  /// As [#exchange(Request)], for a request with a body whose answer comes while it is sent. Where
  /// that is 200, `meanwhile` reads it as far as it comes; any other ends the sending.
  public Response exchange(Request request, Meanwhile meanwhile) throws IOException {
    HttpConnection kept = connection;
    return (kept == null || !kept.isUsable() ? fresh() : kept).send(request, meanwhile);
  }

  /// Connects, so that whoever asks knows whom there is to talk to; the next request goes over this
  /// connection.
  ///
  /// @throws UntrustedServer where the server is not whom we look for
  /// @throws NotTls where something is there that speaks no TLS
  public void connect() throws IOException {
    var _ = fresh();
  }

  /// How the connection is encrypted that is open now; empty where it isn't, or where none is.
  public Optional<Security> security() {
    HttpConnection current = connection;
    return current == null ? Optional.empty() : current.security();
  }

  /// How long a round trip took when the connection was opened; zero where there is none.
  public Duration roundTrip() {
    HttpConnection current = connection;
    return current == null ? Duration.ZERO : current.roundTrip();
  }

  private HttpConnection fresh() throws IOException {
    close();
    HttpConnection opened = HttpConnection.open(origin, tls, limits);
    connection = opened;
    return opened;
  }

  @Override
  public void close() throws IOException {
    HttpConnection current = connection;
    connection = null;
    if (current != null) {
      current.close();
    }
  }
}
