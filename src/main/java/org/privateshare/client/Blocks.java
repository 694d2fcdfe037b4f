package org.privateshare.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Crc32c;

/// The rest of a file in pieces that several connections work at, and how far they have come. The
/// last ones are smaller, so that all connections end at about the same time. For all their
/// threads.
final class Blocks {
  /// They begin where something ends that was there before, or at multiples of this.
  private static final long GRID = 1 << 20;

  /// In bytes: large against a round trip.
  private static final long SMALLEST = 2 << 20;

  /// How many there are left for each connection at least, until they become too small.
  private static final long EACH = 2;

  private final long end;
  private final long shares;
  private final long largest;
  private final Deque<Block> returned = new ArrayDeque<>();
  private final NavigableMap<Long, Block> blocks = new TreeMap<>();
  private long next;
  private Mark reached;
  private long moved;

  /// A part of the file. One thread at a time brings it, and changes it by methods of [Blocks]
  /// alone.
  static final class Block {
    final long to;
    private final long from;
    private Crc32c sum;
    private long at;
    private long underway;
    private boolean isInDoubt;

    private Block(long from, long to) {
      this.from = from;
      this.to = to;
      this.at = from;
      this.sum = new Crc32c();
    }

    private Block(Span there) {
      this.from = there.from();
      this.to = there.to();
      this.at = to;
      this.sum = new Crc32c(there.sum());
    }

    /// Where it goes on.
    long at() {
      return at;
    }

    boolean isDone() {
      return at == to;
    }

    /// Whether more of it may be there than [#at] says.
    boolean isInDoubt() {
      return isInDoubt;
    }
  }

  /// All from `start` on to before `end` but what is there already.
  ///
  /// @param beyond what is there behind `start`, in order
  /// @param largest how many bytes a block may have
  Blocks(Mark start, List<Span> beyond, long end, int connections, long largest) {
    this.shares = connections == 1 ? 1 : EACH * connections;
    this.largest = largest;
    this.reached = start;
    this.next = start.position();
    this.moved = start.position();
    this.end = end;
    for (Span span : beyond) {
      Block _ = blocks.put(span.from(), new Block(span));
      moved += span.length();
    }
  }

  /// What is to be done next; null where others do what is left.
  synchronized @Nullable Block take() {
    if (!returned.isEmpty()) {
      return returned.removeFirst();
    }
    for (Block there = blocks.get(next); there != null; there = blocks.get(next)) {
      next = there.to;
    }
    if (next == end) {
      return null;
    }
    Long wall = blocks.higherKey(next);
    return takeUpTo(Math.min(wall == null ? end : wall, blockEnd()));
  }

  /// The next bytes up to before `to`, whoever is to do them.
  synchronized Block takeUpTo(long to) {
    var block = new Block(next, to);
    next = to;
    Block _ = blocks.put(block.from, block);
    return block;
  }

  private long blockEnd() {
    long size = Math.clamp((end - next) / shares, SMALLEST, largest);
    long grid = size == largest ? largest : GRID;
    return (next + size) / grid * grid;
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

  /// More of a block is about to be sent, and nobody knows how far that will come.
  synchronized void doubt(Block block) {
    block.isInDoubt = true;
  }

  /// More of a block is on its way. Returns as [#advance].
  synchronized long sent(Block block, int count) {
    moved += count;
    block.underway += count;
    return moved;
  }

  /// It has become clear how far a block is there.
  ///
  /// @param sum that of the bytes from [Block#at] to `at`
  synchronized void settle(Block block, long at, long sum) {
    long more = at - block.at;
    moved += more - block.underway;
    block.sum = new Crc32c(Crc32c.combine(block.sum.value(), sum, more));
    block.at = at;
    block.underway = 0;
    block.isInDoubt = false;
  }

  /// How many bytes there are of the file, those beyond gaps included.
  synchronized long moved() {
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

  /// What is there beyond gaps, as far as whole blocks are.
  synchronized List<Span> beyond() {
    long gap = reached().position();
    return Span.joined(
        blocks.tailMap(gap, false).values().stream()
            .filter(Block::isDone)
            .map(block -> new Span(block.from, block.to, block.sum.value()))
            .toList());
  }

  synchronized boolean isDone() {
    return reached().position() == end;
  }
}
