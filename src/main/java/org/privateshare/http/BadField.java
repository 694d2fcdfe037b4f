package org.privateshare.http;

/// A field or parameter of a request that can't be: 400, whatever was asked for.
final class BadField extends Exception {
  private static final long serialVersionUID = 1L;

  /// Says what is wrong, in words that hold nothing of what was sent.
  BadField(String message) {
    super(message, null, false, false);
  }
}
