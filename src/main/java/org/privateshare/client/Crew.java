package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.http.HttpClient;
import org.privateshare.model.Refusal;

/// Several connections that work at the blocks of one file, each with a thread of its own. One that
/// breaks off is replaced as long as it moves something. What is wrong with the file, or a no of
/// the server, ends the work of all; a server that is busy that of one.
final class Crew {
  /// How often in a row a connection may be replaced that moves nothing.
  private static final int IDLE = 1;

  /// From which round trip on several connections are worth their cost, and how many are: there one
  /// that loses packets is slow.
  private static final Duration FAR = Duration.ofMillis(20);

  private static final int MANY = 4;

  private final HttpClient client;
  private final int connections;
  private final Blocks blocks;
  private final Work work;
  private @Nullable Exception failure;

  /// Brings a block, or as much of it as can be.
  @FunctionalInterface
  interface Work {
    void bring(HttpClient connection, Blocks.Block block) throws Refusal, IOException;
  }

  /// @param client the first connection; stays the caller's to close
  Crew(HttpClient client, int connections, Blocks blocks, Work work) {
    this.client = client;
    this.connections = connections;
    this.blocks = blocks;
    this.work = work;
  }

  /// How many connections there are to be.
  ///
  /// @param roundTrip how far away the server is
  /// @param said how many, or [Habits#AS_IT_PAYS]
  static int size(Duration roundTrip, int said) {
    if (said != Habits.AS_IT_PAYS) {
      return said;
    }
    return roundTrip.compareTo(FAR) < 0 ? 1 : MANY;
  }

  /// Returns when all blocks are done. All threads have ended then, and when it throws. The first
  /// connection takes the first block.
  void run() throws Refusal, IOException {
    Blocks.Block begun = blocks.take();
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < connections; i++) {
      others.add(Thread.ofVirtual().start(this::workBeside));
    }
    try {
      workWith(client, begun);
    } finally {
      others.forEach(Crew::join);
    }
    if (!blocks.isDone()) {
      throw failed();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // It ends by itself; the file must not be closed before.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void workBeside() {
    try (HttpClient own = client.another()) {
      workWith(own, blocks.take());
    } catch (IOException e) {
      failWith(e);
    }
  }

  /// Works at blocks until there are none, or nothing moves any more.
  private void workWith(HttpClient connection, Blocks.@Nullable Block begun) {
    for (Blocks.Block block = begun; block != null; block = blocks.take()) {
      bring(connection, block);
      if (!block.isDone()) {
        blocks.giveBack(block);
        return;
      }
      if (isOver()) {
        return;
      }
    }
  }

  private void bring(HttpClient connection, Blocks.Block block) {
    int idle = 0;
    while (!block.isDone() && !isOver() && idle <= IDLE) {
      long before = block.at();
      try {
        work.bring(connection, block);
      } catch (IOException e) {
        failWith(e);
      } catch (Refusal e) {
        failWith(e);
        return;
      }
      idle = block.at() > before ? 0 : idle + 1;
    }
  }

  private synchronized boolean isOver() {
    return failure != null && isFinal(failure);
  }

  private static boolean isFinal(Exception failure) {
    return failure instanceof FileSystemException
        || (failure instanceof Refusal && !(failure instanceof Refusal.Unavailable));
  }

  private synchronized void failWith(Exception cause) {
    if (!isOver()) {
      failure = cause;
    }
  }

  private synchronized IOException failed() throws Refusal, IOException {
    if (failure instanceof Refusal refusal) {
      throw refusal;
    }
    return failure instanceof IOException e ? e : new IOException(failure);
  }
}
