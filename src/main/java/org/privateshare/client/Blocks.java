package org.privateshare.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Crc32c;

/// The rest of a file in pieces that several connections work at, and how far they have come
/// without a gap. For all their threads.
final class Blocks {
  /// In bytes: large against a round trip.
  private static final long SMALLEST = 2 << 20;

  /// In bytes: small against what is fetched again after a cut.
  private static final long LARGEST = 8 << 20;

  /// How many there are for each connection at least, so that all end at about the same time.
  private static final long EACH = 4;

  private final long end;
  private final long size;
  private final Deque<Block> returned = new ArrayDeque<>();
  private final Map<Long, Block> blocks = new HashMap<>();
  private long next;
  private Mark reached;
  private long moved;

  /// A part of the file. One thread at a time brings it, and changes it by [#advance] alone.
  static final class Block {
    final long to;
    private final long from;
    private final Crc32c sum = new Crc32c();
    private long at;

    private Block(long from, long to) {
      this.from = from;
      this.to = to;
      this.at = from;
    }

    /// Where it goes on.
    long at() {
      return at;
    }

    boolean isDone() {
      return at == to;
    }
  }

  /// All from `start` on to before `end`.
  Blocks(Mark start, long end, int connections) {
    this.size = Math.clamp((end - start.position()) / (EACH * connections), SMALLEST, LARGEST);
    this.reached = start;
    this.next = start.position();
    this.moved = start.position();
    this.end = end;
  }

  /// What is to be done next; null where others do what is left.
  synchronized @Nullable Block take() {
    if (!returned.isEmpty()) {
      return returned.removeFirst();
    }
    if (next == end) {
      return null;
    }
    var block = new Block(next, Math.min(end, next + size));
    next = block.to;
    Block _ = blocks.put(block.from, block);
    return block;
  }

  /// What is left of a block is somebody else's.
  synchronized void giveBack(Block block) {
    returned.add(block);
  }

  /// Bytes of a block are in the file, all that remain in `piece`. Returns how many there are of
  /// the file, those beyond gaps included.
  synchronized long advance(Block block, ByteBuffer piece) {
    moved += piece.remaining();
    block.at += piece.remaining();
    block.sum.update(piece);
    return moved;
  }

  /// How far all have come without a gap.
  synchronized Mark reached() {
    Block first = blocks.get(reached.position());
    while (first != null && first.isDone()) {
      Block _ = blocks.remove(reached.position());
      reached = behind(first);
      first = blocks.get(reached.position());
    }
    return first == null ? reached : behind(first);
  }

  private Mark behind(Block block) {
    long sum = Crc32c.combine(reached.sum(), block.sum.value(), block.at - block.from);
    return new Mark(block.at, sum);
  }

  synchronized boolean isDone() {
    return reached().position() == end;
  }
}
