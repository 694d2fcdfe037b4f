package org.privateshare.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Digest;
import org.privateshare.model.Moment;

/// An open file of a folder store: one inode, with what it was when it was opened.
final class FolderFile implements StoredFile {
  private final FileChannel channel;
  private final Stat stat;
  private final Optional<Digest> digest;

  /// Made when it is first asked for, and then asked for several times.
  private @Nullable String version;

  /// Takes over the channel.
  FolderFile(FileChannel channel, Stat stat, Optional<Digest> digest) {
    this.channel = channel;
    this.stat = stat;
    this.digest = digest;
  }

  @Override
  public long size() {
    return stat.size();
  }

  @Override
  public Instant modified() {
    return stat.modified().toInstant();
  }

  @Override
  public String version() {
    String known = version;
    if (known == null) {
      known = version(stat);
      version = known;
    }
    return known;
  }

  /// The first 128 bits of the SHA-256 of device, inode, size, mtime and ctime, the times to the
  /// nanosecond. Hashed, since an inode number tells of the machine; `ctime`, since no program can
  /// set it back.
  static String version(Stat stat) {
    String text =
        String.join(
            " ",
            stat.key().toString(),
            Long.toString(stat.size()),
            Moment.print(stat.modified().toInstant()),
            Moment.print(stat.changed().toInstant()));
    byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  /// The file `staged` under the name that it got, where `now` has that name: getting it changed
  /// the times. Where somebody has changed or replaced it since, this is as it isn't any more, and
  /// never theirs.
  static Stat published(Stat staged, Optional<Stat> now) {
    return now.filter(stat -> stat.key().equals(staged.key()))
        .filter(stat -> stat.modified().equals(staged.modified()))
        .orElse(staged);
  }

  @Override
  public Optional<Digest> digest() {
    return digest;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return channel.read(into, position);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return channel.transferTo(position, count, target);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
