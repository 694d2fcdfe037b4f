package org.privateshare.http;

import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.privateshare.access.Access;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.VisitLog;
import org.privateshare.share.Share;

/// A share over HTTP, as `docs/http.md` says.
public final class HttpShare {
  private HttpShare() {}

  /// Who answers the requests to a share. Thread-safe; every answer is written in pieces of at most
  /// 64 KiB.
  ///
  /// @param fingerprint what the server is known by now, for those who look at its page
  public static Handler of(
      Share share,
      Access access,
      HttpOptions options,
      Supplier<Fingerprint> fingerprint,
      VisitLog visits) {
    KeyCheck keys = KeyCheck.of(access);
    HostRule hosts = new HostRule(options.hosts());
    Traffic traffic = new Traffic();
    return new Door(
        hosts,
        new Callers(options.trustedProxies()),
        keys,
        Routes.of(share, access, keys, hosts, traffic, fingerprint),
        new Visits(visits, traffic));
  }
}
