package org.privateshare.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file of this machine on its way out of a share.
///
/// The bytes go to a staging file `.NAME.TAG.part` beside the target; [#publish] forces them and
/// gives them the target's name with an exclusive link, so that the name shows the whole file or
/// nothing and never loses what was there. The target's own name is never opened, so no link that
/// waits there is followed.
///
/// A file of [#KEPT_FROM] bytes or more whose version is known is kept when its transfer breaks
/// off: the staging file, whose tag comes from the transfer then, and in the [Memory] how many of
/// its bytes are on the medium. Others are removed by [#close()], and so by the end of the process.
///
/// Every failure is a `FileSystemException`. Not for several threads.
public final class LocalTarget implements LocalSink, Closeable {
  /// How many bytes a file must have to be worth keeping a part of.
  static final long KEPT_FROM = 8 << 20;

  /// Characters of the name that the staging file repeats: leaves room for its own parts in 255.
  private static final int NAME_CHARACTERS = 40;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path target;
  private final Path folder;
  private final Memory memory;
  private final int connections;
  private final Publisher publisher;
  private final Latest marks = new Latest();
  private @Nullable Staging staging;
  private @Nullable GetState state;
  private @Nullable Instant modified;

  private LocalTarget(
      Path target, Path folder, Memory memory, int connections, Publisher publisher) {
    this.target = target;
    this.folder = folder;
    this.memory = memory;
    this.connections = connections;
    this.publisher = publisher;
  }

  /// Begins a file that shall be called `target`, or goes on with it. The folder must exist.
  ///
  /// @param memory the transfer's; stays the caller's to close
  /// @throws NoSuchFileException where there is no such folder
  public static LocalTarget create(Path target, Memory memory) throws FileSystemException {
    return create(target, memory, 1);
  }

  /// As above, over several connections where that may help.
  public static LocalTarget create(Path target, Memory memory, int connections)
      throws FileSystemException {
    return create(target, memory, connections, new Publisher(Files::createLink));
  }

  static LocalTarget create(Path target, Memory memory, int connections, Publisher publisher)
      throws FileSystemException {
    Path file = target.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || file.getFileName() == null) {
      throw new FileSystemException(target.toString(), null, "a folder, not a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "no such folder");
    }
    return new LocalTarget(file, folder, memory, connections, publisher);
  }

  /// Drops what earlier runs have kept of a file that should be called `target`.
  public static void drop(Path target, Memory memory) throws FileSystemException {
    try (LocalTarget kept = create(target, memory)) {
      Optional<Part> _ = kept.part();
      kept.discard();
    }
  }

  @Override
  public Optional<Part> part() throws FileSystemException {
    if (staging == null) {
      recall();
    }
    return Optional.ofNullable(state)
        .filter(known -> known.mark().position() > 0)
        .map(known -> new Part(known.version(), known.size(), known.mark()));
  }

  private void recall() throws FileSystemException {
    GetState found = memory.recall().flatMap(GetState::parse).orElse(null);
    if (found == null) {
      return;
    }
    try {
      staging = Staging.again(keptPath(), found.staged(), found.mark().position()).orElse(null);
      state = staging == null ? null : found;
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  @Override
  public void begin(Incoming incoming) throws FileSystemException {
    discard();
    if (incoming.size() < KEPT_FROM || incoming.version().isEmpty() || !memory.claim()) {
      return;
    }
    try {
      Staging kept = Staging.kept(keptPath());
      staging = kept;
      var begun =
          new GetState(incoming.version().get(), incoming.size(), kept.identity(), Mark.START);
      state = begun;
      memory.keep(begun.toString());
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  private Path keptPath() {
    return folder.resolve(stagingName(memory.tag()));
  }

  private String stagingName(String tag) {
    String name = String.valueOf(target.getFileName());
    int end =
        name.offsetByCodePoints(
            0, Math.min(NAME_CHARACTERS, name.codePointCount(0, name.length())));
    return "." + name.substring(0, end) + "." + tag + ".part";
  }

  @Override
  public void write(ByteBuffer bytes) throws FileSystemException {
    try {
      FileChannel channel = staging().channel();
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  @Override
  public int connections() {
    return connections;
  }

  @Override
  public void write(ByteBuffer bytes, long position) throws FileSystemException {
    try {
      FileChannel channel = staging().channel();
      long next = position;
      while (bytes.hasRemaining()) {
        next += channel.write(bytes, next);
      }
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  private Staging staging() throws IOException {
    Staging current = staging;
    if (current == null) {
      byte[] random = new byte[6];
      RANDOM.nextBytes(random);
      current = Staging.passing(folder.resolve(stagingName(HexFormat.of().formatHex(random))));
      staging = current;
    }
    return current;
  }

  /// Remembers it once the bytes are on the medium, which nobody waits for.
  @Override
  public void mark(Mark reached) throws FileSystemException {
    GetState before = state;
    Staging current = staging;
    if (before == null || current == null || reached.position() >= before.size()) {
      return;
    }
    GetState now = before.at(reached);
    state = now;
    try {
      marks.submit(
          () -> {
            current.channel().force(false);
            memory.keep(now.toString());
          });
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  /// Says when the file was changed last; unless said, that is when it was written here.
  void modified(Instant time) {
    modified = time;
  }

  /// Gives the file its name, for good: when this returns, bytes and name survive a power cut.
  /// Once.
  ///
  /// @param ifTaken whether to take the name from a file, or from a link itself, that has it
  /// @throws FileAlreadyExistsException where the name is taken and shall stay so
  public void publish(IfTaken ifTaken) throws FileSystemException {
    try {
      Staging done = staging();
      marks.await();
      if (modified != null) {
        Path _ = Files.setLastModifiedTime(done.path(), FileTime.from(modified));
      }
      done.channel().force(true);
      switch (ifTaken) {
        case REFUSE -> publisher.publish(done.path(), target);
        case REPLACE -> {
          Path _ =
              Files.move(
                  done.path(),
                  target,
                  StandardCopyOption.ATOMIC_MOVE,
                  StandardCopyOption.REPLACE_EXISTING);
        }
      }
      done.remove();
      forceFolder();
      memory.forget();
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

  /// Drops all that has come, also what earlier runs have kept. The next byte is the first.
  public void discard() throws FileSystemException {
    Staging dropped = staging;
    staging = null;
    state = null;
    try {
      marks.await();
      if (dropped != null) {
        dropped.remove();
        dropped.close();
      }
      if (memory.isKept()) {
        boolean _ = Files.deleteIfExists(keptPath());
        memory.forget();
      }
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    }
  }

  /// Ends the transfer; what was neither published nor is worth keeping is gone. May be called
  /// again.
  @Override
  public void close() throws FileSystemException {
    try {
      marks.await();
    } catch (IOException e) {
      throw LocalFailure.of(target, e);
    } finally {
      end();
    }
  }

  private void end() throws FileSystemException {
    Staging current = staging;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        throw LocalFailure.of(target, e);
      }
    }
  }
}
