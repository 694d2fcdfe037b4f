package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.NumberedName;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A folder with all below it on its way into a share: what is missing there or differs. Small
/// files go as one archive, large ones one by one. One thread.
final class FolderSending implements RemoteArchives.Parcels {
  private final Remote remote;
  private final Habits habits;
  private final FolderCourse course;
  private final SharePath target;
  private final IfTaken ifTaken;

  private final Deque<Item> waiting = new ArrayDeque<>();
  private final Deque<Item> sent = new ArrayDeque<>();
  private final List<Item> large = new ArrayList<>();

  /// Something to send.
  ///
  /// @param name below the folder, with as many other names tried as `number` says
  /// @param number 0 for its own
  /// @param begun when it went on its way, as of `System.nanoTime`
  private record Item(LocalTree.Node node, String name, int number, long begun) {
    Item(LocalTree.Node node) {
      this(node, node.path(), 0, 0);
    }

    Item at(long nanos) {
      return new Item(node, name, number, nanos);
    }

    Item renamed() {
      int slash = node.path().lastIndexOf('/') + 1;
      String other = NumberedName.of(node.path().substring(slash), number + 1);
      return new Item(node, node.path().substring(0, slash) + other, number + 1, 0);
    }
  }

  FolderSending(Remote remote, Habits habits, FolderCourse course, SharePath target) {
    this.remote = remote;
    this.habits = habits;
    this.course = course;
    this.target = target;
    this.ifTaken =
        habits.folders().ifTaken() == Chooser.Choice.REPLACE ? IfTaken.REPLACE : IfTaken.REFUSE;
  }

  /// Sends what `local` has and the share hasn't.
  void run(LocalTree local) throws Refusal, IOException {
    RemoteArchives archives = RemoteArchives.of(remote);
    target.requirePortable();
    var plan = new SendingPlan(RemoteTree.of(remote), habits, course, target);
    plan.make(local);
    plan.folders().forEach(node -> waiting.add(new Item(node)));
    for (SendingPlan.Wanted wanted : plan.files()) {
      Item item = new Item(wanted.node());
      add(wanted.isTaken() ? item.renamed() : item);
    }
    if (habits.dryRun()) {
      waiting.forEach(item -> planned(item.node()));
      large.forEach(item -> planned(item.node()));
      return;
    }
    course.total(
        plan.files().size(), plan.files().stream().mapToLong(file -> file.node().size()).sum());
    sendSmall(archives);
    for (Item item : large) {
      sendLarge(item);
    }
  }

  private void add(Item item) {
    if (item.node().size() < SmallFile.BELOW) {
      waiting.add(item);
    } else {
      large.add(item);
    }
  }

  private void planned(LocalTree.Node node) {
    String slash = node.isFolder() ? "/" : "";
    course.tell(new Progress.Planned(path(node.path()) + slash, node.size()));
  }

  private String path(String name) {
    return SendingPlan.path(target, name);
  }

  private void sendSmall(RemoteArchives archives) throws Refusal, IOException {
    while (!waiting.isEmpty()) {
      boolean _ =
          habits
              .patience()
              .until(
                  course,
                  () -> {
                    takeBack();
                    archives.unpack(target, ifTaken, this);
                    return true;
                  });
    }
  }

  /// What was sent before the connection broke off, and not acknowledged, is sent again.
  private void takeBack() {
    while (!sent.isEmpty()) {
      Item item = sent.removeLast();
      course.lost(item.node().size());
      waiting.addFirst(item);
    }
  }

  @Override
  public Optional<Parcel> next() {
    while (!waiting.isEmpty()) {
      Item item = waiting.remove();
      try {
        Parcel parcel =
            item.node().isFolder()
                ? new Parcel(item.name(), item.node().modified(), Optional.empty())
                : SmallFile.read(item.node(), item.name());
        sent.add(item.at(System.nanoTime()));
        return Optional.of(parcel);
      } catch (FileSystemException e) {
        course.failed(path(item.node().path()), e);
        course.settled();
      }
    }
    return Optional.empty();
  }

  @Override
  public void moved(long bytes) {
    course.moved(bytes);
  }

  @Override
  public void settled(RemoteArchives.Verdict verdict) {
    Item item = sent.remove();
    if (item.node().isFolder()) {
      settledFolder(item, verdict);
      return;
    }
    String path = path(item.node().path());
    long size = item.node().size();
    switch (verdict) {
      case RemoteArchives.Verdict.Stored(var digest) -> done(item, path, size, digest);
      case RemoteArchives.Verdict.Unchanged() -> course.tell(new Progress.Unchanged(path, size));
      case RemoteArchives.Verdict.Refused(Refusal.Taken taken) -> taken(item, path, taken);
      case RemoteArchives.Verdict.Refused(var why) -> course.failed(path, why);
    }
    course.settled();
  }

  private void settledFolder(Item item, RemoteArchives.Verdict verdict) {
    switch (verdict) {
      case RemoteArchives.Verdict.Stored s -> course.madeFolder();
      case RemoteArchives.Verdict.Unchanged u -> {}
      case RemoteArchives.Verdict.Refused(var why) -> course.failed(path(item.name()) + "/", why);
    }
  }

  private void done(Item item, String path, long size, Optional<Digest> digest) {
    Duration took = Duration.ofNanos(System.nanoTime() - item.begun());
    Optional<String> as = item.number() == 0 ? Optional.empty() : Optional.of(path(item.name()));
    course.tell(new Progress.Done(path, size, size, took, digest, as));
  }

  private void taken(Item item, String path, Refusal.Taken taken) {
    switch (habits.folders().ifTaken()) {
      case REFUSE, REPLACE -> course.failed(path, taken);
      case SKIP -> course.tell(new Progress.Skipped(path));
      case RENAME -> {
        if (item.number() == NumberedName.MOST) {
          course.failed(path, taken);
        } else {
          waiting.add(item.renamed());
        }
      }
    }
  }

  private void sendLarge(Item item) throws IOException {
    String path = path(item.node().path());
    try (Course file = course.file(path)) {
      try {
        var sending = new Sending(remote, habits.inFolder(), file);
        SharePath there = SharePath.parse(path);
        file.ended(sending.file(item.node().file(), there, ifTaken));
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
