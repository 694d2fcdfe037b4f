package org.privateshare.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.model.Crc32c;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A file of this machine on its way into a share: open, with the size it had then.
public final class LocalFile implements LocalSource {
  private static final int PIECE = 1 << 18;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final Facts facts;
  private final Memory memory;
  private final int connections;
  private long position;

  /// What tells a file from another, and from itself once it has changed.
  ///
  /// @param key what the file system calls it, whatever its name
  /// @param modified when its bytes were changed last
  /// @param changed when anything of it was, which nobody can set back; as `modified` where the
  ///   file system doesn't say
  private record Facts(String key, FileTime modified, FileTime changed) {
    static Facts of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
      FileTime changed =
          unix ? (FileTime) Files.getAttribute(file, "unix:ctime") : attributes.lastModifiedTime();
      return new Facts(
          String.valueOf(attributes.fileKey()), attributes.lastModifiedTime(), changed);
    }
  }

  private LocalFile(Path file, FileChannel channel, Facts facts, Memory memory, int connections)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
    this.facts = facts;
    this.memory = memory;
    this.connections = connections;
  }

  /// Opens a regular file that goes over one connection.
  public static LocalFile open(Path file, Memory memory) throws FileSystemException {
    return open(file, memory, 1);
  }

  /// Opens a regular file; links are followed, the file is the user's own. Anything else is refused
  /// before it is opened: opening a FIFO would wait for a writer for ever.
  ///
  /// @param memory the transfer's; stays the caller's to close
  /// @param connections how many may send it at once, or [Habits#AS_IT_PAYS]
  public static LocalFile open(Path file, Memory memory, int connections)
      throws FileSystemException {
    try {
      requireRegular(file);
      Facts facts = Facts.of(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new LocalFile(file, channel, facts, memory, connections);
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
  }

  /// The name that a file gets in the share unless the user chooses another: its last name here.
  ///
  /// @throws Refusal.BadName where a share could not create a file of this name
  public static String nameOf(Path file) throws Refusal.BadName {
    Path last = file.getFileName();
    SharePath path = SharePath.ROOT.child(last == null ? "" : last.toString());
    path.requirePortable();
    return path.name();
  }

  private static void requireRegular(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "a folder, not a file");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
  }

  /// The file's bytes; stays this object's to close. Reading it here or by [#read] is one or the
  /// other's business.
  public FileChannel channel() {
    return channel;
  }

  /// The size in bytes when the file was opened.
  public long length() {
    return size;
  }

  /// What is remembered of its transfer.
  Memory memory() {
    return memory;
  }

  /// How many connections may send it at once, or [Habits#AS_IT_PAYS].
  int connections() {
    return connections;
  }

  /// When its bytes were changed last, when the file was opened.
  Instant modified() {
    return facts.modified.toInstant();
  }

  /// What tells this file, as it was when it was opened, from any other and any later one.
  String identity() {
    return size + " " + facts.modified + " " + facts.changed + " " + facts.key;
  }

  /// Fills a buffer with the bytes from `at` on.
  void readFully(ByteBuffer into, long at) throws FileSystemException {
    try {
      long next = at;
      while (into.hasRemaining()) {
        int count = channel.read(into, next);
        if (count < 0) {
          requireUnchanged();
          throw new EOFException("ended too early");
        }
        next += count;
      }
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
  }

  /// The sum of the whole file, which is read for it.
  public Digest sum(Digest.Algorithm algorithm) throws FileSystemException {
    return switch (algorithm) {
      case CRC32C -> {
        var sum = new Crc32c();
        forEach(0, size, sum::update);
        yield sum.digest();
      }
      case SHA_256 -> {
        MessageDigest sum = sha256();
        forEach(0, size, sum::update);
        yield new Digest(algorithm, HexFormat.of().formatHex(sum.digest()));
      }
    };
  }

  /// The CRC-32C of the bytes from one place to before another, which are read for it.
  long sum(long from, long to) throws FileSystemException {
    var sum = new Crc32c();
    forEach(from, to, sum::update);
    return sum.value();
  }

  private void forEach(long from, long to, Consumer<ByteBuffer> pieces) throws FileSystemException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (long at = from; at < to; at += piece.limit()) {
      readFully(piece.clear().limit((int) Math.min(PIECE, to - at)), at);
      pieces.accept(piece.flip());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(size);
  }

  @Override
  public int read(ByteBuffer into) throws FileSystemException {
    if (position == size) {
      return -1;
    }
    int limit = into.limit();
    into.limit(into.position() + (int) Math.min(into.remaining(), size - position));
    try {
      int count = channel.read(into, position);
      position += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public void requireUnchanged() throws FileSystemException {
    try {
      long now = channel.size();
      if (now != size) {
        throw changed(": " + size + " bytes before, " + now + " now");
      }
      if (wasWritten()) {
        throw changed(", though not its size");
      }
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
  }

  /// Another file may have taken the name meanwhile: the one that is being sent is whole then.
  private boolean wasWritten() throws IOException {
    try {
      Facts now = Facts.of(file);
      return now.key.equals(facts.key) && !now.modified.equals(facts.modified);
    } catch (NoSuchFileException removed) {
      return false;
    }
  }

  private FileSystemException changed(String how) {
    return new FileSystemException(file.toString(), null, "changed while it was sent" + how);
  }

  @Override
  public void close() throws FileSystemException {
    try {
      channel.close();
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
  }
}
