package org.privateshare.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/// The bytes that go along with a request. Belongs to one exchange; whoever made it closes what it
/// reads from.
public interface RequestBody {
  /// How many bytes there will be, not negative; empty where nobody knows, they are sent in chunks
  /// then.
  OptionalLong length();

  /// Reads at least one byte into `into`, which has room for one. Returns how many, or -1 at the
  /// end. Fewer or more bytes than [#length] fail the exchange, so that the server keeps nothing.
  int read(ByteBuffer into) throws IOException;

  /// These bytes.
  static RequestBody of(byte[] bytes) {
    var left = ByteBuffer.wrap(bytes);
    return new RequestBody() {
      @Override
      public OptionalLong length() {
        return OptionalLong.of(bytes.length);
      }

      @Override
      public int read(ByteBuffer into) {
        int count = Math.min(left.remaining(), into.remaining());
        into.put(left.slice(left.position(), count));
        left.position(left.position() + count);
        return count == 0 ? -1 : count;
      }
    };
  }

  /// `count` bytes of a file from `position` on. The channel's own position stays untouched.
  static RequestBody of(FileChannel file, long position, long count) {
    return new RequestBody() {
      private long done;

      @Override
      public OptionalLong length() {
        return OptionalLong.of(count);
      }

      @Override
      public int read(ByteBuffer into) throws IOException {
        if (done == count) {
          return -1;
        }
        int limit = into.limit();
        into.limit(into.position() + (int) Math.min(into.remaining(), count - done));
        try {
          int read = file.read(into, position + done);
          done += Math.max(0, read);
          return read;
        } finally {
          into.limit(limit);
        }
      }
    };
  }

  /// All that a stream gives, in chunks.
  static RequestBody of(InputStream stream) {
    ReadableByteChannel channel = Channels.newChannel(stream);
    return new RequestBody() {
      @Override
      public OptionalLong length() {
        return OptionalLong.empty();
      }

      @Override
      public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
      }
    };
  }
}
