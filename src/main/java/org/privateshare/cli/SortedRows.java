package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Rows of a listing that are held until all have come, and handed on in order. Packed: a row takes
/// 23 bytes, its name and a number, where objects would take five times that.
///
/// A row is `size` (8 bytes, -1 where unknown), seconds of `modified` (8, the smallest number where
/// unknown), nanoseconds (4), whether it is a folder (1), length of the name (2), name in UTF-8
/// with a zero for each slash: so a folder sorts right before what is in it.
final class SortedRows {
  /// How many bytes of rows are held at most: about 1,500,000 rows with names of 20 letters.
  static final int MOST_BYTES = 64 << 20;

  private static final int PIECE = 1 << 20;
  private static final int SECONDS = 8;
  private static final int NANOS = 16;
  private static final int KIND = 20;
  private static final int LENGTH = 21;
  private static final int NAME = 23;

  private final ListOrder order;
  private final boolean isReversed;
  private final List<ByteBuffer> pieces = new ArrayList<>();

  /// Where each row is, counted over all pieces.
  private int[] rows = new int[1 << 10];

  private int count;

  SortedRows(ListOrder order, boolean isReversed) {
    this.order = order;
    this.isReversed = isReversed;
  }

  /// Takes a row, unless there is no room for it any more.
  boolean add(ListRow row) {
    byte[] name = row.name().replace('/', '\0').getBytes(UTF_8);
    if (pieces.isEmpty() || pieces.getLast().remaining() < NAME + name.length) {
      if (pieces.size() == MOST_BYTES / PIECE) {
        return false;
      }
      pieces.add(ByteBuffer.allocate(PIECE));
    }
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, count + (count >> 1));
    }
    ByteBuffer piece = pieces.getLast();
    rows[count++] = (pieces.size() - 1) * PIECE + piece.position();
    piece
        .putLong(row.size().orElse(-1))
        .putLong(row.modified().map(Instant::getEpochSecond).orElse(Long.MIN_VALUE))
        .putInt(row.modified().map(Instant::getNano).orElse(0))
        .put((byte) (row.folder() ? 1 : 0))
        .putShort((short) name.length)
        .put(name);
    return true;
  }

  /// Hands all rows on in their order.
  void forEach(Consumer<ListRow> to) {
    sort(new int[count], 0, count);
    for (int i = 0; i < count; i++) {
      to.accept(row(rows[isReversed ? count - 1 - i : i]));
    }
  }

  /// Merges halves that are sorted: numbers, not objects, so the library's sort can't be used.
  private void sort(int[] aside, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(aside, from, middle);
    sort(aside, middle, to);
    if (compare(rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    System.arraycopy(rows, from, aside, from, middle - from);
    int left = from;
    int right = middle;
    for (int i = from; left < middle; i++) {
      boolean takesRight = right < to && compare(aside[left], rows[right]) > 0;
      rows[i] = takesRight ? rows[right++] : aside[left++];
    }
  }

  private int compare(int one, int other) {
    ByteBuffer a = pieces.get(one / PIECE);
    ByteBuffer b = pieces.get(other / PIECE);
    int i = one % PIECE;
    int j = other % PIECE;
    int first =
        switch (order) {
          case NAME -> 0;
          case SIZE -> Long.compare(b.getLong(j), a.getLong(i));
          case TIME -> {
            int seconds = Long.compare(b.getLong(j + SECONDS), a.getLong(i + SECONDS));
            yield seconds != 0
                ? seconds
                : Integer.compare(b.getInt(j + NANOS), a.getInt(i + NANOS));
          }
        };
    return first != 0 ? first : compareNames(a, i, b, j);
  }

  private static int compareNames(ByteBuffer a, int i, ByteBuffer b, int j) {
    int lengthOfA = a.getShort(i + LENGTH);
    int lengthOfB = b.getShort(j + LENGTH);
    for (int k = NAME; k < NAME + Math.min(lengthOfA, lengthOfB); k++) {
      int first = Byte.compareUnsigned(a.get(i + k), b.get(j + k));
      if (first != 0) {
        return first;
      }
    }
    return lengthOfA - lengthOfB;
  }

  private ListRow row(int where) {
    ByteBuffer piece = pieces.get(where / PIECE);
    int at = where % PIECE;
    long size = piece.getLong(at);
    long seconds = piece.getLong(at + SECONDS);
    byte[] name = new byte[piece.getShort(at + LENGTH)];
    piece.get(at + NAME, name);
    return new ListRow(
        new String(name, UTF_8).replace('\0', '/'),
        piece.get(at + KIND) == 1,
        size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
        seconds == Long.MIN_VALUE
            ? Optional.empty()
            : Optional.of(Instant.ofEpochSecond(seconds, piece.getInt(at + NANOS))));
  }
}
