package org.privateshare.blackbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Several clients at once that put, change, get and list through both doors until they are stopped
/// or the server is gone.
///
/// Every put has a name of its own, but for those of the changers, who replace, remove, rename and
/// put anew the few names that each has; all go through the journal. Names have 28 bytes, which
/// spares the classic door its wait for more of the request. Sizes are what people have: mostly
/// small, some at the borders of pages, few large, and now and then one over a block of 32 MiB.
final class MixedLoad {
  private static final int PUTTERS = 5;
  private static final int CHANGERS = 3;
  private static final int GETTERS = 2;

  /// How many names a changer has.
  private static final int NAMES = 4;

  private static final long[] BORDERS = {0, 1, 4095, 4096, 4097, 65_536, 1 << 20};

  private final int port;
  private final Journal journal;
  private final List<Thread> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong gets = new AtomicLong();

  /// Names of files that nobody changes.
  private final List<String> lasting = new CopyOnWriteArrayList<>();

  private volatile boolean stopped;

  /// Starts the clients.
  MixedLoad(int port, Journal journal, SplittableRandom random) {
    this.port = port;
    this.journal = journal;
    for (int i = 0; i < PUTTERS; i++) {
      int putter = i;
      SplittableRandom own = random.split();
      start(() -> putOnAndOn(Door.ofTurn(putter), putter, own));
    }
    for (int i = 0; i < CHANGERS; i++) {
      int changer = i;
      SplittableRandom own = random.split();
      start(() -> changeOnAndOn(changer, own));
    }
    for (int i = 0; i < GETTERS; i++) {
      Door door = Door.ofTurn(i);
      SplittableRandom own = random.split();
      start(() -> getOnAndOn(door, own));
    }
    start(this::listOnAndOn);
  }

  /// How many gets have brought a whole file.
  long gets() {
    return gets.get();
  }

  /// Whether a client has met with something that ends the load.
  boolean isOver() {
    return stopped || !failures.isEmpty();
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

  private void putOnAndOn(Door door, int putter, SplittableRandom random) {
    for (int i = 0; !stopped; i++) {
      Content content = new Content(random.nextLong(), size(random));
      String name = String.format(Locale.ROOT, "file-of-putter-%02d-no-%07d", putter, i);
      if (goesOn(name, journal.put(door, port, name, content))) {
        lasting.add(name);
      }
    }
  }

  /// A disk that has just lost its power may refuse what it took the moment before.
  private void changeOnAndOn(int changer, SplittableRandom random) {
    List<String> free = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < NAMES; i++) {
      free.add(String.format(Locale.ROOT, "of-changer-%02d-with-number-%d", changer, i));
    }
    while (!stopped) {
      String name = taken.isEmpty() ? "" : taken.get(random.nextInt(taken.size()));
      switch (taken.isEmpty() ? 9 : random.nextInt(10)) {
        case 0, 1 -> {
          if (goesOn(name, journal.remove(port, name))) {
            taken.remove(name);
            free.add(name);
          }
        }
        case 2 -> {
          if (!free.isEmpty() && goesOn(name, journal.move(port, name, free.getFirst()))) {
            taken.remove(name);
            taken.add(free.removeFirst());
            free.add(name);
          }
        }
        case 3, 4, 5, 6, 7 -> {
          Content content = telling(random);
          var _ = goesOn(name, journal.replace(port, name, content));
        }
        default -> {
          Content content = telling(random);
          if (!free.isEmpty()
              && goesOn(free.getFirst(), journal.put(Door.HTTPS, port, free.getFirst(), content))) {
            taken.add(free.removeFirst());
          }
        }
      }
    }
  }

  /// Whether a change was acknowledged; if not, the server is gone, or has refused what it must
  /// not.
  private boolean goesOn(String name, Door.Fate fate) {
    if (fate == Door.Fate.REFUSED) {
      throw new AssertionError("refused without a reason: " + name);
    }
    stopped |= fate == Door.Fate.BROKEN;
    return fate == Door.Fate.ACKNOWLEDGED;
  }

  private void getOnAndOn(Door door, SplittableRandom random) {
    while (!stopped) {
      List<String> names = List.copyOf(lasting);
      if (names.isEmpty()) {
        Thread.onSpinWait();
        continue;
      }
      String name = names.get(random.nextInt(names.size()));
      switch (door.get(port, name, journal.acknowledged(name))) {
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

  /// Long enough to differ from what it takes the place of, so that a check can tell the two.
  private static Content telling(SplittableRandom random) {
    return new Content(random.nextLong(), Math.max(Content.CLAIM_BYTES, size(random)));
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
