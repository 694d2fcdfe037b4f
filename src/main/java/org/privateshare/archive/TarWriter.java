package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;

/// Writes tar archives as POSIX.1-2017 has them (`pax`), around contents that it never sees: a
/// [#head], the bytes of the file, the [#padding], and [#END_BYTES] zeros behind the last one.
///
/// A member is a plain ustar header where that can say all of it, so that the oldest programs read
/// it; what is longer, finer or not ASCII stands in a pax header before.
public final class TarWriter {
  /// What ends an archive.
  public static final int END_BYTES = 2 * TarBlock.BYTES;

  private static final int FILE_MODE = 0644;
  private static final int FOLDER_MODE = 0755;

  private TarWriter() {}

  /// What stands before the content of a file, or for a folder.
  public static byte[] head(TarMember member) {
    boolean isFolder = member.kind() == TarMember.Kind.FOLDER;
    byte[] name = (member.name() + (isFolder ? "/" : "")).getBytes(UTF_8);
    Instant modified = member.modified().orElse(Instant.EPOCH);
    byte[] records = records(member, name, modified);
    TarBlock block = new TarBlock();
    block.name(fit(name));
    block.numbers(
        isFolder ? FOLDER_MODE : FILE_MODE,
        member.size() > TarBlock.MOST ? 0 : member.size(),
        Math.clamp(modified.getEpochSecond(), 0, TarBlock.MOST));
    block.type(isFolder ? TarBlock.FOLDER : TarBlock.FILE);
    if (records.length == 0) {
      return block.bytes();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(4 * TarBlock.BYTES);
    all.writeBytes(paxHead(name, records.length));
    all.writeBytes(records);
    all.writeBytes(padding(records.length));
    all.writeBytes(block.bytes());
    return all.toByteArray();
  }

  private static byte[] paxHead(byte[] name, int size) {
    TarBlock block = new TarBlock();
    block.name(fit(("PaxHeaders/" + new String(fit(name), US_ASCII)).getBytes(US_ASCII)));
    block.numbers(FILE_MODE, size, 0);
    block.type(TarBlock.PAX);
    return block.bytes();
  }

  private static byte[] records(TarMember member, byte[] name, Instant modified) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    if (name.length > TarBlock.NAME_BYTES || !isAscii(name)) {
      record(records, TarBlock.PATH, name);
    }
    if (member.size() > TarBlock.MOST) {
      record(records, TarBlock.SIZE, ascii(Long.toString(member.size())));
    }
    if (modified.getNano() != 0
        || modified.getEpochSecond() < 0
        || modified.getEpochSecond() > TarBlock.MOST) {
      record(records, TarBlock.MTIME, ascii(TarTime.print(modified)));
    }
    member.digest().ifPresent(sum -> record(records, TarBlock.CRC32C, ascii(sum.hex())));
    return records.toByteArray();
  }

  /// `LENGTH KEY=VALUE\n`, where the length counts its own digits too.
  private static void record(ByteArrayOutputStream out, String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    out.writeBytes(ascii(length + " " + key + "="));
    out.writeBytes(value);
    out.write('\n');
  }

  /// The name for those who know no pax: as much of it as fits, in ASCII.
  private static byte[] fit(byte[] name) {
    byte[] fit = Arrays.copyOf(name, Math.min(name.length, TarBlock.NAME_BYTES));
    for (int i = 0; i < fit.length; i++) {
      if (fit[i] < 0) {
        fit[i] = '_';
      }
    }
    return fit;
  }

  private static boolean isAscii(byte[] name) {
    for (byte unit : name) {
      if (unit < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /// What stands behind a content of that length.
  public static byte[] padding(long size) {
    return new byte[(int) (-size & (TarBlock.BYTES - 1))];
  }
}
