package org.privateshare.net;

/// How TLS is done.
///
/// @param provider whose implementation
/// @param packsRecords whether one read or write of the socket carries many records, which costs a
///   fifth to a quarter less than one record each
public record TlsOptions(TlsProvider provider, boolean packsRecords) {
  /// The fastest way there is on this machine.
  public static TlsOptions best() {
    return new TlsOptions(TlsProvider.best(), true);
  }
}
