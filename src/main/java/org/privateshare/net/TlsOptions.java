package org.privateshare.net;

/// How TLS is done.
///
/// @param provider whose implementation
/// @param packsRecords whether one read or write of the socket carries many records, which costs a
///   fifth to a quarter less than one record each
public record TlsOptions(TlsProvider provider, boolean packsRecords) {
  private static final String RECORDS = "privateshare.tls.records";

  /// The fastest way there is on this machine; `-Dprivateshare.tls.records=single` leaves out the
  /// packing, to measure what it is good for.
  public static TlsOptions best() {
    return new TlsOptions(TlsProvider.best(), !"single".equals(System.getProperty(RECORDS)));
  }

  /// The same by another provider.
  TlsOptions withProvider(TlsProvider other) {
    return new TlsOptions(other, packsRecords);
  }
}
