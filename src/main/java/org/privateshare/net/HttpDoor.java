package org.privateshare.net;

import org.eclipse.jetty.server.Handler;
import org.privateshare.model.VisitLog;

/// HTTP for a [Listener]: who answers it and how it is reached.
///
/// @param handler answers every request, in writes of at most 64 KiB: on a virtual thread, blocking
///   if it likes, unless its invocation type says that it never does; then on the thread that has
///   read the request and has others to read. A request that it doesn't take is a 404
/// @param identity who the server is in TLS
/// @param plain who may also speak it in clear
/// @param tls how TLS is done
/// @param visits hears of requests that are refused before the handler sees them
public record HttpDoor(
    Handler handler, Identity identity, PlainHttp plain, TlsOptions tls, VisitLog visits) {
  /// HTTP over TLS for everybody, in clear for programs on this machine.
  public static HttpDoor of(Handler handler, Identity identity, VisitLog visits) {
    return new HttpDoor(handler, identity, PlainHttp.LOOPBACK, TlsOptions.best(), visits);
  }

  /// The same with other callers in clear.
  public HttpDoor withPlain(PlainHttp other) {
    return new HttpDoor(handler, identity, other, tls, visits);
  }

  /// The same with another way of TLS.
  public HttpDoor withTls(TlsOptions other) {
    return new HttpDoor(handler, identity, plain, other, visits);
  }
}
