package org.privateshare.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The last steps of staged files into the share; `docs/storage.md` says what a crash between any
/// two of them leaves. Of many files the forces run several at once, so that the file system can
/// bring many to the medium in one go, and a folder is forced once for all the names that it got.
final class GroupCommit {
  private static final int FORCES_AT_ONCE = 8;

  private final FolderMaker folders;
  private final FolderChanges changes;

  GroupCommit(FolderMaker folders, FolderChanges changes) {
    this.folders = folders;
    this.changes = changes;
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
    if (files.size() == 1) {
      force(files.getFirst());
      return;
    }
    List<Future<?>> forces = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < Math.min(FORCES_AT_ONCE, files.size()); n++) {
        int first = n;
        forces.add(
            threads.submit(
                () -> {
                  for (int i = first; i < files.size(); i += FORCES_AT_ONCE) {
                    force(files.get(i));
                  }
                  return true;
                }));
      }
    }
    for (Future<?> force : forces) {
      await(force);
    }
  }

  private static void await(Future<?> ended) throws IOException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void force(FolderStagedFile file) throws IOException {
    try {
      attempt(
          file,
          () -> {
            file.bytes().makePublic();
            file.bytes().channel().force(true);
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
      if (file.must() != Precondition.Existence.ABSENT) {
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
    List<FolderStagedFile> visible = new ArrayList<>();
    List<Boolean> replaced = new ArrayList<>();
    for (FolderStagedFile file : files) {
      attempt(
          file,
          () -> {
            replaced.add(changes.publish(file.bytes(), folder, file.target(), file.must()));
            visible.add(file);
          });
    }
    if (visible.isEmpty()) {
      return;
    }
    forceNames(folder);
    for (int n = 0; n < visible.size(); n++) {
      FolderStagedFile file = visible.get(n);
      String version = file.bytes().unstage(folder, file.target().name());
      file.published(new Published(version, replaced.get(n)));
    }
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
}
