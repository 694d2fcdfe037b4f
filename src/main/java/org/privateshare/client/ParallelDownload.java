package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.Response;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A large file on its way out of a share over several connections, block by block into one staging
/// file. Every block must be of the same version, else all begins anew on one connection.
final class ParallelDownload {
  /// Smaller ones have come before a second connection is open.
  private static final long FROM = 32 << 20;

  /// What a block may have, in bytes: small against what is fetched again after a cut.
  private static final long LARGEST = 8 << 20;

  private static final long MARK_NANOS = 1_000_000_000L;

  private final HttpClient client;
  private final Fields fields;
  private final SharePath file;
  private final LocalSink sink;
  private final Remote.Meter meter;
  private long marked = System.nanoTime();

  ParallelDownload(
      HttpClient client, Fields fields, SharePath file, LocalSink sink, Remote.Meter meter) {
    this.client = client;
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
    try (Response response = client.exchange(Request.of("HEAD", Url.file(file), fields))) {
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
    int connections = sink.connections();
    var blocks = new Blocks(part.mark(), List.of(), part.size(), connections, LARGEST);
    try {
      new Crew(client, connections, blocks, (own, block) -> bring(own, block, part, blocks)).run();
    } catch (Refusal.Mismatch e) {
      throw e;
    } catch (Refusal | IOException e) {
      sink.mark(blocks.reached());
      throw e;
    }
    sink.mark(blocks.reached());
    if (announced.isPresent() && !announced.get().equals(Digest.crc32c(blocks.reached().sum()))) {
      throw new Refusal.Mismatch("other bytes came than the server announced");
    }
    return Optional.of(new Received(part.size(), announced));
  }

  private void bring(HttpClient connection, Blocks.Block block, Part part, Blocks blocks)
      throws Refusal, IOException {
    Fields more =
        fields
            .with("Range", "bytes=" + block.at() + "-" + (block.to - 1))
            .with("If-Range", part.version());
    try (Response response = connection.exchange(Request.of("GET", Url.file(file), more))) {
      if (!Download.isRange(response, part, block.at(), block.to)) {
        Problems.requireStatus(response, 200, 206, 416);
        throw new Refusal.Mismatch("the file was replaced while it came");
      }
      ByteBuffer piece = ByteBuffer.allocateDirect(HttpClient.BUFFER);
      for (int count = response.read(piece); count >= 0; count = response.read(piece.clear())) {
        sink.write(piece.flip(), block.at());
        moved(blocks, block, piece.rewind(), part);
      }
    }
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
}
