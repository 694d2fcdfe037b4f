package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.privateshare.client.http.RequestBody;
import org.privateshare.model.Crc32c;

/// Bytes of a file as the body of a request: summed up, told to the meter, and remembered from time
/// to time while they are read.
final class SentPart implements RequestBody {
  /// How far marks lie apart, in bytes: at most so many are read again to go on.
  static final long STEP = 32 << 20;

  private final LocalFile file;
  private final long from;
  private final long to;
  private final Crc32c sum;
  private final Remote.Meter meter;
  private final Latest keeper = new Latest();
  private PutState state;
  private long at;
  private long marked;

  /// @param sum of all bytes before the first of these; goes on with these
  /// @param state what was remembered last
  SentPart(LocalFile file, long from, long to, Crc32c sum, Remote.Meter meter, PutState state) {
    this.file = file;
    this.from = from;
    this.to = to;
    this.sum = sum;
    this.meter = meter;
    this.state = state;
    this.at = from;
    this.marked = from;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(to - from);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (at == to) {
      return -1;
    }
    int count = (int) Math.min(into.remaining(), to - at);
    ByteBuffer piece = into.slice(into.position(), count);
    file.readFully(piece, at);
    sum.update(piece.flip());
    into.position(into.position() + count);
    at += count;
    if (at - marked >= STEP) {
      mark();
    }
    meter.moved(at, file.size());
    return count;
  }

  private void mark() throws IOException {
    PutState now = state.with(new Mark(at, sum.value()));
    state = now;
    marked = at;
    keeper.submit(() -> file.memory().keep(now.toString()));
  }

  /// Waits until all marks are kept.
  void await() throws IOException {
    keeper.await();
  }
}
