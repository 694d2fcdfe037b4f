package org.privateshare.net;

/// What the first bytes of a connection say about one protocol.
public enum Match {
  /// The connection speaks it.
  YES,
  /// The connection doesn't.
  NO,
  /// More bytes are needed to tell.
  MORE
}
