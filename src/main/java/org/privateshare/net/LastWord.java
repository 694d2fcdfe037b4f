package org.privateshare.net;

import org.eclipse.jetty.io.QuietException;

/// Fails an answer whose last words have said why: its connection isn't reset, which could lose
/// them, but closed without the end of the chunks. In HTTP/2 the stream is reset behind them.
public final class LastWord extends QuietException.Exception {
  private static final long serialVersionUID = 1L;

  /// The failure of an answer that has come in chunks.
  public LastWord() {
    super("the answer was broken off");
  }
}
