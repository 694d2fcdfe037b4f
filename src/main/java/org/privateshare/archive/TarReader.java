package org.privateshare.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.privateshare.archive.TarMember.Kind;

/// Reads a tar archive (ustar, pax, GNU, Version 7) member by member, from a stream and with no
/// more memory than one buffer. For one thread.
///
/// Strict where programs differ in what they make of an archive: whatever could be read in two ways
/// is damage and ends it. What this owes to the one who reads: names come as they stand in the
/// archive, unmended; headers of one member take at most [#MAX_HEADER_BYTES]; and the end is only
/// where the archive says so, never where its bytes give out.
public final class TarReader {
  /// How much the headers of one member may take.
  public static final int MAX_HEADER_BYTES = 64 << 10;

  /// The bytes of an archive.
  public interface Source {
    /// Reads at least one byte into `into`, which has room. Returns how many, or -1 at the end.
    int read(ByteBuffer into) throws IOException;
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int SPARSE_BLOCK_GOES_ON_AT = 504;

  private final Source source;
  private final ByteBuffer buffer;

  /// What every member has that doesn't say otherwise.
  private PaxHeader global = new PaxHeader();

  private boolean isBegun;
  private boolean isOver;

  /// How much of the content of the member is to come, and behind it.
  private long left;

  private int padding;

  /// How much the headers of the next member may still take.
  private int headerBytes;

  /// A reader of what `source` gives, from its next byte on.
  ///
  /// @param buffer the reader's from now on; of 1 KiB or more
  public TarReader(Source source, ByteBuffer buffer) {
    this.source = source;
    this.buffer = buffer.clear().flip();
  }

  /// The next member, behind what is left of the one before; empty at the end of the archive, when
  /// all bytes have been read.
  ///
  /// @throws DamagedArchive where the archive can't be read any further
  public Optional<TarMember> next() throws IOException {
    if (isOver) {
      return Optional.empty();
    }
    skipContent();
    headerBytes = MAX_HEADER_BYTES;
    PaxHeader own = new PaxHeader();
    Optional<byte[]> longName = Optional.empty();
    boolean isAnnounced = false;
    while (true) {
      TarBlock block = block();
      if (block.isZero()) {
        if (isAnnounced) {
          throw new DamagedArchive("the last header has no member behind it");
        }
        requireNothingBehind();
        isOver = true;
        return Optional.empty();
      }
      requireGenuine(block);
      switch (block.type()) {
        case TarBlock.PAX -> own = PaxHeader.parse(extension(block));
        case TarBlock.PAX_GLOBAL -> global = PaxHeader.parse(extension(block)).requireGlobal();
        case TarBlock.GNU_LONG_NAME -> longName = Optional.of(extension(block));
        case TarBlock.GNU_LONG_LINK -> {
          var _ = extension(block);
        }
        default -> {
          return Optional.of(member(block, own.over(global), longName));
        }
      }
      isAnnounced |= block.type() != TarBlock.PAX_GLOBAL;
    }
  }

  private void requireGenuine(TarBlock block) throws DamagedArchive {
    if (!block.isGenuine()) {
      throw new DamagedArchive(
          isBegun ? "a header is damaged" : "this is no tar archive" + Compression.hint(block));
    }
    isBegun = true;
  }

  private TarMember member(TarBlock block, PaxHeader pax, Optional<byte[]> longName)
      throws IOException {
    long size = pax.size().isPresent() ? pax.size().getAsLong() : block.size();
    byte[] name =
        pax.path().isPresent() ? pax.path().get() : longName.map(TarName::cut).orElse(block.name());
    boolean endsWithSlash = name.length > 0 && name[name.length - 1] == '/';
    Kind kind =
        pax.isSparse()
            ? Kind.OTHER
            : switch (block.type()) {
              // Before ustar a slash was all that told a folder from a file.
              case TarBlock.FILE -> endsWithSlash && size == 0 ? Kind.FOLDER : Kind.FILE;
              case '7' -> Kind.FILE;
              case TarBlock.FOLDER -> Kind.FOLDER;
              case TarBlock.GNU_SPARSE -> {
                skipSparseMap(block);
                yield Kind.OTHER;
              }
              default -> Kind.OTHER;
            };
    if (size != 0 && block.type() >= '1' && block.type() <= '6') {
      // Some programs take what follows for content, others for the next header.
      throw new DamagedArchive("a folder, link or device has a size");
    }
    left = size;
    padding = TarWriter.padding(size).length;
    return new TarMember(
        TarName.decode(kind == Kind.FOLDER ? TarName.withoutSlash(name) : name),
        kind,
        size,
        pax.modified().isPresent() ? pax.modified() : TarTime.ofSeconds(block.mtime()),
        pax.digest());
  }

  private void skipSparseMap(TarBlock first) throws IOException {
    boolean goesOn = first.isMapContinued();
    while (goesOn) {
      takeHeaderBytes(TarBlock.BYTES);
      require(TarBlock.BYTES);
      goesOn = buffer.get(buffer.position() + SPARSE_BLOCK_GOES_ON_AT) != 0;
      buffer.position(buffer.position() + TarBlock.BYTES);
    }
  }

  private TarBlock block() throws IOException {
    takeHeaderBytes(TarBlock.BYTES);
    require(TarBlock.BYTES);
    return new TarBlock(buffer);
  }

  /// The content of a header that speaks of the next one.
  private byte[] extension(TarBlock block) throws IOException {
    long size = block.size();
    takeHeaderBytes(size);
    byte[] bytes = new byte[(int) size];
    left = size;
    padding = TarWriter.padding(size).length;
    for (int at = 0; at < size; ) {
      ByteBuffer piece = content();
      int count = piece.remaining();
      piece.get(bytes, at, count);
      at += count;
    }
    skipContent();
    return bytes;
  }

  private void takeHeaderBytes(long count) throws DamagedArchive {
    if (count > headerBytes) {
      throw new DamagedArchive(
          "the headers of a member take more than " + MAX_HEADER_BYTES + " bytes");
    }
    headerBytes -= (int) count;
  }

  /// The next bytes of the member's content, as many as there are without waiting for more; none at
  /// its end. Good until the next call.
  ///
  /// @throws DamagedArchive where the archive ends within it
  public ByteBuffer content() throws IOException {
    if (left == 0) {
      return NOTHING.duplicate();
    }
    require(1);
    int count = (int) Math.min(left, buffer.remaining());
    ByteBuffer piece = buffer.slice(buffer.position(), count);
    buffer.position(buffer.position() + count);
    left -= count;
    return piece;
  }

  private void skipContent() throws IOException {
    while (left > 0) {
      var _ = content();
    }
    if (padding > 0) {
      require(padding);
      buffer.position(buffer.position() + padding);
      padding = 0;
    }
  }

  /// Whatever else comes is zeros, which fill up the last record: what somebody has put behind an
  /// archive must not get lost without a word.
  private void requireNothingBehind() throws IOException {
    while (fill(1)) {
      while (buffer.hasRemaining()) {
        if (buffer.get() != 0) {
          throw new DamagedArchive("something follows the end of the archive");
        }
      }
    }
  }

  private void require(int count) throws IOException {
    if (!fill(count)) {
      throw new DamagedArchive("the archive is cut off");
    }
  }

  /// Sees to it that so many bytes are in the buffer; false where the source ends before.
  private boolean fill(int count) throws IOException {
    if (buffer.remaining() >= count) {
      return true;
    }
    buffer.compact();
    try {
      while (buffer.position() < count) {
        if (source.read(buffer) < 0) {
          return false;
        }
      }
      return true;
    } finally {
      buffer.flip();
    }
  }
}
