package org.privateshare.http;

import org.eclipse.jetty.server.Handler;
import org.privateshare.access.Access;
import org.privateshare.model.VisitLog;
import org.privateshare.share.Share;

/// A share over HTTP, as `docs/http.md` says.
public final class HttpShare {
  private HttpShare() {}

  /// Who answers the requests to a share. Thread-safe; it blocks, so each request needs a thread of
  /// its own; every answer is written in pieces of at most 64 KiB.
  public static Handler of(Share share, Access access, HttpOptions options, VisitLog visits) {
    HostRule hosts = new HostRule(options.hosts());
    Traffic traffic = new Traffic();
    return new Door(
        hosts,
        new Callers(options.trustedProxies()),
        KeyCheck.of(access),
        Routes.of(share, access, hosts, traffic),
        new Visits(visits, traffic));
  }
}
