package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.model.Digest;
import org.privateshare.model.NumberedName;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// One file on its way out of a share: fetched, or found here, or fetched under another name.
///
/// @param modified what the file's time of change shall be here; empty for that of its coming
record Receiving(Remote remote, Habits habits, Course course, Optional<Instant> modified) {
  Outcome file(SharePath file, Path local) throws Refusal, IOException {
    if (Files.isDirectory(local, LinkOption.NOFOLLOW_LINKS) && !isFileThere(file)) {
      throw Refusal.Missing.isFolder(file);
    }
    if (!isTaken(local)) {
      return habits.dryRun()
          ? planned(file)
          : receive(file, local, IfTaken.REFUSE, Optional.empty());
    }
    if (isHere(file, local)) {
      return unchanged(file, local);
    }
    return switch (habits.chooser().choose(course.name())) {
      case REFUSE -> throw new FileAlreadyExistsException(local.toString());
      case SKIP -> new Outcome.Skipped();
      case REPLACE ->
          habits.dryRun() ? planned(file) : receive(file, local, IfTaken.REPLACE, Optional.empty());
      case RENAME -> habits.dryRun() ? planned(file) : rename(file, local);
    };
  }

  private boolean isFileThere(SharePath file) throws Refusal, IOException {
    return habits
        .patience()
        .until(course, () -> remote.find(file, Digest.Algorithm.CRC32C))
        .isPresent();
  }

  private Outcome planned(SharePath file) throws Refusal, IOException {
    RemoteFile found =
        habits
            .patience()
            .until(course, () -> remote.find(file, Digest.Algorithm.CRC32C))
            .orElseThrow(() -> Refusal.Missing.isFolder(file));
    return new Outcome.Planned(found.size());
  }

  private Outcome rename(SharePath file, Path local) throws Refusal, IOException {
    for (int number = 1; number <= NumberedName.MOST; number++) {
      String name = NumberedName.of(String.valueOf(local.getFileName()), number);
      Path other = local.resolveSibling(name);
      if (!isTaken(other)) {
        return receive(file, other, IfTaken.REFUSE, Optional.of(name));
      }
      if (isHere(file, other)) {
        return unchanged(file, other);
      }
    }
    throw new FileAlreadyExistsException(local.toString());
  }

  /// Whether anything has the name, be it a dangling link. A courtesy to save the transfer;
  /// publishing decides.
  private static boolean isTaken(Path local) {
    return Files.exists(local, LinkOption.NOFOLLOW_LINKS);
  }

  /// A link is somebody's pointer to a file, not that file.
  private boolean isHere(SharePath file, Path local) throws Refusal, IOException {
    return Files.isRegularFile(local, LinkOption.NOFOLLOW_LINKS)
        && habits.patience().until(course, () -> new Comparison(remote).same(local, file));
  }

  /// A run that ended right behind the publishing may have left its memory.
  private Outcome unchanged(SharePath file, Path local) throws IOException {
    LocalTarget.drop(local, memory(file, local));
    return new Outcome.Unchanged(Files.size(local));
  }

  private Memory memory(SharePath file, Path local) throws IOException {
    return course.remember(habits.memories().of("get", file + "\n" + local.toAbsolutePath()));
  }

  private Outcome receive(SharePath file, Path local, IfTaken ifTaken, Optional<String> as)
      throws Refusal, IOException {
    Memory memory = memory(file, local);
    if (habits.restart()) {
      LocalTarget.drop(local, memory);
    }
    Received received =
        habits.patience().until(course, () -> attempt(file, local, memory, ifTaken));
    return new Outcome.Moved(received.size(), received.digest(), as);
  }

  private Received attempt(SharePath file, Path local, Memory memory, IfTaken ifTaken)
      throws Refusal, IOException {
    try (LocalTarget target = LocalTarget.create(local, memory, habits.connections())) {
      course.attempt(OptionalLong.empty());
      try {
        Received received = remote.get(file, target, course);
        modified.ifPresent(target::modified);
        target.publish(ifTaken);
        return received;
      } catch (Refusal.Missing | Refusal.Mismatch | FileAlreadyExistsException e) {
        // There is nothing to go on with.
        target.discard();
        throw e;
      }
    }
  }

  /// Brings the bytes into a sink, once: what has gone into a stream can't be taken back.
  Outcome into(LocalSink sink, SharePath file) throws Refusal, IOException {
    course.attempt(OptionalLong.empty());
    Received received = remote.get(file, sink, course);
    return new Outcome.Moved(received.size(), received.digest(), Optional.empty());
  }
}
