package org.privateshare.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.IO;

/// A few descriptors kept back for the day when there are no others.
///
/// When an accept finds none left, these are set free for the transfers that run (a publish must
/// open folders), and nothing is accepted until they can be taken back. Thread-safe.
final class SpareDescriptors implements Closeable {
  private static final int COUNT = 16;

  private final List<SocketChannel> held = new ArrayList<>();

  /// Takes all of them, or none; returns whether they are held now.
  synchronized boolean take() {
    try {
      while (held.size() < COUNT) {
        held.add(SocketChannel.open());
      }
      return true;
    } catch (IOException noneLeft) {
      close();
      return false;
    }
  }

  /// Sets them free. Idempotent.
  @Override
  public synchronized void close() {
    held.forEach(IO::close);
    held.clear();
  }
}
