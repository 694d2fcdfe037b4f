package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// A header of 512 bytes, as ustar (POSIX.1-2017, pax, "ustar Interchange Format"), GNU tar and
/// their ancestor of Version 7 lay it out.
final class TarBlock {
  static final int BYTES = 512;
  static final int NAME_BYTES = 100;

  /// The largest number that a field of eleven octal digits holds: 8 GiB less one.
  static final long MOST = 077_777_777_777L;

  static final char FILE = '0';
  static final char FOLDER = '5';
  static final char PAX = 'x';
  static final char PAX_GLOBAL = 'g';
  static final char GNU_LONG_NAME = 'L';
  static final char GNU_LONG_LINK = 'K';
  static final char GNU_SPARSE = 'S';

  static final String PATH = "path";
  static final String SIZE = "size";
  static final String MTIME = "mtime";
  static final String CRC32C = "PRIVATESHARE.crc32c";

  private static final int MODE_AT = 100;
  private static final int UID_AT = 108;
  private static final int GID_AT = 116;
  private static final int SIZE_AT = 124;
  private static final int MTIME_AT = 136;
  private static final int SUM_AT = 148;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int SPARSE_GOES_ON_AT = 482;
  private static final int SMALL_FIELD = 8;
  private static final int FIELD = 12;
  private static final int PREFIX_BYTES = 155;

  private static final byte[] MAGIC = "ustar\0".getBytes(US_ASCII);

  private final byte[] bytes;

  /// One to be filled in.
  TarBlock() {
    this.bytes = new byte[BYTES];
    put(MAGIC_AT, "ustar\0" + "00");
    put(UID_AT, "0000000");
    put(GID_AT, "0000000");
  }

  /// One that came: the next bytes of `from`.
  TarBlock(ByteBuffer from) {
    this.bytes = new byte[BYTES];
    from.get(bytes);
  }

  private void put(int at, String text) {
    byte[] ascii = text.getBytes(US_ASCII);
    System.arraycopy(ascii, 0, bytes, at, ascii.length);
  }

  private void octal(int at, int field, long value) {
    String digits = Long.toOctalString(value);
    put(at, "0".repeat(field - 1 - digits.length()) + digits);
  }

  /// @param name at most [#NAME_BYTES]
  void name(byte[] name) {
    System.arraycopy(name, 0, bytes, 0, name.length);
  }

  void numbers(int mode, long size, long mtime) {
    octal(MODE_AT, SMALL_FIELD, mode);
    octal(SIZE_AT, FIELD, size);
    octal(MTIME_AT, FIELD, mtime);
  }

  void type(char type) {
    bytes[TYPE_AT] = (byte) type;
  }

  /// The whole of it with its sum, as it is written.
  byte[] bytes() {
    octal(SUM_AT, SMALL_FIELD - 1, sum(0xff));
    put(SUM_AT + SMALL_FIELD - 2, "\0 ");
    return bytes;
  }

  /// The bytes as they came.
  byte[] raw() {
    return bytes.clone();
  }

  /// @param mask `0xff` to take the bytes without a sign, as all do today; some did not
  private int sum(int mask) {
    int sum = SMALL_FIELD * ' ';
    for (byte unit : bytes) {
      sum += unit & mask;
    }
    for (int i = SUM_AT; i < SUM_AT + SMALL_FIELD; i++) {
      sum -= bytes[i] & mask;
    }
    return sum;
  }

  boolean isZero() {
    for (byte unit : bytes) {
      if (unit != 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether the sum in it is that of its bytes.
  boolean isGenuine() {
    try {
      long said = number(SUM_AT, SMALL_FIELD);
      return said == sum(0xff) || said == sum(-1);
    } catch (DamagedArchive e) {
      return false;
    }
  }

  /// The flag that says what follows; `0` where an old program set none.
  char type() {
    return bytes[TYPE_AT] == 0 ? FILE : (char) (bytes[TYPE_AT] & 0xff);
  }

  /// The name in bytes, with what ustar has before it. GNU has other things there.
  byte[] name() {
    byte[] name = text(0, NAME_BYTES);
    byte[] prefix = isPosix() ? text(PREFIX_AT, PREFIX_BYTES) : new byte[0];
    if (prefix.length == 0) {
      return name;
    }
    byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    whole[prefix.length] = '/';
    System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
    return whole;
  }

  private boolean isPosix() {
    return Arrays.equals(bytes, MAGIC_AT, MAGIC_AT + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  private byte[] text(int at, int most) {
    int end = at;
    while (end < at + most && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(bytes, at, end);
  }

  long size() throws DamagedArchive {
    long size = number(SIZE_AT, FIELD);
    if (size < 0) {
      throw new DamagedArchive("a size is negative");
    }
    return size;
  }

  long mtime() throws DamagedArchive {
    return number(MTIME_AT, FIELD);
  }

  /// Whether a block of sparse GNU tar's follows with more of the map.
  boolean isMapContinued() {
    return bytes[SPARSE_GOES_ON_AT] != 0;
  }

  /// Octal digits, or, behind a first byte with its highest bit set, a number of two's complement.
  private long number(int at, int field) throws DamagedArchive {
    return bytes[at] < 0 ? binary(at, field) : octal(at, field);
  }

  private long binary(int at, int field) throws DamagedArchive {
    long value = (byte) (bytes[at] << 1) >> 1;
    for (int i = at + 1; i < at + field; i++) {
      if (value > Long.MAX_VALUE >> Byte.SIZE || value < Long.MIN_VALUE >> Byte.SIZE) {
        throw new DamagedArchive("a number is too large");
      }
      value = (value << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return value;
  }

  private long octal(int at, int field) throws DamagedArchive {
    int i = at;
    int end = at + field;
    while (i < end && bytes[i] == ' ') {
      i++;
    }
    long value = 0;
    for (; i < end && bytes[i] != ' ' && bytes[i] != 0; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 7) {
        throw new DamagedArchive("a number is none");
      }
      value = (value << 3) | digit;
    }
    return value;
  }
}
