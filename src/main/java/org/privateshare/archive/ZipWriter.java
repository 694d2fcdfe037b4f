package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;

/// Writes a zip archive (APPNOTE 6.3.10) as a stream: sums and sizes stand behind each file, since
/// nobody knows them before. For one thread. Names are UTF-8, sizes and offsets have 64 bits where
/// they need them.
///
/// Nothing is compressed, yet files are marked as deflated: they stand in deflate's own stored
/// blocks, five bytes more each. For those say where they end, and so programs that read a zip from
/// its beginning can read it; of plain stored files without a size before them most can't.
///
/// The directory that ends a zip is gathered in a [Spool].
public final class ZipWriter implements Closeable {
  private static final int LOCAL = 0x04034b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LOCATOR = 0x07064b50;

  private static final int UNIX = 3 << 8;
  private static final int VERSION = 20;
  private static final int VERSION_64 = 45;
  private static final int UTF_8_NAME = 1 << 11;
  private static final int SUM_BEHIND = 1 << 3;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private static final short EXTRA_64 = 0x0001;
  private static final short EXTRA_TIME = 0x5455;
  private static final int IN_EXTRA = 0xffff_ffff;
  private static final long MOST_32 = 0xffff_fffeL;
  private static final int MOST_16 = 0xfffe;

  /// From here on a file may need 64 bits with what its blocks add.
  private static final long LARGE = 0xf000_0000L;

  private static final int FILE_ATTRIBUTES = 0100644 << 16;
  private static final int FOLDER_ATTRIBUTES = (040755 << 16) | 0x10;

  /// What a block of deflate may hold.
  private static final int MOST_IN_BLOCK = 0xffff;

  private static final int FIRST_YEAR = 1980;
  private static final int LAST_YEAR = 2107;

  private final OutputStream out;
  private final Spool directory = new Spool();
  private final CRC32 crc = new CRC32();
  private long count;
  private long written;

  // Of the file that is being written.
  private Member member = new Member("", false, Instant.EPOCH, false, 0);
  private long contentStart;
  private long size;

  private record Member(
      String path, boolean isFolder, Instant modified, boolean isLarge, long offset) {
    byte[] name() {
      return (isFolder ? path + "/" : path).getBytes(UTF_8);
    }
  }

  /// A writer to `out`, which stays the caller's to flush.
  public ZipWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes a folder.
  public void folder(String name, Instant modified) throws IOException {
    begin(new Member(name, true, modified, false, written));
    enter(0);
  }

  /// Begins a file. Its bytes follow by [#write], then [#endFile].
  ///
  /// @param bytes how many there will be at most
  public void beginFile(String name, long bytes, Instant modified) throws IOException {
    begin(new Member(name, false, modified, bytes >= LARGE, written));
    crc.reset();
    size = 0;
    contentStart = written;
  }

  private void begin(Member next) throws IOException {
    member = next;
    int unknown = next.isLarge ? IN_EXTRA : 0;
    byte[] extra = extra(next.isLarge ? new long[2] : new long[0]);
    byte[] name = next.name();
    ByteBuffer head = buffer(30 + name.length + extra.length).putInt(LOCAL);
    common(head);
    var _ = head.putInt(0).putInt(unknown).putInt(unknown);
    emit(lengths(head, name, extra).put(name).put(extra));
  }

  /// What the head of a member and its entry in the directory share.
  private void common(ByteBuffer head) {
    LocalDateTime time = LocalDateTime.ofInstant(member.modified, ZoneOffset.UTC);
    if (time.getYear() < FIRST_YEAR) {
      time = LocalDateTime.of(FIRST_YEAR, 1, 1, 0, 0);
    } else if (time.getYear() > LAST_YEAR) {
      time = LocalDateTime.of(LAST_YEAR, 12, 31, 23, 59, 58);
    }
    var _ =
        head.putShort((short) (member.isLarge ? VERSION_64 : VERSION))
            .putShort((short) (member.isFolder ? UTF_8_NAME : UTF_8_NAME | SUM_BEHIND))
            .putShort((short) (member.isFolder ? STORED : DEFLATED))
            .putShort(
                (short)
                    ((time.getHour() << 11) | (time.getMinute() << 5) | (time.getSecond() >> 1)))
            .putShort(
                (short)
                    (((time.getYear() - FIRST_YEAR) << 9)
                        | (time.getMonthValue() << 5)
                        | time.getDayOfMonth()));
  }

  private static ByteBuffer lengths(ByteBuffer head, byte[] name, byte[] extra) {
    return head.putShort((short) name.length).putShort((short) extra.length);
  }

