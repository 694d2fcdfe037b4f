package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A folder with all below it on its way out of a share: what is lacking here or differs. Small
/// files come in archives, large ones one by one. One thread.
final class FolderReceiving {
  private static final String STATE = "privateshare get folder 1\nend\n";

  private final Remote remote;
  private final Habits habits;
  private final FolderCourse course;
  private final SharePath source;

  /// What is asked for and isn't settled.
  private final Map<Listed, ReceivingPlan.Wanted> open = new LinkedHashMap<>();

  private long begun;

  FolderReceiving(Remote remote, Habits habits, FolderCourse course, SharePath source) {
    this.remote = remote;
    this.habits = habits;
    this.course = course;
    this.source = source;
  }

  /// Brings what the share has and `top` hasn't.
  void run(Path top) throws Refusal, IOException {
    var plan = new ReceivingPlan(RemoteTree.of(remote), habits, course, source, top);
    plan.make();
    if (habits.dryRun()) {
      plan.files().forEach(this::planned);
      return;
    }
    List<ReceivingPlan.Wanted> large =
        plan.files().stream().filter(file -> size(file) >= SmallFile.BELOW).toList();
    for (ReceivingPlan.Wanted file : plan.files()) {
      if (size(file) < SmallFile.BELOW) {
        var _ = open.put(file.file(), file);
      }
    }
    course.total(plan.files().size(), plan.files().stream().mapToLong(FolderReceiving::size).sum());
    try (Memory memory =
        habits.memories().of("get", source + "/\n" + top.toAbsolutePath().normalize())) {
      boolean _ = memory.claim();
      sweep(top, memory);
      receiveSmall(memory);
    }
    for (ReceivingPlan.Wanted file : large) {
      receiveLarge(file);
    }
  }

  private static long size(ReceivingPlan.Wanted file) {
    return file.file().size().orElse(0);
  }

  private void planned(ReceivingPlan.Wanted file) {
    course.tell(new Progress.Planned(file.file().path().toString(), size(file)));
  }

  /// Removes what a run that was killed has left.
  private static void sweep(Path top, Memory memory) throws FileSystemException {
    if (memory.recall().isEmpty()) {
      return;
    }
    new LocalTree(top, Globs.NONE)
        .visit(
            new LocalTree.Visitor() {
              @Override
              public boolean found(LocalTree.Node node) {
                String name = String.valueOf(node.file().getFileName());
                if (!node.isFolder() && LocalBatches.isStaged(name, memory.tag())) {
                  try {
                    Files.delete(node.file());
                  } catch (IOException e) {
                    // It stays, and its name says what it is.
                  }
                }
                return true;
              }

              @Override
              public void leftOut(String path, String what) {}

              @Override
              public void failed(String path, FileSystemException cause) {}
            });
  }

  private void receiveSmall(Memory memory) throws Refusal, IOException {
    if (open.isEmpty()) {
      memory.forget();
      return;
    }
    memory.keep(STATE);
    RemoteArchives archives = RemoteArchives.of(remote);
    try (var batches = new LocalBatches(memory.tag(), this::settled)) {
      boolean _ = habits.patience().until(course, () -> attempt(archives, batches));
    } finally {
      memory.forget();
    }
  }

  private boolean attempt(RemoteArchives archives, LocalBatches batches)
      throws Refusal, IOException {
    begun = System.nanoTime();
    try {
      archives.fetch(source, List.copyOf(open.keySet()), new Into(batches));
    } finally {
      // What has come whole is kept, whatever has broken off behind it.
      batches.flush();
    }
    return true;
  }

  private final class Into implements RemoteArchives.Arrivals {
    private final LocalBatches batches;

    Into(LocalBatches batches) {
      this.batches = batches;
    }

    @Override
    public void moved(long bytes) {
      course.moved(bytes);
    }

    @Override
    public void arrived(Listed wanted, Parcel parcel) throws IOException {
      ReceivingPlan.Wanted file = open.get(wanted);
      if (file != null) {
        batches.add(new LocalBatches.Whole(wanted, file.local(), parcel, file.ifTaken()));
      }
    }

    @Override
    public void failed(Listed wanted, Refusal why) {
      var _ = open.remove(wanted);
      course.failed(wanted.path().toString(), why);
      course.settled();
    }
  }

  private void settled(LocalBatches.Whole whole, Optional<FileSystemException> failure) {
    ReceivingPlan.Wanted file = open.remove(whole.asked());
    String path = whole.asked().path().toString();
    if (failure.isPresent()) {
      course.failed(path, failure.get());
    } else if (file != null) {
      long size = whole.parcel().size();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      Optional<Digest> digest = whole.parcel().content().map(Parcel.Content::digest);
      course.tell(new Progress.Done(path, size, size, took, digest, file.as()));
    }
    course.settled();
  }

  private void receiveLarge(ReceivingPlan.Wanted wanted) throws IOException {
    String path = wanted.file().path().toString();
    try (Course file = course.file(path)) {
      try {
        var receiving = new Receiving(remote, habits.inFolder(), file, wanted.file().modified());
        file.ended(receiving.file(wanted.file().path(), wanted.local()));
      } catch (Refusal | FileSystemException e) {
        file.failed(e);
      } catch (IOException e) {
        file.failed(e);
        throw e;
      }
    }
    course.settled();
  }
}
