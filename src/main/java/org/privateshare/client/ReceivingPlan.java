package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.privateshare.model.Digest;
import org.privateshare.model.NumberedName;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Finds out what of a share's folder is lacking here: it is listed once, and once more with sums
/// where files of one size have different times. Makes the folders. What needn't be brought, or
/// can't, is told.
///
/// What the share calls things is not trusted: a path becomes one below the top, name by name, of
/// names that are portable, and through folders that are no links.
final class ReceivingPlan {
  private final RemoteTree tree;
  private final Habits habits;
  private final FolderCourse course;
  private final SharePath source;
  private final Path top;

  private final List<Wanted> files = new ArrayList<>();
  private final Set<SharePath> made = new HashSet<>();
  private final Set<SharePath> refused = new HashSet<>();
  private final Set<Path> touched = new LinkedHashSet<>();
  private long nameless;

  /// A file that is lacking here.
  ///
  /// @param as its name here where its own is taken
  record Wanted(Listed file, Path local, IfTaken ifTaken, Optional<String> as) {}

  ReceivingPlan(RemoteTree tree, Habits habits, FolderCourse course, SharePath source, Path top) {
    this.tree = tree;
    this.habits = habits;
    this.course = course;
    this.source = source;
    this.top = top;
  }

  /// The files that are lacking here.
  List<Wanted> files() {
    return files;
  }

  void make() throws Refusal, IOException {
    Map<SharePath, Listed> listed = list(false);
    if (nameless > 0) {
      course.failed(
          source + "/", new Refusal.BadName(nameless + " names that no file may have, left out"));
    }
    if (!make(source, top)) {
      return;
    }
    List<Wanted> doubtful = new ArrayList<>();
    for (Listed entry : listed.values()) {
      add(entry, doubtful);
    }
    for (Path folder : touched) {
      LocalBatches.force(folder);
    }
    compareSums(doubtful);
  }

  private Map<SharePath, Listed> list(boolean sums) throws Refusal, IOException {
    return habits
        .patience()
        .until(
            course,
            () -> {
              Map<SharePath, Listed> found = new LinkedHashMap<>();
              nameless = tree.list(source, sums, entry -> found.putIfAbsent(entry.path(), entry));
              return found;
            });
  }

  private String below(SharePath path) {
    return String.join(
        "/", path.segments().subList(source.segments().size(), path.segments().size()));
  }

  private static String shown(Listed entry) {
    return entry.path() + (entry.folder() ? "/" : "");
  }

  private void add(Listed entry, List<Wanted> doubtful) {
    SharePath path = entry.path();
    String below = below(path);
    if (refused.contains(path.parent())
        || habits.folders().exclude().leaveOut(below, entry.folder())) {
      refuse(entry);
      return;
    }
    try {
      SharePath.ROOT.child(path.name()).requirePortable();
    } catch (Refusal.BadName e) {
      refuse(entry);
      course.failed(shown(entry), e);
      return;
    }
    Path local = top.resolve(below);
    if (entry.folder()) {
      if (!make(path, local)) {
        refuse(entry);
      }
    } else {
      file(new Wanted(entry, local, IfTaken.REFUSE, Optional.empty()), doubtful);
    }
  }

  /// Whatever is in a folder that can't be is passed over with it.
  private void refuse(Listed entry) {
    if (entry.folder()) {
      boolean _ = refused.add(entry.path());
    }
  }

  /// Sees to it that there is such a folder; false where there can't be.
  private boolean make(SharePath path, Path local) {
    try {
      if (!made.contains(path.parent())) {
        if (Files.isDirectory(local, LinkOption.NOFOLLOW_LINKS)) {
          return true;
        }
        if (Files.exists(local, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(local.toString());
        }
      }
      if (habits.dryRun()) {
        course.tell(new Progress.Planned(path + "/", 0));
      } else {
        Path _ = Files.createDirectory(local);
        Path around = local.toAbsolutePath().getParent();
        if (around != null) {
          boolean _ = touched.add(around);
        }
        course.madeFolder();
      }
      boolean _ = made.add(path);
      return true;
    } catch (IOException e) {
      course.failed(path + "/", LocalFailure.of(local, e));
      return false;
    }
  }

  private void file(Wanted wanted, List<Wanted> doubtful) {
    try {
      if (made.contains(wanted.file().path().parent())) {
        files.add(wanted);
        return;
      }
      BasicFileAttributes here =
          Files.readAttributes(
              wanted.local(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!here.isRegularFile() || here.size() != wanted.file().size().orElse(-1)) {
        taken(wanted);
      } else if (!habits.folders().checksum()
          && wanted
              .file()
              .modified()
              .filter(time -> SameTime.same(time, here.lastModifiedTime().toInstant()))
              .isPresent()) {
        unchanged(wanted);
      } else {
        doubtful.add(wanted);
      }
    } catch (NoSuchFileException e) {
      files.add(wanted);
    } catch (IOException e) {
      course.failed(wanted.file().path().toString(), LocalFailure.of(wanted.local(), e));
    }
  }

  private void compareSums(List<Wanted> doubtful) throws Refusal, IOException {
    if (doubtful.isEmpty()) {
      return;
    }
    Map<SharePath, Listed> listed = list(true);
    for (Wanted wanted : doubtful) {
      SharePath path = wanted.file().path();
      Listed there = listed.get(path);
      try (LocalFile file = LocalFile.open(wanted.local(), Memory.NONE)) {
        Optional<Digest> sum = there == null ? Optional.empty() : there.digest();
        if (sum.equals(Optional.of(file.sum(Digest.Algorithm.CRC32C)))) {
          unchanged(wanted);
        } else {
          taken(wanted);
        }
      } catch (FileSystemException e) {
        course.failed(path.toString(), e);
      }
    }
  }

  private void unchanged(Wanted wanted) {
    long size = wanted.file().size().orElse(0);
    course.tell(new Progress.Unchanged(wanted.file().path().toString(), size));
  }

  private void taken(Wanted wanted) {
    String path = wanted.file().path().toString();
    switch (habits.folders().ifTaken()) {
      case REFUSE -> course.failed(path, new FileAlreadyExistsException(wanted.local().toString()));
      case SKIP -> course.tell(new Progress.Skipped(path));
      case REPLACE ->
          files.add(new Wanted(wanted.file(), wanted.local(), IfTaken.REPLACE, Optional.empty()));
      case RENAME -> rename(wanted);
    }
  }

  private void rename(Wanted wanted) {
    for (int number = 1; number <= NumberedName.MOST; number++) {
      String name = NumberedName.of(wanted.file().path().name(), number);
      Path other = wanted.local().resolveSibling(name);
      if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
        files.add(new Wanted(wanted.file(), other, IfTaken.REFUSE, Optional.of(name)));
        return;
      }
    }
    course.failed(
        wanted.file().path().toString(), new FileAlreadyExistsException(wanted.local().toString()));
  }
}
