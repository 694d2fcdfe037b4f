package org.privateshare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.net.Http2Peer.DATA;
import static org.privateshare.net.Http2Peer.END_HEADERS;
import static org.privateshare.net.Http2Peer.END_STREAM;
import static org.privateshare.net.Http2Peer.HEADERS;
import static org.privateshare.net.Http2Peer.WINDOW_UPDATE;
import static org.privateshare.net.Http2Peer.head;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.privateshare.net.Http2Peer.Frame;

/// How much may be under way over HTTP/2, seen from the peer that sends it.
@Timeout(60)
final class GrowingWindowsTest extends HttpFixture {
  private static final int FRAME = 1 << 14;
  private static final long MUCH = 24 << 20;

  /// A peer that sends as much as it may and keeps count of what that is.
  private static final class Uploader implements Closeable {
    private final Http2Peer peer;
    private int stream = -1;

    /// The first 65,535 bytes of a connection are a matter of course, and no part of the sum.
    private long room = 65_535;

    private long roomOfStream;

    private Uploader(Http2Peer peer) {
      this.peer = peer;
    }

    private void begin() throws IOException {
      stream += 2;
      roomOfStream = GrowingWindows.FIRST_OF_STREAM;
      peer.send(HEADERS, END_HEADERS, stream, head("PUT", "/count"));
    }

    private void send(long bytes) throws IOException {
      for (long sent = 0; sent < bytes; sent += FRAME) {
        while (room < FRAME || roomOfStream < FRAME) {
          hear();
        }
        room -= FRAME;
        roomOfStream -= FRAME;
        peer.send(DATA, 0, stream, new byte[FRAME]);
      }
    }

    private void hear() throws IOException {
      Frame update = peer.await(frame -> frame.type() == WINDOW_UPDATE).orElseThrow();
      long more = update.payload().getInt(0);
      if (update.stream() == 0) {
        room += more;
      } else {
        roomOfStream += more;
      }
    }

    /// Ends the request, and says how large the window is now that all has been read.
    private long end() throws IOException {
      while (roomOfStream < GrowingWindows.FIRST_OF_STREAM * 3 / 4) {
        hear();
      }
      peer.send(DATA, END_STREAM, stream, new byte[0]);
      while (true) {
        Frame frame = peer.next().orElseThrow();
        if (frame.type() == WINDOW_UPDATE && frame.stream() == 0) {
          room += frame.payload().getInt(0);
        } else if (frame.type() == DATA) {
          return room;
        }
      }
    }

    private long upload(long bytes) throws IOException {
      begin();
      send(bytes);
      return end();
    }

    @Override
    public void close() throws IOException {
      peer.close();
    }
  }

  private Uploader uploader() throws Exception {
    return new Uploader(Http2Peer.over(secure(listener.port())));
  }

  @Test
  void whoSendsMuchMayHaveMoreUnderWayAndOthersMayNot() throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (Uploader one = uploader();
        Uploader other = uploader()) {
      assertThat(one.upload(MUCH)).isBetween(GrowingWindows.LARGEST * 3L / 4, 8L << 20);
      assertThat(one.upload(FRAME)).isGreaterThan(GrowingWindows.LARGEST * 3L / 4);
      assertThat(other.upload(FRAME)).isLessThanOrEqualTo(GrowingWindows.FIRST);
    }
  }

  @Test
  void allThatGrowShareWhatThereIsAndGiveItBack() throws Exception {
    start(OPTIONS, TlsOptions.best());
    for (int round = 0; round < 2; round++) {
      List<Uploader> all = new ArrayList<>();
      long sum = 0;
      for (int i = 0; i < 8; i++) {
        Uploader uploader = uploader();
        all.add(uploader);
        sum += uploader.upload(MUCH);
      }
      assertThat(sum).isBetween(40L << 20, (48L << 20) + 8 * GrowingWindows.FIRST);
      for (Uploader uploader : all) {
        uploader.close();
      }
    }
  }
}
