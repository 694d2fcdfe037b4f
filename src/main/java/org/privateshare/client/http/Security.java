package org.privateshare.client.http;

/// What a connection is encrypted with.
///
/// @param protocol as `TLSv1.3`
/// @param suite the cipher suite, by its registered name
public record Security(String protocol, String suite) {
  /// Whose TLS it is, as `Conscrypt`.
  public String provider() {
    return TlsProvider.best() == TlsProvider.CONSCRYPT ? "Conscrypt" : "Java";
  }

  /// Whether that is the faster one.
  public boolean isFast() {
    return TlsProvider.best() == TlsProvider.CONSCRYPT;
  }
}
