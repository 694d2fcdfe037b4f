package org.privateshare.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.privateshare.model.Refusal;

/// Lets no page of another site change anything, should a browser know a key: browsers say where a
/// request comes from (RFC 6454 section 7, Fetch Metadata), programs don't need to.
final class SiteRule {
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private SiteRule() {}

  /// Lets a request that may change something pass if it names no site or this one.
  ///
  /// @throws Refusal.Denied where it comes from another, be it a neighbour's
  static void require(Request request) throws Refusal.Denied {
    HttpFields fields = request.getHeaders();
    List<String> sites = fields.getValuesList("Sec-Fetch-Site");
    List<String> origins = origins(fields);
    if (!OWN_SITE.containsAll(sites)
        || !origins.stream().allMatch(origin -> isOwn(origin, request))) {
      throw new Refusal.Denied("no other site's page may change anything here");
    }
  }

  /// Lets only a request pass that says that it comes from a page of this server: with a cookie,
  /// which a browser adds by itself, silence isn't enough.
  ///
  /// @throws Refusal.Denied where it doesn't say so
  static void requireOwn(Request request) throws Refusal.Denied {
    require(request);
    HttpFields fields = request.getHeaders();
    if (!isOwnBySite(fields) && origins(fields).isEmpty()) {
      throw new Refusal.Denied("a session changes things from this server's own pages only");
    }
  }

  /// Forms of a page that sends no `Referer` say `null` (Fetch section 3.1): that is nothing said
  /// where the browser says itself that they are this site's.
  private static List<String> origins(HttpFields fields) {
    List<String> origins = fields.getValuesList(HttpHeader.ORIGIN);
    return isOwnBySite(fields) && origins.equals(List.of("null")) ? List.of() : origins;
  }

  private static boolean isOwnBySite(HttpFields fields) {
    return fields.getValuesList("Sec-Fetch-Site").equals(List.of("same-origin"));
  }

  /// Whether the host and the port are those that the request was sent to. What came in TLS comes
  /// from a page in TLS: one in clear is anybody's who is on the way to it. What came in clear may
  /// come from either, since a proxy may have taken the TLS off.
  private static boolean isOwn(String origin, Request request) {
    HttpURI target = request.getHttpURI();
    Optional<URI> parsed = parse(origin);
    if (parsed.isEmpty() || parsed.get().getHost() == null) {
      return false;
    }
    URI from = parsed.get();
    boolean isSecure = "https".equals(from.getScheme());
    boolean mayBeClear = !request.getConnectionMetaData().isSecure();
    if (!isSecure && !(mayBeClear && "http".equals(from.getScheme()))) {
      return false;
    }
    int usual = isSecure ? 443 : 80;
    int fromPort = from.getPort() < 0 ? usual : from.getPort();
    int targetPort = target.getPort() <= 0 ? usual : target.getPort();
    return from.getHost().equalsIgnoreCase(target.getHost()) && fromPort == targetPort;
  }

  private static Optional<URI> parse(String origin) {
    try {
      return Optional.of(new URI(origin));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
