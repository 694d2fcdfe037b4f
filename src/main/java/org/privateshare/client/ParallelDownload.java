package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.Response;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A large file on its way out of a share over several connections, each with a thread of its own,
/// block by block into one staging file. Every block must be of the same version, else all begins
/// anew on one connection. A connection that breaks off is replaced as long as it moves something.
final class ParallelDownload {
  /// Smaller ones have come before a second connection is open.
  private static final long FROM = 32 << 20;

  private static final long MARK_NANOS = 1_000_000_000L;

  private final HttpClient client;
  private final Request head;
  private final Fields fields;
  private final SharePath file;
  private final LocalSink sink;
  private final Remote.Meter meter;
  private @Nullable Exception failure;
  private boolean otherVersion;
  private long marked = System.nanoTime();

  ParallelDownload(
      HttpClient client, Fields fields, SharePath file, LocalSink sink, Remote.Meter meter) {
    this.client = client;
    this.head = Request.of("HEAD", Url.file(file), fields);
    this.fields = fields;
    this.file = file;
    this.sink = sink;
    this.meter = meter;
  }

  /// Brings the file; empty where it is to come over one connection.
  ///
  /// @param kept what has come before
  /// @throws Refusal.Mismatch where what has come is of no use
  Optional<Received> run(Optional<Part> kept) throws Refusal, IOException {
    try (Response response = client.exchange(head)) {
      if (response.status() == 308) {
        return Optional.empty();
      }
      Problems.requireStatus(response, 200);
      Optional<String> version = Download.version(response);
      String length = response.fields().first("Content-Length").orElse("");
      if (version.isEmpty() || !length.matches("[0-9]{1,18}") || Long.parseLong(length) < FROM) {
        return Optional.empty();
      }
      Part now = new Part(version.get(), Long.parseLong(length), Mark.START);
      Optional<Digest> announced = ReprDigest.crc32c(response.fields());
      return fetch(start(now, kept), announced);
    }
  }

  private Part start(Part now, Optional<Part> kept) throws IOException {
    if (kept.isPresent()
        && kept.get().version().equals(now.version())
        && kept.get().size() == now.size()) {
      meter.resumed(kept.get().mark().position(), now.size());
      return kept.get();
    }
    sink.begin(new Incoming(now.size(), Optional.of(now.version())));
    // The staging file is there before several threads ask for it.
    sink.write(ByteBuffer.allocate(0));
    return now;
  }

  private Optional<Received> fetch(Part part, Optional<Digest> announced)
      throws Refusal, IOException {
    // All threads have ended when this returns: the file stays the caller's to close.
    var blocks = new Blocks(part.mark(), part.size(), sink.connections());
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < sink.connections(); i++) {
      others.add(Thread.ofVirtual().start(() -> workBeside(part, blocks)));
    }
    try {
      work(client, part, blocks);
    } finally {
      others.forEach(ParallelDownload::join);
    }
    if (otherVersion) {
      throw new Refusal.Mismatch("the file was replaced while it came");
    }
    sink.mark(blocks.reached());
    if (!blocks.isDone()) {
      throw failed();
    }
    if (announced.isPresent() && !announced.get().equals(Digest.crc32c(blocks.reached().sum()))) {
      throw new Refusal.Mismatch("other bytes came than the server announced");
    }
    return Optional.of(new Received(part.size(), announced));
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

  private synchronized IOException failed() throws Refusal, IOException {
    if (failure instanceof Refusal refusal) {
      throw refusal;
    }
    return failure instanceof IOException e ? e : new IOException(failure);
  }

  private synchronized boolean isOver() {
    return otherVersion || failure instanceof Refusal || failure instanceof FileSystemException;
  }

  private synchronized void failWith(Exception cause) {
    failure = cause;
  }

  private synchronized void otherVersion() {
    otherVersion = true;
  }

  /// Tells how far all have come: one thread at a time, as the meter and the sink want it.
  private synchronized void moved(Blocks blocks, Blocks.Block block, ByteBuffer piece, Part part)
      throws IOException {
    meter.moved(blocks.advance(block, piece), OptionalLong.of(part.size()));
    if (System.nanoTime() - marked >= MARK_NANOS) {
      sink.mark(blocks.reached());
      marked = System.nanoTime();
    }
  }

  private void workBeside(Part part, Blocks blocks) {
    try (HttpClient own = client.another()) {
      work(own, part, blocks);
    } catch (IOException e) {
      failWith(e);
    }
  }

  /// Works at blocks until there are none, or nothing comes any more.
  private void work(HttpClient connection, Part part, Blocks blocks) throws IOException {
    for (Blocks.Block block = blocks.take(); block != null; block = blocks.take()) {
      bring(connection, block, part, blocks);
      if (!block.isDone()) {
        blocks.giveBack(block);
        return;
      }
      if (isOver()) {
        return;
      }
    }
  }

  /// Brings a block, or what of it comes.
  private void bring(HttpClient connection, Blocks.Block block, Part part, Blocks blocks) {
    long before;
    do {
      before = block.at();
      try {
        request(connection, block, part, blocks);
      } catch (IOException | Refusal e) {
        failWith(e);
      }
    } while (!block.isDone() && !isOver() && block.at() > before);
  }

  private void request(HttpClient connection, Blocks.Block block, Part part, Blocks blocks)
      throws Refusal, IOException {
    Fields more =
        fields
            .with("Range", "bytes=" + block.at() + "-" + (block.to - 1))
            .with("If-Range", part.version());
    try (Response response = connection.exchange(Request.of("GET", Url.file(file), more))) {
      if (!Download.isRange(response, part, block.at(), block.to)) {
        Problems.requireStatus(response, 200, 206, 416);
        otherVersion();
        return;
      }
      ByteBuffer piece = ByteBuffer.allocateDirect(HttpClient.BUFFER);
      for (int count = response.read(piece); count >= 0; count = response.read(piece.clear())) {
        sink.write(piece.flip(), block.at());
        moved(blocks, block, piece.rewind(), part);
      }
    }
  }
}
