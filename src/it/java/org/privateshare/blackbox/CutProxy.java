package org.privateshare.blackbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The way between a client and a server, which breaks at given bytes: everything that goes through
/// it at that moment is cut off. Thread-safe.
///
/// Bytes are counted over all connections, each way for itself, as the two sides send them: of what
/// is encrypted the whole records count.
final class CutProxy implements AutoCloseable {
  enum Way {
    UP,
    DOWN
  }

  /// What the two sides notice of a cut.
  enum How {
    FIN,
    RESET,
    /// The client is reset, and the server hears nothing of it.
    UNHEARD,
    /// Nobody hears anything any more.
    SILENCE
  }

  private record Event(long at, Runnable act) {}

  private static final int PIECE_BYTES = 1 << 16;
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final ServerSocketChannel door;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final Map<Way, Long> passed = new EnumMap<>(Map.of(Way.UP, 0L, Way.DOWN, 0L));
  private final Map<Way, Queue<Event>> events = new EnumMap<>(Way.class);
  private volatile int target;

  private CutProxy(ServerSocketChannel door, int target) {
    this.door = door;
    this.target = target;
    for (Way way : Way.values()) {
      events.put(way, new PriorityQueue<>(Comparator.comparingLong(Event::at)));
    }
    var _ = Thread.ofVirtual().start(this::accept);
  }

  /// A way to a port of this machine.
  static CutProxy to(int port) throws IOException {
    return new CutProxy(ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0)), port);
  }

  int port() {
    return ((InetSocketAddress) localAddress()).getPort();
  }

  private SocketAddress localAddress() {
    try {
      return door.getLocalAddress();
    } catch (IOException e) {
      throw new AssertionError("closed", e);
    }
  }

  /// Where connections go from now on.
  void target(int port) {
    target = port;
  }

  /// Cuts off what is there when so many bytes have gone that way.
  void cutAt(Way way, long bytes, How how) {
    at(way, bytes, () -> cut(how));
  }

  /// Does something when so many bytes have gone that way; nothing goes on there before it is done.
  void at(Way way, long bytes, Runnable act) {
    synchronized (events) {
      eventsOf(way).add(new Event(bytes, act));
    }
  }

  /// How many cuts and other things are still to come.
  int left() {
    synchronized (events) {
      return events.values().stream().mapToInt(Queue::size).sum();
    }
  }

  /// How many bytes have gone that way.
  long passed(Way way) {
    synchronized (events) {
      return passed.getOrDefault(way, 0L);
    }
  }

  /// Cuts off what is there now.
  void cut(How how) {
    lines.forEach(line -> line.cut(how));
  }

  private Queue<Event> eventsOf(Way way) {
    return Objects.requireNonNull(events.get(way));
  }

  private int room(Way way) {
    synchronized (events) {
      Event next = eventsOf(way).peek();
      long room = next == null ? PIECE_BYTES : next.at - passed(way);
      return Math.clamp(room, 1, PIECE_BYTES);
    }
  }

  private void count(Way way, int bytes) {
    long now;
    synchronized (events) {
      now = passed(way) + bytes;
      passed.put(way, now);
    }
    while (true) {
      Event due;
      synchronized (events) {
        Event next = eventsOf(way).peek();
        if (next == null || next.at > now) {
          return;
        }
        due = eventsOf(way).remove();
      }
      due.act.run();
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = door.accept();
        try {
          Line line = new Line(client, SocketChannel.open(new InetSocketAddress(HERE, target)));
          lines.add(line);
          line.start();
        } catch (IOException refused) {
          reset(client);
        }
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private static void reset(SocketChannel side) {
    try {
      var _ = side.setOption(StandardSocketOptions.SO_LINGER, 0);
      side.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Line line : lines) {
      reset(line.client);
      reset(line.server);
    }
  }

  private final class Line {
    private final SocketChannel client;
    private final SocketChannel server;
    private volatile boolean isCut;
    private volatile boolean isSilent;

    private Line(SocketChannel client, SocketChannel server) throws IOException {
      this.client = client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      this.server = server.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private void start() {
      var _ = Thread.ofPlatform().daemon().start(() -> pump(client, server, Way.UP));
      var _ = Thread.ofPlatform().daemon().start(() -> pump(server, client, Way.DOWN));
    }

    private void pump(SocketChannel from, SocketChannel to, Way way) {
      ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
      try {
        while (!isSilent && from.read(piece.clear().limit(room(way))) >= 0) {
          piece.flip();
          int bytes = piece.remaining();
          while (!isCut && piece.hasRemaining()) {
            var _ = to.write(piece);
          }
          if (!isCut) {
            count(way, bytes);
          }
        }
        if (!isCut) {
          var _ = to.shutdownOutput();
        }
      } catch (IOException broken) {
        if (!isCut) {
          reset(client);
          reset(server);
        }
      }
    }

    private void cut(How how) {
      isCut = true;
      switch (how) {
        case FIN -> {
          end(client);
          end(server);
        }
        case RESET -> {
          reset(client);
          reset(server);
        }
        case UNHEARD -> {
          isSilent = true;
          reset(client);
        }
        case SILENCE -> isSilent = true;
      }
    }

    /// What the other side still sends is taken and dropped, or a reset would be the answer.
    private static void end(SocketChannel side) {
      try {
        var _ = side.shutdownOutput();
      } catch (IOException e) {
        // It is closed already.
      }
    }
  }
}
