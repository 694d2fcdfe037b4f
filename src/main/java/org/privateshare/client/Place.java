package org.privateshare.client;

import org.privateshare.client.http.Origin;

/// Where a share is, as the user says it.
public sealed interface Place {
  /// By the name that the user gave it at the login.
  ///
  /// @param alias one of [Aliases], or none
  record Saved(String alias) implements Place {}

  /// By a URL, which says the protocol: HTTP.
  ///
  /// @param secure whether it is `https`
  /// @param origin the host and port
  record Url(boolean secure, Origin origin) implements Place {}

  /// By host and port, to be spoken to in the classic protocol whatever else it speaks: in clear
  /// and without a key.
  ///
  /// @param origin the host and port
  record Classic(Origin origin) implements Place {}

  /// By host and port alone; what is spoken there is found out.
  ///
  /// @param origin the host and port
  record Host(Origin origin) implements Place {}
}
