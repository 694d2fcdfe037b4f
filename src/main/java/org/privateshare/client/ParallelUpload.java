package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.RequestBody;
import org.privateshare.model.Crc32c;
import org.privateshare.model.Refusal;

/// A large file on its way into one session over several connections, block by block. A block
/// counts when the server has it for good; of one that was broken off the server says how far it
/// has come.
final class ParallelUpload {
  /// What a block may have, in bytes: as much as the server forces at once, and all that is read
  /// again of it after a cut.
  private static final long LARGEST = 32 << 20;

  private final UploadSession session;
  private final int connections;
  private final LocalFile file;
  private final Remote.Meter meter;
  private final Blocks blocks;
  private final Latest keeper = new Latest();
  private PutState state;
  private long settled;

  /// @param there what the server has already
  /// @param end where the bytes begin that are held back
  /// @param state what was remembered last
  ParallelUpload(
      UploadSession session,
      LocalFile file,
      SentBefore.There there,
      long end,
      Remote.Meter meter,
      PutState state) {
    this.session = session;
    this.connections = connections(session.client(), file);
    this.file = file;
    this.meter = meter;
    this.state = state;
    this.blocks = new Blocks(there.reached(), there.beyond(), end, connections, LARGEST);
  }

  /// How many connections are to send a file.
  static int connections(HttpClient client, LocalFile file) {
    return Crew.size(client.roundTrip(), file.connections());
  }

  /// Sends all but the last bytes; returns what these sum up to.
  Crc32c run() throws Refusal, IOException {
    try {
      new Crew(session.client(), connections, blocks, this::bring).run();
      return new Crc32c(blocks.reached().sum());
    } finally {
      keep();
      keeper.await();
    }
  }

  private void bring(HttpClient connection, Blocks.Block block) throws Refusal, IOException {
    if (block.isInDoubt()) {
      ask(connection, block);
    }
    if (!block.isDone()) {
      blocks.doubt(block);
      var body = new Body(block);
      session.sendBeside(connection, block.at(), block.to - block.at(), body);
      settle(block, block.to, body.sum.value());
    }
  }

  /// Learns how far a block has come that was broken off.
  private void ask(HttpClient connection, Blocks.Block block) throws Refusal, IOException {
    UploadSession.State now = session.over(connection).state().orElseThrow(Refusal.Missing::upload);
    long end = Math.min(block.to, now.end(block.at()));
    settle(block, end, file.sum(block.at(), end));
  }

  private synchronized void settle(Blocks.Block block, long at, long sum) throws IOException {
    settled += at - block.at();
    blocks.settle(block, at, sum);
    if (settled >= SentPart.STEP) {
      settled = 0;
      keep();
    }
  }

  private synchronized void keep() throws IOException {
    PutState now = state.with(blocks.reached(), blocks.beyond());
    state = now;
    keeper.submit(() -> file.memory().keep(now.toString()));
  }

  /// Tells how far all have come: one thread at a time, as the meter wants it.
  private synchronized void moved(Blocks.Block block, int count) {
    meter.moved(blocks.sent(block, count), file.size());
  }

  /// What is missing of a block.
  private final class Body implements RequestBody {
    private final Crc32c sum = new Crc32c();
    private final Blocks.Block block;
    private long at;

    private Body(Blocks.Block block) {
      this.block = block;
      this.at = block.at();
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(block.to - block.at());
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (at == block.to) {
        return -1;
      }
      int count = (int) Math.min(into.remaining(), block.to - at);
      ByteBuffer piece = into.slice(into.position(), count);
      file.readFully(piece, at);
      sum.update(piece.flip());
      into.position(into.position() + count);
      at += count;
      moved(block, count);
      return count;
    }
  }
}
