package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The last steps of staged files into the share; `docs/storage.md` says what a crash between any
/// two of them leaves. Of many files the forces run several at once, so that the file system can
/// bring many to the medium in one go, and a folder is forced once for all the names that it got.
final class GroupCommit implements Closeable {
  private static final int FORCES_AT_ONCE = 8;

  private final FolderMaker folders;
  private final FolderChanges changes;

  /// Threads of the system: a force of a file without a name would hold one below virtual threads,
  /// of which all requests live. They end when there is nothing to do.
  private final ThreadPoolExecutor forcers = forcers();

  GroupCommit(FolderMaker folders, FolderChanges changes) {
    this.folders = folders;
    this.changes = changes;
  }

  private static ThreadPoolExecutor forcers() {
    var threads =
        new ThreadPoolExecutor(
            FORCES_AT_ONCE,
            FORCES_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("force-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// Something that must hold between the forces and the names.
  interface Guard {
    void require() throws IOException;
  }

  /// Publishes all that nothing forbids, each on its own terms. Every file has its outcome then,
  /// unless an `IOException` ends it all.
  void publish(List<FolderStagedFile> files, Guard guard) throws IOException {
    forceAll(files);
    guard.require();
    Map<SharePath, List<FolderStagedFile>> byFolder = new LinkedHashMap<>();
    for (FolderStagedFile file : files) {
      if (file.refusal().isEmpty()) {
        byFolder.computeIfAbsent(file.target().parent(), _ -> new ArrayList<>()).add(file);
      }
    }
    for (Map.Entry<SharePath, List<FolderStagedFile>> group : byFolder.entrySet()) {
      try {
        publishInto(group.getKey(), group.getValue());
      } catch (IOException e) {
        SharePath shown =
            group.getValue().size() == 1 ? group.getValue().getFirst().target() : group.getKey();
        throw MediumFailure.during("publish", shown, e);
      }
    }
  }

  private void forceAll(List<FolderStagedFile> files) throws IOException {
    if (files.size() == 1 && files.getFirst().bytes() instanceof NamedBytes) {
      force(files.getFirst());
      return;
    }
    List<Future<?>> forces = new ArrayList<>();
    for (int n = 0; n < Math.min(FORCES_AT_ONCE, files.size()); n++) {
      int first = n;
      forces.add(
          forcers.submit(
              () -> {
                for (int i = first; i < files.size(); i += FORCES_AT_ONCE) {
                  force(files.get(i));
                }
                return true;
              }));
    }
    awaitAll(forces);
  }

  /// Waits for all, whatever becomes of them: none may be under way when its file is closed.
  private static void awaitAll(List<Future<?>> forces) throws IOException {
    Optional<Throwable> failure = Optional.empty();
    boolean interrupted = false;
    for (int n = 0; n < forces.size(); ) {
      try {
        var _ = forces.get(n).get();
        n++;
      } catch (ExecutionException e) {
        failure = failure.isPresent() ? failure : Optional.ofNullable(e.getCause());
        n++;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure.isPresent()) {
      throw failure.get() instanceof IOException e ? e : new IOException(failure.get());
    }
  }

  private void force(FolderStagedFile file) throws IOException {
    try {
      attempt(
          file,
          () -> {
            file.bytes().makePublic();
            file.bytes().force();
          });
    } catch (IOException e) {
      throw MediumFailure.during("publish", file.target(), e);
    }
  }

  private interface Step {
    void run() throws Refusal, IOException;
  }

  /// Takes one step of one file. A refusal is that file's outcome, and so is want of room.
  private static void attempt(FolderStagedFile file, Step step) throws IOException {
    try {
      step.run();
    } catch (Refusal e) {
      file.refuse(e);
    } catch (IOException e) {
      if (!MediumFailure.isFull(e)) {
        throw e;
      }
      file.refuse(MediumFailure.full());
    }
  }

  private void publishInto(SharePath parent, List<FolderStagedFile> files) throws IOException {
    List<FolderStagedFile> fit = new ArrayList<>();
    for (FolderStagedFile file : files) {
      if (!mayBeNew(file)) {
        attempt(file, () -> changes.check(file.target(), file.must())); // makes no folder in vain
      }
      if (file.refusal().isEmpty()) {
        fit.add(file);
      }
    }
    if (fit.isEmpty()) {
      return;
    }
    try (Held folder = folders.settle(parent.segments())) {
      nameAll(fit, folder);
    } catch (Refusal.Taken e) {
      fit.forEach(file -> file.refuse(e));
    } catch (IOException e) {
      if (!MediumFailure.isFull(e)) {
        throw e;
      }
      fit.forEach(file -> file.refuse(MediumFailure.full()));
    }
  }

  private void nameAll(List<FolderStagedFile> files, Held folder) throws IOException {
    Map<FolderStagedFile, Boolean> replaced = new LinkedHashMap<>();
    List<FolderStagedFile> others = files;
    if (files.size() > 1 && mayBeNew(files)) {
      others = linkAll(files, folder, replaced);
    }
    for (FolderStagedFile file : others) {
      attempt(file, () -> replaced.put(file, publish(file, folder)));
    }
    if (replaced.isEmpty()) {
      return;
    }
    forceNames(folder);
    for (Map.Entry<FolderStagedFile, Boolean> visible : replaced.entrySet()) {
      FolderStagedFile file = visible.getKey();
      Optional<Stat> is = file.bytes().unstage(folder, file.target().name());
      file.published(new Published(is, visible.getValue()));
    }
  }

  private boolean publish(FolderStagedFile file, Held folder) throws Refusal, IOException {
    return changes.publish(file.bytes(), folder, file.target(), file.must());
  }

  private static boolean mayBeNew(FolderStagedFile file) {
    return file.must() == Precondition.Existence.ABSENT
        || file.must() == Precondition.Existence.ANY;
  }

  /// Whether all of these may get a name that is free, on the same terms: then it doesn't matter
  /// that some of them come before others.
  private static boolean mayBeNew(List<FolderStagedFile> files) {
    Precondition first = files.getFirst().must();
    return mayBeNew(files.getFirst()) && files.stream().allMatch(file -> file.must().equals(first));
  }

  /// Gives free names to all that can get one, with one look at the folder. Of those that may
  /// replace the first one goes its own way: a new name makes all those of the folder known.
  ///
  /// @return those that may have to take another's place
  private List<FolderStagedFile> linkAll(
      List<FolderStagedFile> files, Held folder, Map<FolderStagedFile, Boolean> replaced)
      throws IOException {
    boolean mayReplace = files.getFirst().must() == Precondition.Existence.ANY;
    if (mayReplace) {
      FolderStagedFile first = files.getFirst();
      attempt(first, () -> replaced.put(first, publish(first, folder)));
    }
    List<FolderStagedFile> others = new ArrayList<>();
    try (TwinIndex.Naming names = changes.naming(folder)) {
      for (FolderStagedFile file : mayReplace ? files.subList(1, files.size()) : files) {
        if (mayReplace && !names.isFree(file.target())) {
          others.add(file);
          continue;
        }
        attempt(
            file,
            () -> {
              changes.link(names, file.bytes(), folder, file.target());
              replaced.put(file, false);
            });
      }
    }
    folder.confirm();
    return others;
  }

  /// The files are visible already, and whole. Where this fails they stay, since somebody may have
  /// seen them, but nobody is told that they will survive a power cut.
  private static void forceNames(Held folder) throws IOException {
    try {
      FolderMaker.force(folder);
    } catch (IOException e) {
      throw new IOException(
          "it is visible, but may not outlive a power cut (" + MediumFailure.reason(e) + ")", e);
    }
  }

  /// Lets the forces under way end.
  @Override
  public void close() {
    forcers.shutdown();
  }
}
