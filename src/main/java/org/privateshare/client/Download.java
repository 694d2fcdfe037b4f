package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.Response;
import org.privateshare.model.Crc32c;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A file on its way out of a share in HTTP: `Range` with `If-Range` where a part of it is here
/// (RFC 9110 section 14). Bytes of two versions never meet: what goes on must be the same version,
/// the same size and the very range that was asked for, else all begins anew.
record Download(HttpClient client, Fields fields, SharePath file) {
  Received into(LocalSink sink, Remote.Meter meter) throws Refusal, IOException {
    Optional<Part> part = sink.part();
    if (sink.connections() != 1) {
      try {
        var parallel = new ParallelDownload(client, fields, file, sink, meter);
        Optional<Received> received = parallel.run(part);
        if (received.isPresent()) {
          return received.get();
        }
      } catch (Refusal.Mismatch e) {
        part = Optional.empty();
      }
    }
    if (part.isPresent()) {
      try (Response response = client.exchange(rest(part.get()))) {
        if (goesOn(response, part.get())) {
          meter.resumed(part.get().mark().position(), part.get().size());
          return receive(response, part.get(), sink, meter);
        }
        if (response.status() != 206 && response.status() != 416) {
          return whole(response, sink, meter);
        }
      } catch (Refusal.Mismatch e) {
        // What was kept here is damaged: nothing of it is used.
      }
    }
    try (Response response = client.exchange(Request.of("GET", Url.file(file), fields))) {
      return whole(response, sink, meter);
    }
  }

  private Request rest(Part part) {
    Fields more =
        fields
            .with("Range", "bytes=" + part.mark().position() + "-")
            .with("If-Range", part.version());
    return Request.of("GET", Url.file(file), more);
  }

  private static boolean goesOn(Response response, Part part) {
    return isRange(response, part, part.mark().position(), part.size());
  }

  /// Whether an answer is of that version, and just the bytes from `from` to before `to`.
  static boolean isRange(Response response, Part part, long from, long to) {
    String range = "bytes " + from + "-" + (to - 1) + "/" + part.size();
    return response.status() == 206
        && response.fields().all("ETag").equals(List.of(part.version()))
        && response.fields().all("Content-Range").equals(List.of(range))
        && response.fields().first("Content-Encoding").isEmpty()
        && response.length().orElse(-1) == to - from;
  }

  /// The version that an answer is of, if it is one that can be asked for again.
  static Optional<String> version(Response response) {
    return response.fields().first("ETag").filter(tag -> tag.matches("\"[!-~&&[^\"]]*\""));
  }

  private Received whole(Response response, LocalSink sink, Remote.Meter meter)
      throws Refusal, IOException {
    if (response.status() == 308) {
      throw Refusal.Missing.isFolder(file);
    }
    Problems.requireStatus(response, 200);
    if (response.length().isEmpty()) {
      throw new ServerFault("the server doesn't say how long the file is");
    }
    if (response.fields().first("Content-Encoding").isPresent()) {
      throw new ServerFault("the server sends the file in a coding that nobody asked for");
    }
    long size = response.length().getAsLong();
    Optional<String> version = version(response);
    sink.begin(new Incoming(size, version));
    return receive(response, new Part(version.orElse(""), size, Mark.START), sink, meter);
  }

  private static Received receive(Response response, Part part, LocalSink sink, Remote.Meter meter)
      throws Refusal, IOException {
    Optional<Digest> announced = ReprDigest.crc32c(response.fields());
    var marks = new Marks(sink, part.mark());
    ByteBuffer piece = ByteBuffer.allocateDirect(HttpClient.BUFFER);
    try {
      for (int count = response.read(piece); count >= 0; count = response.read(piece.clear())) {
        sink.write(piece.flip());
        marks.passed(piece.rewind());
        meter.moved(marks.position(), OptionalLong.of(part.size()));
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      marks.set();
      throw e;
    }
    if (announced.isPresent() && !announced.get().equals(marks.digest())) {
      throw new Refusal.Mismatch("other bytes came than the server announced");
    }
    return new Received(part.size(), announced);
  }

  /// Tells a sink from time to time how far its bytes have come.
  private static final class Marks {
    /// Less than this is fetched again sooner than it is brought to the medium.
    private static final long BYTES = 32 << 20;

    private static final long NANOS = 1_000_000_000L;

    private final LocalSink sink;
    private final Crc32c sum;
    private long position;
    private long markedPosition;
    private long markedNanos = System.nanoTime();

    Marks(LocalSink sink, Mark from) {
      this.sink = sink;
      this.sum = new Crc32c(from.sum());
      this.position = from.position();
      this.markedPosition = position;
    }

    void passed(ByteBuffer bytes) throws IOException {
      position += bytes.remaining();
      sum.update(bytes);
      if (position - markedPosition >= BYTES || System.nanoTime() - markedNanos >= NANOS) {
        set();
      }
    }

    void set() throws IOException {
      sink.mark(new Mark(position, sum.value()));
      markedPosition = position;
      markedNanos = System.nanoTime();
    }

    long position() {
      return position;
    }

    Digest digest() {
      return sum.digest();
    }
  }
}
