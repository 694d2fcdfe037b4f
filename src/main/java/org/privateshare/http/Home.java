package org.privateshare.http;

import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Grant;
import org.privateshare.access.Scope;

/// Where a key's holder begins: the folder or file that it reaches.
final class Home {
  private Home() {}

  /// Its URL.
  static String url(Grant grant) {
    Scope scope = grant.capability().terms().scope();
    boolean needsSlash = scope.isFolder() && !scope.path().isRoot();
    return Target.url(scope.path()) + (needsSlash ? "/" : "");
  }

  /// The same as a path of the share that begins with a slash, unencoded.
  static String path(Grant grant) {
    String scope = grant.capability().terms().scope().toString();
    return scope.startsWith("/") ? scope : "/" + scope;
  }

  /// Sends a browser there.
  static void show(Call call, Grant grant) throws PeerGone {
    call.reply().fields().put(HttpHeader.LOCATION, url(grant));
    call.reply().sayNothing(303);
  }
}
