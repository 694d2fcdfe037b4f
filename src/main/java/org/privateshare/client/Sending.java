package org.privateshare.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.NumberedName;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// One file on its way into a share: sent, or found there, or sent under another name.
record Sending(Remote remote, Habits habits, Course course) {
  Outcome file(Path file, SharePath target, IfTaken ifTaken) throws Refusal, IOException {
    SharePath.ROOT.child(target.name()).requirePortable();
    if (habits.dryRun()) {
      return rehearse(file, target);
    }
    if (ifTaken == IfTaken.REPLACE && isThere(file, target)) {
      return new Outcome.Unchanged(file.toFile().length());
    }
    try {
      return send(file, target, ifTaken, Optional.empty());
    } catch (Refusal.Taken taken) {
      if (isThere(file, target)) {
        return new Outcome.Unchanged(file.toFile().length());
      }
      return switch (habits.chooser().choose(course.name())) {
        case REFUSE -> throw taken;
        case SKIP -> new Outcome.Skipped();
        case REPLACE -> send(file, target, IfTaken.REPLACE, Optional.empty());
        case RENAME -> rename(file, target, taken);
      };
    }
  }

  private Outcome rename(Path file, SharePath target, Refusal.Taken taken)
      throws Refusal, IOException {
    for (int number = 1; number <= NumberedName.MOST; number++) {
      SharePath other = target.parent().child(NumberedName.of(target.name(), number));
      other.requirePortable();
      try {
        return send(file, other, IfTaken.REFUSE, Optional.of(other.toString()));
      } catch (Refusal.Taken again) {
        if (isThere(file, other)) {
          return new Outcome.Unchanged(file.toFile().length());
        }
      }
    }
    throw taken;
  }

  private Outcome rehearse(Path file, SharePath target) throws Refusal, IOException {
    try (LocalFile opened = LocalFile.open(file, Memory.NONE)) {
      Optional<RemoteFile> there =
          habits.patience().until(course, () -> remote.find(target, Digest.Algorithm.CRC32C));
      if (there.isEmpty()) {
        return new Outcome.Planned(opened.length());
      }
      if (isThere(file, target)) {
        return new Outcome.Unchanged(opened.length());
      }
      return switch (habits.chooser().choose(course.name())) {
        case REFUSE -> throw new Refusal.Taken(target);
        case SKIP -> new Outcome.Skipped();
        case REPLACE, RENAME -> new Outcome.Planned(opened.length());
      };
    }
  }

  private boolean isThere(Path file, SharePath target) throws Refusal, IOException {
    return habits.patience().until(course, () -> new Comparison(remote).same(file, target));
  }

  private Outcome send(Path file, SharePath target, IfTaken ifTaken, Optional<String> as)
      throws Refusal, IOException {
    Memory memory =
        course.remember(habits.memories().of("put", target + "\n" + file.toAbsolutePath()));
    if (habits.restart()) {
      restart(target, memory);
    }
    return habits.patience().until(course, () -> attempt(open(file, memory), target, ifTaken, as));
  }

  private LocalFile open(Path file, Memory memory) throws IOException {
    return LocalFile.open(file, memory, habits.connections());
  }

  private void restart(SharePath target, Memory memory) throws Refusal, IOException {
    boolean _ =
        habits
            .patience()
            .until(
                course,
                () -> {
                  remote.dropUploads(target);
                  return true;
                });
    memory.forget();
  }

  /// Sends a stream, once: what has gone through it can't be had again.
  Outcome stream(LocalStream stream, SharePath target, IfTaken ifTaken)
      throws Refusal, IOException {
    return attempt(stream, target, ifTaken, Optional.empty());
  }

  private Outcome attempt(
      LocalSource opened, SharePath target, IfTaken ifTaken, Optional<String> as)
      throws Refusal, IOException {
    try (LocalSource source = opened) {
      SharePath.ROOT.child(target.name()).requirePortable();
      course.attempt(source.size());
      Stored stored = remote.put(source, target, ifTaken, course);
      return new Outcome.Moved(stored.size(), stored.digest(), as);
    }
  }
}
