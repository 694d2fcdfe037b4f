package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

  /// What is asked for to learn how large the file is, in bytes; smaller files come whole with it.
  private static final long BEGINNING = 4 << 20;

  private static final Pattern RANGE = Pattern.compile("bytes 0-[0-9]{1,18}/([0-9]{1,18})");

  private static final long MARK_NANOS = 1_000_000_000L;

  private final HttpClient client;
  private final Fields fields;
  private final SharePath file;
  private final LocalSink sink;
  private final Remote.Meter meter;
  private @Nullable Response first;
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
    long from = kept.map(part -> part.mark().position()).orElse(0L);
    Optional<String> version = kept.map(Part::version);
    try (Response response = client.exchange(range(from, from + BEGINNING, version))) {
      Optional<Part> part = kept.or(() -> announced(response));
      if (part.isPresent()) {
        long to = Math.min(part.get().size(), from + BEGINNING);
        if (Download.isRange(response, part.get(), from, to)) {
          first = response;
          return Optional.of(fetch(part.get(), to, ReprDigest.crc32c(response.fields())));
        }
      }
    }
    return kept.isPresent() ? run(Optional.empty()) : Optional.empty();
  }

  private Request range(long from, long to, Optional<String> version) {
    Fields more = fields.with("Range", "bytes=" + from + "-" + (to - 1));
    Fields all = version.map(tag -> more.with("If-Range", tag)).orElse(more);
    return Request.of("GET", Url.file(file), all);
  }

  /// What a first range is of, as its answer says.
  private static Optional<Part> announced(Response response) {
    Matcher range = RANGE.matcher(response.fields().first("Content-Range").orElse(""));
    return Download.version(response)
        .filter(tag -> range.matches())
        .map(tag -> new Part(tag, Long.parseLong(range.group(1)), Mark.START));
  }

  /// @param to how far the first answer goes, which has come
  private Received fetch(Part part, long to, Optional<Digest> announced)
      throws Refusal, IOException {
    begin(part);
    int several = Crew.size(client.roundTrip(), sink.connections());
    int connections = part.size() < FROM ? 1 : several;
    long largest = connections == 1 ? part.size() : LARGEST;
    var blocks = new Blocks(part.mark(), List.of(), part.size(), connections, largest);
    blocks.giveBack(blocks.takeUpTo(to));
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
    return new Received(part.size(), announced);
  }

  private void begin(Part part) throws IOException {
    if (part.mark().position() > 0) {
      meter.resumed(part.mark().position(), part.size());
      return;
    }
    sink.begin(new Incoming(part.size(), Optional.of(part.version())));
    // The staging file is there before several threads ask for it.
    sink.write(ByteBuffer.allocate(0));
  }

  private void bring(HttpClient connection, Blocks.Block block, Part part, Blocks blocks)
      throws Refusal, IOException {
    Response begun = connection == client ? first : null;
    if (begun != null) {
      // The first connection is the one that takes the first block.
      first = null;
      receive(begun, block, part, blocks);
      return;
    }
    Request request = range(block.at(), block.to, Optional.of(part.version()));
    try (Response response = connection.exchange(request)) {
      if (!Download.isRange(response, part, block.at(), block.to)) {
        Problems.requireStatus(response, 200, 206, 416);
        throw new Refusal.Mismatch("the file was replaced while it came");
      }
      receive(response, block, part, blocks);
    }
  }

  private void receive(Response response, Blocks.Block block, Part part, Blocks blocks)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(HttpClient.BUFFER);
    for (int count = response.read(piece); count >= 0; count = response.read(piece.clear())) {
      sink.write(piece.flip(), block.at());
      moved(blocks, block, piece.rewind(), part);
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
