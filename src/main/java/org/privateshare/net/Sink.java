package org.privateshare.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.privateshare.model.Refusal;

/// Where [Wire#receive] puts the bytes that come.
@FunctionalInterface
public interface Sink {
  /// Takes all remaining bytes. The buffer is only lent: it is used again after the return.
  void accept(ByteBuffer bytes) throws Refusal, IOException;
}
