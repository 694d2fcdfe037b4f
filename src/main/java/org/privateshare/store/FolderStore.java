package org.privateshare.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The store over a plain folder: every file of the share is a file of that folder, whoever put it
/// there. The format and the way of a publish are described in `docs/storage.md`.
///
/// Names become files through [Containment] only. The folder is held: a share that was moved away,
/// unmounted or replaced is noticed at the next call and never made anew. Needs a POSIX file system
/// with hard links. Thread-safe; calls block on the disk.
public final class FolderStore implements Store {
  private final Path shown;
  private final Object rootKey;
  private final Containment containment;
  private final StagingFolder staging;
  private final FolderMaker folders;
  private final FolderHistory history;
  private final FolderChanges changes;
  private final FolderJournal journal;
  private final GroupCommit commit;
  private final Life life = new Life();
  private final RecentFiles recents;

  private FolderStore(
      Path shown,
      Object rootKey,
      Containment containment,
      StagingFolder staging,
      InstantSource clock) {
    this.recents = new RecentFiles(clock);
    this.shown = shown;
    this.rootKey = rootKey;
    this.containment = containment;
    this.staging = staging;
    TwinIndex twins = new TwinIndex();
    NameLocks names = new NameLocks();
    this.folders = FolderMaker.ofShare(containment, twins);
    this.history = new FolderHistory(this::begin, containment, folders, twins, names);
    this.journal = new FolderJournal(this::begin, staging);
    this.changes = new FolderChanges(containment, folders, twins, names, history);
    this.commit = new GroupCommit(folders, changes);
  }

  /// Opens the existing folder `root` as a share, locks it and sweeps what a killed run left
  /// behind.
  ///
  /// @throws IOException where it can't be served, for instance because another server has it; the
  ///   message says what to do
  public static FolderStore open(Path root) throws IOException {
    return open(root, InstantSource.system());
  }

  /// The same by another clock than the system's, from which the files have their times.
  public static FolderStore open(Path root, InstantSource clock) throws IOException {
    Path shown = root.toAbsolutePath().normalize();
    if (!Files.isDirectory(shown)) {
      throw new IOException("cannot serve " + shown + ": it is not a folder");
    }
    return open(shown, Containment.of(shown), clock);
  }

  /// As [#open(Path)], within the given containment, which is taken over.
  static FolderStore open(Path root, Containment containment) throws IOException {
    return open(root, containment, InstantSource.system());
  }

  private static FolderStore open(Path root, Containment containment, InstantSource clock)
      throws IOException {
    try {
      requireUnicodeNames();
      return new FolderStore(
          root, keyOf(root), containment, StagingFolder.open(containment, root), clock);
    } catch (FileSystemException e) {
      containment.close();
      throw new IOException("cannot serve " + root + ": " + MediumFailure.reason(e), e);
    } catch (Throwable e) {
      containment.close();
      throw e;
    }
  }

