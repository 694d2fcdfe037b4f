package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Several clients at once that upload piece by piece, over tus, or as PUTs that they cut off
/// themselves and go on with, until the server is gone; and what must have become of it then.
final class Resumers {
  private static final int CLIENTS = 4;
  private static final long LARGEST = 48L << 20;
  private static final int LARGEST_PIECE = 8 << 20;

  /// One upload: its memory is the checker's, where no fault of the server or its disk reaches.
  private static final class Ongoing {
    private final String name;
    private final Content content;
    private volatile String location = "";
    private volatile long acknowledged;

    /// What was acknowledged before the fault began.
    private volatile long promised;

    Ongoing(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public String toString() {
      return name + " at " + location + ", " + promised + " of " + content.size();
    }

    boolean isPromised() {
      return promised == content.size();
    }

    boolean isFinished() {
      return acknowledged == content.size();
    }
  }

  /// What a check has found.
  ///
  /// @param finished uploads that were acknowledged as files
  /// @param resumed uploads that went on after the fault
  /// @param bytes of these, what was there and was not sent again
  record Tally(int finished, int resumed, long bytes) {
    Tally plus(Tally other) {
      return new Tally(finished + other.finished, resumed + other.resumed, bytes + other.bytes);
    }
  }

  private final int port;
  private final List<Thread> clients = new ArrayList<>();
  private final Queue<Ongoing> uploads = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledgements = new AtomicLong();
  private volatile boolean begins;
  private volatile boolean over;

  /// Starts the clients.
  Resumers(int port, SplittableRandom random) {
    this.port = port;
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      SplittableRandom own = random.split();
      clients.add(Thread.ofPlatform().name("resumer").start(() -> run(client, own)));
    }
  }

  /// How often the server has said that so much is safe.
  long acknowledgements() {
    return acknowledgements.get();
  }

  boolean isOver() {
    return over || !failures.isEmpty();
  }

  /// Lets nothing count that is acknowledged from now on. A force that meets with the shutdown of
  /// its file system was seen to end well though nothing had come to the medium: a small program
  /// that only appends and forces lost its last line in 7 of 50 cuts on ext4 and in 1 of 50 on xfs.
  /// So what is acknowledged in the midst of the cut says nothing, about us or against us.
  void faultBegins() {
    begins = true;
  }

  /// Tells the clients that the fault has come, and waits until each has noticed.
  void stop() throws InterruptedException {
    over = true;
    for (Thread client : clients) {
      client.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a client saw what must not be", failures.peek());
    }
  }

  private void run(int client, SplittableRandom random) {
    try (RawTus tus = RawTus.to(port)) {
      for (int i = 0; !over; i++) {
        Content content = new Content(random.nextLong(), random.nextLong(1 << 20, LARGEST));
        Ongoing upload = new Ongoing("resumed-" + client + "-" + i, content);
        uploads.add(upload);
        if (random.nextBoolean()) {
          overTus(tus, upload, random);
        } else {
          asPuts(tus, upload, random);
        }
      }
    } catch (IOException broken) {
      awaitFault("broken off: " + broken);
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  private void overTus(RawTus tus, Ongoing upload, SplittableRandom random) throws IOException {
    RawTus.Answer created = tus.create(upload.name, upload.content.size());
    if (isExpected(created, 201)) {
      upload.location = created.location();
      while (!over && !upload.isFinished()) {
        long from = upload.acknowledged;
        long to = Math.min(upload.content.size(), from + random.nextLong(1, LARGEST_PIECE));
        if (isExpected(tus.patch(upload.location, upload.content, from, to), 204)) {
          acknowledge(upload, to);
        }
      }
    }
  }

  private void asPuts(RawTus tus, Ongoing upload, SplittableRandom random) throws IOException {
    try (RawHttps client = RawHttps.connect(port, 0)) {
      client.ask("PUT", upload.name, "Content-Length: " + upload.content.size());
      client.send(upload.content, 0, random.nextLong(upload.content.size()) & -8);
      client.cut();
    }
    while (!over && !upload.isFinished()) {
      RawTus.Answer found = tus.look(upload.name);
      if (found.offset() < 0) {
        return; // too little to be kept
      }
      upload.location = found.location();
      acknowledge(upload, found.offset());
      long from = found.offset();
      long to = Math.min(upload.content.size(), from + random.nextLong(1, LARGEST_PIECE));
      int whole = to == upload.content.size() ? 201 : 202;
      if (isExpected(tus.put(upload.name, upload.content, from, to), whole)) {
        acknowledge(upload, to);
      }
    }
  }

  private void acknowledge(Ongoing upload, long offset) {
    assertThat(offset).as(upload.toString()).isGreaterThanOrEqualTo(upload.acknowledged);
    upload.acknowledged = offset;
    if (!begins) {
      upload.promised = offset;
    }
    acknowledgements.incrementAndGet();
  }

  /// Whether the answer is this; 409 and 423 tell to look again, and whatever else only a fault can
  /// make the server say.
  private boolean isExpected(RawTus.Answer answer, int status) {
    if (answer.status() != status && answer.status() != 409 && answer.status() != 423) {
      awaitFault(answer.toString());
    }
    return answer.status() == status;
  }

  private void awaitFault(String why) {
    Await.until("the fault, for it was " + why, () -> over);
  }

  /// Before the server starts again: what was acknowledged as a file is one, and what was not is
  /// one or nothing.
  void checkFiles(Path share) throws IOException {
    for (Ongoing upload : uploads) {
      Path file = share.resolve(upload.name);
      if (upload.isPromised() || Files.exists(file)) {
        assertThat(upload.content.isIn(file)).as(upload.name + " is whole").isTrue();
      }
    }
  }

  /// With the server running again: each goes on at what was acknowledged or behind it, and becomes
  /// the right file.
  Tally goOn(int again, Path share) throws IOException {
    int finished = 0;
    int resumed = 0;
    long bytes = 0;
    try (RawTus tus = RawTus.to(again)) {
      for (Ongoing upload : uploads) {
        if (upload.isPromised()) {
          finished++;
        } else if (!upload.location.isEmpty()) {
          RawTus.Answer found = tus.head(upload.location);
          assertThat(found.status()).as(upload.toString()).isEqualTo(200);
          assertThat(found.offset()).as(upload.toString()).isGreaterThanOrEqualTo(upload.promised);
          long size = upload.content.size();
          if (found.offset() < size) {
            assertThat(share.resolve(upload.name)).doesNotExist();
            RawTus.Answer sent = tus.patch(upload.location, upload.content, found.offset(), size);
            assertThat(sent.status()).as(upload.name + ": " + sent).isEqualTo(204);
          }
          resumed++;
          bytes += found.offset();
        }
      }
    }
    checkFiles(share);
    return new Tally(finished, resumed, bytes);
  }
}
