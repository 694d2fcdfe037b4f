package org.privateshare.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.privateshare.model.Refusal;

/// The journal of a folder store: `ID.journal` beside the staged file `ID.part`.
final class FolderJournal implements Journal {
  /// More than any entry has; whatever is longer is none.
  private static final long MAX_BYTES = 8 << 20;

  private final Life.Gate gate;
  private final StagingFolder staging;

  FolderJournal(Life.Gate gate, StagingFolder staging) {
    this.gate = gate;
    this.staging = staging;
  }

  @Override
  public void write(String id, String text) throws Refusal, IOException {
    Path fresh = staging.file(staging.freshId(), StagingFolder.PART);
    step(
        "write",
        () -> {
          try {
            try (FileChannel channel = staging.create(fresh)) {
              put(channel, text);
            }
            Path entry = staging.file(id, StagingFolder.JOURNAL);
            Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
          } catch (Throwable e) {
            staging.remove(fresh);
            throw e;
          }
          staging.force();
        });
  }

  @Override
  public void append(String id, String text) throws Refusal, IOException {
    Path entry = staging.file(id, StagingFolder.JOURNAL);
    step(
        "write",
        () -> {
          try (FileChannel channel =
              FileChannel.open(
                  entry,
                  Set.of(
                      StandardOpenOption.WRITE,
                      StandardOpenOption.APPEND,
                      LinkOption.NOFOLLOW_LINKS))) {
            put(channel, text);
          }
        });
  }

  private static void put(FileChannel channel, String text) throws IOException {
    ByteBuffer left = UTF_8.encode(text);
    while (left.hasRemaining()) {
      var _ = channel.write(left);
    }
    channel.force(true);
  }

  @Override
  public Optional<Note> read(String id) throws IOException {
    Path entry = staging.file(id, StagingFolder.JOURNAL);
    try (Life.Use _ = gate.begin()) {
      Optional<Stat> stat = Stat.find(entry, LinkOption.NOFOLLOW_LINKS);
      if (stat.isEmpty() || !stat.get().isFile() || stat.get().size() > MAX_BYTES) {
        return Optional.empty();
      }
      return Optional.of(
          new Note(
              new String(Files.readAllBytes(entry), UTF_8), stat.get().modified().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  @Override
  public List<String> ids() throws IOException {
    try (Life.Use _ = gate.begin()) {
      return staging.ids(StagingFolder.JOURNAL);
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  @Override
  public boolean isStaged(String id) throws IOException {
    Path part = staging.file(id, StagingFolder.PART);
    try (Life.Use _ = gate.begin()) {
      Optional<Stat> stat = Stat.find(part, LinkOption.NOFOLLOW_LINKS);
      if (stat.isPresent() && stat.get().links() > 1) {
        staging.remove(part);
        return false;
      }
      return stat.isPresent();
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  @Override
  public void remove(String id) throws IOException {
    try (Life.Use _ = gate.begin()) {
      // The entry last: without it nobody would know of what is staged before the next start.
      staging.remove(staging.file(id, StagingFolder.PART));
      staging.remove(staging.file(id, StagingFolder.JOURNAL));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void step(String doing, Step step) throws Refusal, IOException {
    try (Life.Use _ = gate.begin()) {
      step.run();
    } catch (IOException e) {
      MediumFailure.refuseIfFull(e);
      throw failure(doing, e);
    }
  }

  private static IOException failure(String doing, IOException e) {
    return new IOException(
        "cannot " + doing + " the journal of uploads: " + MediumFailure.reason(e), e);
  }
}
