package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Finds out what of a folder here a share lacks: the folder is walked, the share's is listed once,
/// and once more with sums where files of one size have different times. What needn't be sent, or
/// can't, is told.
final class SendingPlan implements LocalTree.Visitor {
  /// So many bytes are sent without asking whether they are there already.
  private static final long MOST_SENT_UNASKED = 4L << 20;

  private final RemoteTree tree;
  private final Habits habits;
  private final FolderCourse course;
  private final SharePath target;

  private final Map<String, LocalTree.Node> nodes = new LinkedHashMap<>();
  private final List<LocalTree.Node> folders = new ArrayList<>();
  private final List<Wanted> files = new ArrayList<>();

  /// A file that the share lacks.
  ///
  /// @param isTaken whether another has its name there, and it shall get a new one
  record Wanted(LocalTree.Node node, boolean isTaken) {}

  SendingPlan(RemoteTree tree, Habits habits, FolderCourse course, SharePath target) {
    this.tree = tree;
    this.habits = habits;
    this.course = course;
    this.target = target;
  }

  /// The folders that the share lacks, outer ones first.
  List<LocalTree.Node> folders() {
    return folders;
  }

  /// The files that the share lacks.
  List<Wanted> files() {
    return files;
  }

  /// What is in a folder of the share, by its whole path.
  static String path(SharePath target, String name) {
    return name.isEmpty() || target.isRoot() ? target + name : target + "/" + name;
  }

  void make(LocalTree local) throws Refusal, IOException {
    local.visit(this);
    Map<String, Listed> found = new HashMap<>();
    boolean isThere = list(false, found);
    if (!isThere) {
      folders.add(local.node());
    }
    List<LocalTree.Node> doubtful = new ArrayList<>();
    String taken = "";
    for (LocalTree.Node node : nodes.values()) {
      if (taken.isEmpty() || !node.path().startsWith(taken)) {
        Listed there = found.get(node.path());
        boolean fits = there == null || compare(node, there, doubtful);
        taken = fits ? "" : node.path() + "/";
        if (there == null) {
          lacks(node);
        }
      }
    }
    compareSums(doubtful);
  }

  private void lacks(LocalTree.Node node) {
    if (node.isFolder()) {
      folders.add(node);
    } else {
      files.add(new Wanted(node, false));
    }
  }

  /// Returns whether what is in a folder can be sent.
  private boolean compare(LocalTree.Node node, Listed there, List<LocalTree.Node> doubtful) {
    if (node.isFolder()) {
      if (!there.folder()) {
        course.failed(path(target, node.path()) + "/", new Refusal.Taken(there.path()));
      }
      return there.folder();
    }
    if (there.folder()) {
      course.failed(path(target, node.path()), new Refusal.Taken(there.path()));
    } else if (there.size().orElse(-1) != node.size()) {
      taken(node);
    } else if (!habits.folders().checksum()
        && there.modified().filter(time -> SameTime.same(time, node.modified())).isPresent()) {
      unchanged(node);
    } else {
      doubtful.add(node);
    }
    return true;
  }

  private void compareSums(List<LocalTree.Node> doubtful) throws Refusal, IOException {
    if (isSoonerSentThanSummed(doubtful)) {
      // The server compares what it gets, and says so where nothing has changed.
      doubtful.forEach(node -> files.add(new Wanted(node, false)));
      return;
    }
    Map<String, Listed> found = new HashMap<>();
    boolean _ = list(true, found);
    for (LocalTree.Node node : doubtful) {
      Listed there = found.get(node.path());
      Optional<Digest> digest = there == null ? Optional.empty() : there.digest();
      try (LocalFile file = LocalFile.open(node.file(), Memory.NONE)) {
        if (digest.isEmpty()) {
          // The server doesn't say, but will compare what it gets.
          files.add(new Wanted(node, false));
        } else if (digest.get().equals(file.sum(Digest.Algorithm.CRC32C))) {
          unchanged(node);
        } else {
          taken(node);
        }
      } catch (FileSystemException e) {
        course.failed(path(target, node.path()), e);
      }
    }
  }

  /// Whether it costs less to send them than to ask for the sums of all files of the tree: always
  /// where there are none. What is only to be shown, skipped or renamed has to be known before.
  private boolean isSoonerSentThanSummed(List<LocalTree.Node> doubtful) {
    Chooser.Choice ifTaken = habits.folders().ifTaken();
    boolean isForServer = ifTaken == Chooser.Choice.REFUSE || ifTaken == Chooser.Choice.REPLACE;
    return doubtful.isEmpty()
        || (isForServer
            && !habits.dryRun()
            && !habits.folders().checksum()
            && doubtful.stream().mapToLong(LocalTree.Node::size).sum() <= MOST_SENT_UNASKED);
  }

  private void unchanged(LocalTree.Node node) {
    course.tell(new Progress.Unchanged(path(target, node.path()), node.size()));
  }

  private void taken(LocalTree.Node node) {
    String path = path(target, node.path());
    switch (habits.folders().ifTaken()) {
      case REFUSE -> {
        try {
          course.failed(path, new Refusal.Taken(SharePath.parse(path)));
        } catch (Refusal.BadName e) {
          throw new AssertionError("checked when it was found", e);
        }
      }
      case SKIP -> course.tell(new Progress.Skipped(path));
      case REPLACE -> files.add(new Wanted(node, false));
      case RENAME -> files.add(new Wanted(node, true));
    }
  }

  /// Whether there is such a folder, as far as the key may know. Keeps what is here as well.
  private boolean list(boolean sums, Map<String, Listed> found) throws Refusal, IOException {
    int prefix = target.isRoot() ? 0 : target.toString().length() + 1;
    try {
      return habits
          .patience()
          .until(
              course,
              () -> {
                found.clear();
                long _ =
                    tree.list(
                        target,
                        sums,
                        entry -> {
                          String name = entry.path().toString().substring(prefix);
                          LocalTree.Node node = nodes.get(name);
                          if (node != null) {
                            found.put(node.path(), entry);
                          }
                        });
                return true;
              });
    } catch (Refusal.Missing | Refusal.Denied e) {
      return false;
    }
  }

  @Override
  public boolean found(LocalTree.Node node) {
    String path = path(target, node.path());
    try {
      SharePath.parse(path).requirePortable();
      nodes.put(node.path(), node);
      return true;
    } catch (Refusal.BadName e) {
      course.failed(node.isFolder() ? path + "/" : path, e);
      return false;
    }
  }

  @Override
  public void leftOut(String path, String what) {
    course.tell(new Progress.LeftOut(path(target, path), what));
  }

  @Override
  public void failed(String path, FileSystemException cause) {
    course.failed(path(target, path), cause);
  }
}
