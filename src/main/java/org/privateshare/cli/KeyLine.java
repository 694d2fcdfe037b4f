package org.privateshare.cli;

import java.util.Optional;
import org.privateshare.client.RemoteKeys;
import org.privateshare.client.Url;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Trust;
import org.privateshare.model.Fingerprint;

/// What a new key is handed on as, where its server is known.
///
/// @param server where it is
/// @param trust how it is recognised
record KeyLine(Origin server, Optional<Trust> trust) {
  /// A link as the URL that opens it, any other key as a [LoginLine] if so wanted; else nothing but
  /// the key itself.
  Optional<String> line(RemoteKeys.Issued issued, boolean wantsLogin) {
    if (issued.known().terms().link()) {
      String path = Url.encode(issued.known().terms().path());
      return Optional.of(
          "https://" + server + (path.startsWith("/") ? "" : "/") + path + "?key=" + issued.text());
    }
    return wantsLogin
        ? Optional.of(
            new LoginLine(server, new Invitation(Optional.of(issued.text()), pin())).text())
        : Optional.empty();
  }

  private Optional<Fingerprint> pin() {
    return trust.flatMap(
        known ->
            known instanceof Trust.Pinned(var fingerprint)
                ? Optional.of(fingerprint)
                : Optional.empty());
  }
}
