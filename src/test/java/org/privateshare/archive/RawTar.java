package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.function.UnaryOperator;

/// Puts archives together block by block, as hostile as one likes. A text is bytes in Latin-1.
/// Immutable.
public final class RawTar {
  private final String bytes;
  private final String prefix;
  private final String time;
  private final String magic;

  public RawTar() {
    this("", "", "15300536440\0", "ustar\0" + "00");
  }

  private RawTar(String bytes, String prefix, String time, String magic) {
    this.bytes = bytes;
    this.prefix = prefix;
    this.time = time;
    this.magic = magic;
  }

  public byte[] bytes() {
    return bytes.getBytes(ISO_8859_1);
  }

  public RawTar raw(String more) {
    return new RawTar(bytes + more, prefix, time, magic);
  }

  public RawTar cut(int count) {
    return new RawTar(bytes.substring(0, bytes.length() - count), prefix, time, magic);
  }

  /// What the prefix of the next heads is.
  public RawTar prefix(String text) {
    return new RawTar(bytes, text, time, magic);
  }

  /// What the field mtime of the next heads is.
  public RawTar time(String field) {
    return new RawTar(bytes, prefix, field, magic);
  }

  /// What tells the format of the next heads.
  public RawTar magic(String text) {
    return new RawTar(bytes, prefix, time, text);
  }

  public RawTar many(int times, UnaryOperator<RawTar> more) {
    RawTar grown = this;
    for (int i = 0; i < times; i++) {
      grown = more.apply(grown);
    }
    return grown;
  }

  /// Adds a head without content behind it.
  ///
  /// @param size the field as it is to stand there
  public RawTar head(String name, char type, String size) {
    return head(name, type, size, "");
  }

  private RawTar head(String name, char type, String size, String sparse) {
    StringBuilder block = new StringBuilder("\0".repeat(512));
    put(block, 0, name);
    put(block, 100, "0006777\0" + "0000000\0" + "0000000\0");
    put(block, 124, size.substring(0, Math.min(12, size.length())));
    put(block, 136, time);
    put(block, 148, " ".repeat(8) + type);
    put(block, 157, type >= '1' && type <= '2' ? "target" : "");
    put(block, 257, magic);
    put(block, 345, prefix + sparse);
    int sum = block.chars().sum();
    put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return raw(block.toString());
  }

  private static void put(StringBuilder block, int at, String text) {
    var _ = block.replace(at, at + text.length(), text);
  }

  /// A file that is whole.
  public RawTar file(String name, String content) {
    return member(name, '0', content);
  }

  public RawTar folder(String name) {
    return member(name, '5', "");
  }

  /// Content and what fills it up behind a head of any type.
  public RawTar member(String name, char type, String content) {
    String size = String.format(Locale.ROOT, "%011o\0", content.length());
    return head(name, type, size).raw(content + "\0".repeat(-content.length() & 511));
  }

  public RawTar extension(char type, String content) {
    return member("extension", type, content);
  }

  public RawTar pax(String... records) {
    return extension('x', records(records));
  }

  public RawTar global(String... records) {
    return extension('g', records(records));
  }

  private static String records(String... records) {
    StringBuilder all = new StringBuilder();
    for (String record : records) {
      int rest = record.length() + 2;
      int length = rest + Integer.toString(rest).length();
      length = rest + Integer.toString(length).length();
      all.append(length).append(' ').append(record).append('\n');
    }
    return all.toString();
  }

  /// The head of a sparse file of GNU tar, with `blocks` blocks of its map behind it.
  public RawTar sparse(String name, int size, int blocks) {
    RawTar grown =
        head(name, 'S', String.format(Locale.ROOT, "%011o\0", size), "\0".repeat(137) + "\1");
    for (int i = blocks; i > 0; i--) {
      grown = grown.raw("1".repeat(504) + (i > 1 ? "\1" : "\0") + "\0".repeat(7));
    }
    return grown;
  }

  public RawTar end() {
    return raw("\0".repeat(1024));
  }

  @Override
  public String toString() {
    return bytes.length() + " bytes";
  }
}
