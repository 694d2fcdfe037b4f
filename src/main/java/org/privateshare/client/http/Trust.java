package org.privateshare.client.http;

import org.privateshare.model.Fingerprint;

/// What a server has to show before it is told anything. There is no way to trust just anyone.
public sealed interface Trust {

  /// The holder of this key and nobody else; names and dates in the certificate don't matter then.
  ///
  /// @param fingerprint what the server is known by
  record Pinned(Fingerprint fingerprint) implements Trust {}

  /// Whoever the authorities that this Java trusts have certified for the host's name, today.
  record Authorities() implements Trust {}
}
