package org.privateshare.blackbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Several clients at once that put, get and list until they are stopped or the server is gone.
///
/// Every put has a name of its own and goes through the journal; names have 28 bytes, which spares
/// the server its wait for more of the request. Sizes are what people have: mostly small, some at
/// the borders of pages, few large, and now and then one over a block of 32 MiB.
final class MixedLoad {
  private static final int PUTTERS = 4;
  private static final int GETTERS = 2;
  private static final long[] BORDERS = {0, 1, 4095, 4096, 4097, 65_536, 1 << 20};

  private final int port;
  private final Journal journal;
  private final List<Thread> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong gets = new AtomicLong();
  private volatile boolean stopped;

  /// Starts the clients.
  MixedLoad(int port, Journal journal, SplittableRandom random) {
    this.port = port;
    this.journal = journal;
    for (int i = 0; i < PUTTERS; i++) {
      int putter = i;
      SplittableRandom own = random.split();
      start(() -> putOnAndOn(putter, own));
    }
    for (int i = 0; i < GETTERS; i++) {
      SplittableRandom own = random.split();
      start(() -> getOnAndOn(own));
    }
    start(this::listOnAndOn);
  }

  /// How many gets have brought a whole file.
  long gets() {
    return gets.get();
  }

  /// Stops the clients, after the server has gone or when each has finished what it is at.
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread client : clients) {
      client.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a client saw what must not be", failures.peek());
    }
  }

  private void start(Runnable work) {
    clients.add(
        Thread.ofPlatform()
            .name("client")
            .start(
                () -> {
                  try {
                    work.run();
                  } catch (Throwable e) {
                    failures.add(e);
                  }
                }));
  }

  private void putOnAndOn(int putter, SplittableRandom random) {
    for (int i = 0; !stopped; i++) {
      Content content = new Content(random.nextLong(), size(random));
      String name = String.format(Locale.ROOT, "file-of-putter-%02d-no-%07d", putter, i);
      RawClassic.Fate fate = journal.put(port, name, content);
      if (fate == RawClassic.Fate.REFUSED) {
        throw new AssertionError("a free name was refused: " + name);
      }
      stopped |= fate == RawClassic.Fate.BROKEN;
    }
  }

  private void getOnAndOn(SplittableRandom random) {
    while (!stopped) {
      List<String> names = List.copyOf(journal.acknowledgedNames());
      if (names.isEmpty()) {
        Thread.onSpinWait();
        continue;
      }
      String name = names.get(random.nextInt(names.size()));
      switch (RawClassic.get(port, name, journal.acknowledged(name))) {
        case WHOLE -> gets.incrementAndGet();
        case BROKEN -> stopped = true;
        case REFUSED -> refused(name);
        case WRONG -> throw new AssertionError(name + " ended cleanly but is wrong");
      }
    }
  }

  /// A disk that has just lost its power may answer anything but bytes.
  private void refused(String name) {
    Await.until("the rest fails too once " + name + " is refused", () -> stopped);
  }

  private void listOnAndOn() {
    while (!stopped) {
      try {
        String names = RawClassic.list(port);
        if (!names.isEmpty() && !names.endsWith(", ")) {
          throw new AssertionError("a cut list that ended cleanly: " + names);
        }
      } catch (IOException e) {
        stopped = true;
      }
    }
  }

  private static long size(SplittableRandom random) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> BORDERS[random.nextInt(BORDERS.length)];
      case 3, 4 -> random.nextLong(4 << 20);
      case 5 -> random.nextLong(16 << 20);
      case 6 -> random.nextInt(4) == 0 ? (32L << 20) + random.nextLong(8 << 20) : 0;
      default -> random.nextLong(100_000);
    };
  }
}