  /// The time in whole seconds of UTC, and the numbers that need 64 bits.
  private byte[] extra(long... numbers) {
    ByteBuffer extra = buffer(9 + 4 + numbers.length * Long.BYTES);
    long seconds = member.modified.getEpochSecond();
    if (seconds == (int) seconds) {
      var _ = extra.putShort(EXTRA_TIME).putShort((short) 5).put((byte) 1).putInt((int) seconds);
    }
    if (numbers.length > 0) {
      var _ = extra.putShort(EXTRA_64).putShort((short) (numbers.length * Long.BYTES));
      for (long number : numbers) {
        var _ = extra.putLong(number);
      }
    }
    byte[] bytes = new byte[extra.position()];
    var _ = extra.flip().get(bytes);
    return bytes;
  }

  /// Writes the file's next bytes.
  public void write(byte[] bytes, int start, int length) throws IOException {
    for (int at = start; at < start + length; ) {
      int piece = Math.min(MOST_IN_BLOCK, start + length - at);
      block(piece, false);
      out.write(bytes, at, piece);
      written += piece;
      crc.update(bytes, at, piece);
      at += piece;
    }
    size += length;
  }

  /// What a stored block of deflate begins with (RFC 1951 section 3.2.4).
  private void block(int length, boolean isLast) throws IOException {
    emit(buffer(5).put((byte) (isLast ? 1 : 0)).putShort((short) length).putShort((short) ~length));
  }

  /// Ends the file.
  public void endFile() throws IOException {
    block(0, true);
    long packed = written - contentStart;
    ByteBuffer descriptor = buffer(24).putInt(DESCRIPTOR).putInt((int) crc.getValue());
    emit(
        member.isLarge
            ? descriptor.putLong(packed).putLong(size)
            : descriptor.putInt((int) packed).putInt((int) size));
    enter(packed);
  }

  /// Enters the member into the directory.
  private void enter(long packed) throws IOException {
    boolean isFar = member.offset > MOST_32;
    byte[] extra =
        member.isLarge
            ? isFar ? extra(size, packed, member.offset) : extra(size, packed)
            : isFar ? extra(member.offset) : extra();
    byte[] name = member.name();
    ByteBuffer entry = buffer(46 + name.length + extra.length).putInt(CENTRAL);
    var _ = entry.putShort((short) (UNIX | VERSION_64));
    common(entry);
    var _ =
        entry
            .putInt(member.isFolder ? 0 : (int) crc.getValue())
            .putInt(member.isLarge ? IN_EXTRA : (int) packed)
            .putInt(member.isLarge ? IN_EXTRA : member.isFolder ? 0 : (int) size);
    var _ =
        lengths(entry, name, extra)
            .putShort((short) 0)
            .putShort((short) 0)
            .putShort((short) 0)
            .putInt(member.isFolder ? FOLDER_ATTRIBUTES : FILE_ATTRIBUTES)
            .putInt(isFar ? IN_EXTRA : (int) member.offset)
            .put(name)
            .put(extra);
    directory.write(entry.array(), entry.arrayOffset(), entry.position());
    count++;
  }

  /// Writes the directory, which ends the archive.
  public void finish() throws IOException {
    long start = written;
    long bytes = directory.size();
    directory.writeTo(out);
    written += bytes;
    long end = written;
    if (count > MOST_16 || start > MOST_32 || bytes > MOST_32) {
      emit(
          buffer(56 + 20)
              .putInt(END_64)
              .putLong(44)
              .putShort((short) (UNIX | VERSION_64))
              .putShort((short) VERSION_64)
              .putInt(0)
              .putInt(0)
              .putLong(count)
              .putLong(count)
              .putLong(bytes)
              .putLong(start)
              .putInt(END_64_LOCATOR)
              .putInt(0)
              .putLong(end)
              .putInt(1));
    }
    short entries = (short) Math.min(count, MOST_16 + 1);
    emit(
        buffer(22)
            .putInt(END)
            .putInt(0)
            .putShort(entries)
            .putShort(entries)
            .putInt(bytes > MOST_32 ? IN_EXTRA : (int) bytes)
            .putInt(start > MOST_32 ? IN_EXTRA : (int) start)
            .putShort((short) 0));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void emit(ByteBuffer bytes) throws IOException {
    out.write(bytes.array(), bytes.arrayOffset(), bytes.position());
    written += bytes.position();
  }

  /// Drops what was gathered for the directory.
  @Override
  public void close() throws IOException {
    directory.close();
  }
}
