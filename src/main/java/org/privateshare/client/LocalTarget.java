package org.privateshare.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A file of this machine on its way out of a share.
///
/// The bytes go to a staging file `.NAME.RANDOM.part` beside the target; [#publish()] forces them
/// and gives them the target's name with an exclusive link, so that the name shows the whole file
/// or nothing and never loses what was there. [#close()] removes the staging file, and so does the
/// end of the process by Ctrl-C or SIGTERM. The target's own name is never opened, so no link that
/// waits there is followed.
///
/// Every failure is a `FileSystemException`. Not for several threads.
public final class LocalTarget implements LocalSink, Closeable {
  /// Bytes of the name that the staging file repeats: leaves room for its own parts in 255.
  private static final int NAME_CHARACTERS = 40;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path target;
  private final Path folder;
  private final Staging staging;
  private final FileChannel channel;
  private final Publisher publisher;

  private LocalTarget(
      Path target, Path folder, Staging staging, FileChannel channel, Publisher publisher) {
    this.target = target;
    this.folder = folder;
    this.staging = staging;
    this.channel = channel;
    this.publisher = publisher;
  }

  /// Begins a file that shall be called `target`. The folder must exist.
  ///
  /// @throws FileAlreadyExistsException where anything is there already, be it a dangling link.
  ///   This is a courtesy to save the transfer; publishing decides
  /// @throws NoSuchFileException where there is no such folder
  public static LocalTarget create(Path target) throws FileSystemException {
    return create(target, new Publisher(Files::createLink));
  }

  static LocalTarget create(Path target, Publisher publisher) throws FileSystemException {
    Path file = target.toAbsolutePath();
    Path folder = file.getParent();
    Path last = file.getFileName();
    if (folder == null || last == null) {
      throw new FileSystemException(target.toString(), null, "a folder, not a file");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "no such folder");
    }
    Staging staging = new Staging(folder.resolve(stagingName(last.toString())));
    try {
      return new LocalTarget(file, folder, staging, staging.create(), publisher);
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  private static String stagingName(String name) {
    byte[] random = new byte[6];
    RANDOM.nextBytes(random);
    int end =
        name.offsetByCodePoints(
            0, Math.min(NAME_CHARACTERS, name.codePointCount(0, name.length())));
    return "." + name.substring(0, end) + "." + HexFormat.of().formatHex(random) + ".part";
  }

  @Override
  public void write(ByteBuffer bytes) throws FileSystemException {
    try {
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  /// Gives the file its name, for good: when this returns, bytes and name survive a power cut.
  /// Once.
  ///
  /// @throws FileAlreadyExistsException where the name was taken meanwhile
  public void publish() throws FileSystemException {
    try {
      channel.force(true);
      publisher.publish(staging.path(), target);
      staging.remove();
      forceFolder();
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  /// A folder can't be opened on every system (Windows); where it can't, nothing needs forcing.
  private void forceFolder() throws IOException {
    FileChannel opened;
    try {
      opened = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (opened) {
      opened.force(true);
    }
  }

  /// Ends the transfer; what was not published is gone. May be called again.
  @Override
  public void close() throws FileSystemException {
    try (channel) {
      staging.remove();
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }
}