  private static void requireUnicodeNames() throws IOException {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      throw new IOException(
          "this process reads file names as " + encoding + ": start it with LC_ALL=C.UTF-8");
    }
  }

  /// Whether the kernel itself keeps every path inside the share, rather than the weaker walk.
  public boolean containedByKernel() {
    return containment instanceof KernelContainment;
  }

  @Override
  public Optional<Entry> find(SharePath path) throws IOException {
    try (Life.Use _ = begin()) {
      return SwappedException.again(() -> look(path));
    } catch (IOException e) {
      throw MediumFailure.during("look up", path, e);
    }
  }

  private Optional<Entry> look(SharePath path) throws IOException {
    Optional<Held> found = containment.hold(path.segments());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Held held = found.get()) {
      return entry(path.name(), held.stat());
    }
  }

  private static Optional<Entry> entry(String name, Stat stat) {
    Instant modified = stat.modified().toInstant();
    return switch (stat.kind()) {
      case FILE -> Optional.of(new Entry.File(name, stat.size(), modified));
      case FOLDER -> Optional.of(new Entry.Folder(name, modified));
      case OTHER -> Optional.empty();
    };
  }

  @Override
  public Optional<StoredFile> open(SharePath path) throws IOException {
    try (Life.Use _ = begin()) {
      return SwappedException.again(() -> openFile(path));
    } catch (IOException e) {
      throw MediumFailure.during("open", path, e);
    }
  }

  /// Nothing is opened here: what the whole path leads to is compared with the file that was opened
  /// inside the share a moment ago, and nothing else is ever taken for it.
  @Override
  public Optional<StoredFile> openAtHand(SharePath path) throws IOException {
    try (Life.Use _ = life.use()) {
      return Statx.of(shown + "/" + path).flatMap(stat -> recents.find(path, stat));
    }
  }

  private Optional<StoredFile> openFile(SharePath path) throws IOException {
    Optional<Held> found = containment.hold(path.segments());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Held held = found.get()) {
      Stat stat = held.stat();
      if (!stat.isFile()) {
        return Optional.empty();
      }
      Optional<StoredFile> recent = recents.find(path, stat);
      return recent.isPresent()
          ? recent
          : Optional.of(recents.opened(path, stat, file(held, stat)));
    }
  }

  private static FolderFile file(Held held, Stat stat) throws IOException {
    Optional<Digest> digest = SumNote.read(held, stat);
    return new FolderFile(held.channel(), stat, digest);
  }

  @Override
  public boolean isAtHand(SharePath path) {
    return recents.has(path);
  }

  @Override
  public Optional<Listing> list(SharePath path) throws IOException {
    try (Life.Use _ = begin()) {
      Optional<Held> found = containment.hold(path.segments());
      if (found.isPresent() && !found.get().stat().isFolder()) {
        found.get().close();
        return Optional.empty();
      }
      return found.isPresent()
          ? Optional.of(FolderListing.of(path, found.get()))
          : Optional.empty();
    } catch (IOException e) {
      throw MediumFailure.during("list", path, e);
    }
  }

  @Override
  public void check(SharePath target, Precondition must) throws Refusal, IOException {
    try (Life.Use _ = begin()) {
      changes.check(target, must);
    } catch (IOException e) {
      throw MediumFailure.during("look up", target, e);
    }
  }

  @Override
  public StagedFile stage(SharePath target, Precondition must) throws Refusal, IOException {
    check(target, must);
    try (Life.Use _ = begin()) {
      return stageNamed(target, must);
    } catch (IOException e) {
      MediumFailure.refuseIfFull(e);
      throw MediumFailure.during("stage", target, e);
    }
  }

  private StagedFile stageNamed(SharePath target, Precondition must) throws IOException {
    String id = staging.freshId();
    Path file = staging.file(id, StagingFolder.PART);
    return new FolderStagedFile(
        this, Optional.of(id), target, must, new NamedBytes(this, file, staging.create(file)));
  }

  /// Staging holds its folder, so nothing can go astray where the share's is gone; publishing
  /// looks.
  @Override
  public StagedFile stageUnseen(SharePath target, Precondition must) throws Refusal, IOException {
    try (Life.Use _ = life.use()) {
      Optional<Descriptor> unnamed = staging.createUnnamed();
      return unnamed.isPresent()
          ? new FolderStagedFile(
              this, Optional.empty(), target, must, new UnnamedBytes(this, unnamed.get()))
          : stageNamed(target, must);
    } catch (IOException e) {
      MediumFailure.refuseIfFull(e);
      throw MediumFailure.during("stage", target, e);
    }
  }

  @Override
  public StagedFile restage(String id, SharePath target, Precondition must)
      throws Refusal, IOException {
    try (Life.Use _ = begin()) {
      if (!target.isRoot()) {
        changes.check(target, must);
      }
      Path file = staging.file(id, StagingFolder.PART);
      boolean isThere = Stat.find(file, LinkOption.NOFOLLOW_LINKS).isPresent();
      FileChannel channel = staging.open(file);
      if (!isThere) {
        staging.force(); // its name must outlive a power cut as soon as its bytes do
      }
      return new FolderStagedFile(
          this, Optional.of(id), target, must, new NamedBytes(this, file, channel));
    } catch (IOException e) {
      MediumFailure.refuseIfFull(e);
      throw MediumFailure.during("stage", target, e);
    }
  }

  /// Opens what is staged under `id` for reading.
  FileChannel openStaged(String id) throws IOException {
    try (Life.Use _ = begin()) {
      return FileChannel.open(
          staging.file(id, StagingFolder.PART), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
  }

  @Override
  public Journal journal() {
    return journal;
  }

  /// A name in the staging folder that nothing has.
  Path freshPart() {
    return staging.file(staging.freshId(), StagingFolder.PART);
  }

  /// Notes the sum of a staged file with it.
  void note(Path file, Digest digest) throws IOException {
    try (Life.Use _ = life.use()) {
      SumNote.write(file, digest);
    }
  }

  @Override
  public Set<SharePath> free(List<SharePath> names) throws IOException {
    if (names.isEmpty()) {
      return Set.of();
    }
    try (Life.Use _ = begin()) {
      return SwappedException.again(() -> changes.free(names));
    } catch (IOException e) {
      throw MediumFailure.during("look up", names.getFirst(), e);
    }
  }

  @Override
  public List<Optional<Refusal>> publish(List<StagedFile> files) throws IOException {
    List<FolderStagedFile> ours = files.stream().map(FolderStagedFile.class::cast).toList();
    for (FolderStagedFile file : ours) {
      file.begin();
    }
    try (Life.Use _ = begin()) {
      commit.publish(ours, this::requireRoot);
      return ours.stream().map(FolderStagedFile::refusal).toList();
    } finally {
      ours.forEach(FolderStagedFile::end);
    }
  }

  /// Gives a staged file the mode of a published one.
  void makePublic(Path file) throws IOException {
    staging.makePublic(file);
  }

  /// Removes what was staged and not published.
  void discard(Path file) {
    try (Life.Use _ = life.use()) {
      staging.remove(file);
    } catch (IOException e) {
      // The store is closed; the next start sweeps.
    }
  }

  @Override
  public void makeFolder(SharePath path) throws Refusal, IOException {
    change("make the folder", path, () -> changes.makeFolder(path));
  }

  @Override
  public void remove(SharePath path, Precondition must) throws Refusal, IOException {
    change("remove", path, () -> changes.remove(path, must));
  }

  @Override
  public void move(SharePath from, SharePath to, Precondition must) throws Refusal, IOException {
    change("move", from, () -> changes.move(from, to, must));
  }

  private interface Change {
    void run() throws Refusal, IOException;
  }

  private void change(String step, SharePath path, Change change) throws Refusal, IOException {
    try (Life.Use _ = begin()) {
      change.run();
    } catch (IOException e) {
      MediumFailure.refuseIfFull(e);
      throw MediumFailure.during(step, path, e);
    }
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public long freeBytes() throws IOException {
    try (Life.Use _ = begin();
        Held root = containment.hold(List.of()).orElseThrow(this::gone)) {
      return root.path().toFile().getUsableSpace();
    }
  }

  private Life.Use begin() throws IOException {
    Life.Use use = life.use();
    try {
      requireRoot();
      return use;
    } catch (Throwable e) {
      use.close();
      throw e;
    }
  }

  private void requireRoot() throws IOException {
    boolean there;
    try {
      there = keyOf(shown).equals(rootKey);
    } catch (NoSuchFileException e) {
      there = false;
    }
    if (!there) {
      throw gone();
    }
  }

  /// What identifies a folder for as long as it exists. Every request asks, so it is asked for
  /// alone.
  private static Object keyOf(Path folder) throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return Objects.requireNonNull(key, "a POSIX file system has inodes");
  }

  private IOException gone() {
    return new IOException(
        "the share folder " + shown + " is gone: it was moved, unmounted or replaced");
  }

  /// Waits for the calls under way. Files and listings that are open stay so.
  @Override
  public void close() throws IOException {
    if (life.end()) {
      commit.close();
      try {
        staging.close();
      } finally {
        containment.close();
      }
    }
  }
}
