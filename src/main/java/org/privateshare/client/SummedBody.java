package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.privateshare.client.http.RequestBody;
import org.privateshare.model.Digest;

/// A source as the body of a request: summed up and told to the meter while it is read.
final class SummedBody implements RequestBody {
  private final LocalSource source;
  private final Remote.Meter meter;
  private final CRC32C sum = new CRC32C();
  private long moved;

  SummedBody(LocalSource source, Remote.Meter meter) {
    this.source = source;
    this.meter = meter;
  }

  @Override
  public OptionalLong length() {
    return source.size();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int start = into.position();
    int count = source.read(into);
    if (count < 0) {
      source.requireUnchanged();
      return count;
    }
    sum.update(into.slice(start, count));
    moved += count;
    if (moved == source.size().orElse(-1)) {
      // The last moment: with these bytes the far end has all of the file.
      source.requireUnchanged();
    }
    meter.moved(moved, source.size());
    return count;
  }

  /// How many bytes were read.
  long moved() {
    return moved;
  }

  /// The sum of what was read.
  Digest digest() {
    return Digest.crc32c(sum.getValue());
  }
}
