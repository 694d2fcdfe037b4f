package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The store's own hidden folder, in the share so that publishing never copies:
///
/// ```text
/// .privateshare/           0700
/// .privateshare/lock       0600, empty: see ShareLock
/// .privateshare/history/   0700, from the first change on: see FolderHistory
/// .privateshare/staging/   0700
/// .privateshare/staging/0f1e2d3c4b5a69788796a5b4c3d2e1f0.part      0600: a file on its way in
/// .privateshare/staging/0f1e2d3c4b5a69788796a5b4c3d2e1f0.journal   0600: see FolderJournal
/// ```
///
/// A staged file's name is 128 random bits in lower-case hexadecimal and `.part`. Only names of
/// these two shapes are ever removed here. The staging folder is held: what becomes of its name
/// while the server runs doesn't matter. Thread-safe.
final class StagingFolder implements Closeable {
  static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

  static final String HOUSE = ".privateshare";
  private static final String STAGING = "staging";
  static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

  /// What the name of a staged file ends with, behind its id.
  static final String PART = ".part";

  /// What the name of its entry in the journal ends with.
  static final String JOURNAL = ".journal";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  /// What systems and file systems say to a file without a name that they don't know.
  private static final Set<Integer> WITHOUT_UNNAMED =
      Set.of(LibC.EOPNOTSUPP, LibC.EISDIR, LibC.EINVAL, LibC.ENOENT, LibC.ENOSYS);

  private final SecureRandom random = new SecureRandom();
  private final Path shown;
  private final ShareLock lock;
  private final Held folder;

  /// What a new file may be used for by whom, as the process's umask says; empty until a probe file
  /// could be made.
  private volatile Optional<Set<PosixFilePermission>> publicMode = Optional.empty();

  /// Until the file system says no.
  private volatile boolean isUnnamedKnown = true;

  private StagingFolder(Path shown, ShareLock lock, Held folder) {
    this.shown = shown;
    this.lock = lock;
    this.folder = folder;
  }

  /// Makes the folder where it is missing, locks the share, sweeps what an earlier run left, and
  /// finds out whether the file system can publish. Whoever gets it closes it.
  ///
  /// @param shown how messages call the share
  static StagingFolder open(Containment containment, Path shown) throws IOException {
    try (Held root = hold(containment, List.of(), shown);
        Held house = furnish(containment, root, List.of(HOUSE), shown)) {
      ShareLock lock = ShareLock.take(root.stat().key(), house.child("lock"), shown);
      try {
        Held folder = furnish(containment, house, List.of(HOUSE, STAGING), shown);
        return new StagingFolder(shown, lock, folder).prepared(house);
      } catch (Throwable e) {
        lock.close();
        throw e;
      }
    }
  }

  private StagingFolder prepared(Held house) throws IOException {
    try {
      requireSameOwner(house.path(), folder.path(), shown);
      sweep();
      publicMode = Optional.of(probe());
    } catch (IOException e) {
      // A full disk is no reason not to serve what is there; the first upload probes again.
      if (!MediumFailure.isFull(e)) {
        folder.close();
        throw e;
      }
    }
    return this;
  }

  /// Holds the folder at `segments`, making it in `parent` where nothing is there.
  private static Held furnish(
      Containment containment, Held parent, List<String> segments, Path shown) throws IOException {
    try {
      Files.createDirectory(
          parent.child(segments.getLast()), PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    } catch (FileAlreadyExistsException e) {
      // Whether it is a folder shows when it is held.
    }
    Held made = hold(containment, segments, shown);
    PosixFileAttributeView mode =
        Files.getFileAttributeView(made.path(), PosixFileAttributeView.class);
    if (!mode.readAttributes().permissions().equals(OWNER_FOLDER)) {
      mode.setPermissions(OWNER_FOLDER);
    }
    return made;
  }

  private static Held hold(Containment containment, List<String> segments, Path shown)
      throws IOException {
    Optional<Held> held = containment.hold(segments);
    if (held.isPresent() && held.get().stat().isFolder()) {
      return held.get();
    }
    held.ifPresent(Held::close);
    throw new IOException(
        shown.resolve(String.join("/", segments))
            + " is a file or a link where privateshare needs a folder of its own: move it away");
  }

  /// An id under which nothing is staged yet.
  String freshId() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /// The path of the file of this id and kind.
  Path file(String id, String kind) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no id of a staged file: " + id);
    }
    return folder.child(id + kind);
  }

  /// Makes a staged file for the owner's eyes only, and opens it for writing.
  FileChannel create(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE_NEW);
  }

  /// Opens a staged file for writing, making it where nothing is.
  FileChannel open(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE);
  }

  private FileChannel open(Path file, StandardOpenOption creation) throws IOException {
    if (publicMode.isEmpty()) {
      publicMode = Optional.of(probe());
    }
    return FileChannel.open(
        file,
        Set.of(creation, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(OWNER_FILE));
  }

  /// Makes a file without a name, with the mode that any other new file of this process would have;
  /// empty where this system or file system has no such files.
  Optional<Descriptor> createUnnamed() throws IOException {
    if (!isUnnamedKnown || !(folder instanceof Descriptor here)) {
      return Optional.empty();
    }
    int result;
    try {
      result = FileCalls.openUnnamed(here.number());
    } catch (LinkageError | IllegalStateException e) {
      result = -LibC.ENOSYS;
    }
    if (WITHOUT_UNNAMED.contains(-result)) {
      isUnnamedKnown = false;
      return Optional.empty();
    }
    if (result < 0) {
      throw new IOException(LibC.describe(-result));
    }
    return Optional.of(new Descriptor(result));
  }

  /// Forces the names in here to the medium.
  void force() throws IOException {
    FolderMaker.force(folder);
  }

  /// The ids of the files of one kind.
  List<String> ids(String kind) throws IOException {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> entries = folder.entries()) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        String id = name.substring(0, Math.max(0, name.length() - kind.length()));
        if (name.endsWith(kind)
            && ID.matcher(id).matches()
            && Files.isRegularFile(folder.child(name), LinkOption.NOFOLLOW_LINKS)) {
          ids.add(id);
        }
      }
      return ids;
    } catch (DirectoryIteratorException e) {
      throw MediumFailure.of(e);
    }
  }

  /// Gives a staged file the mode that any other new file of this process would have.
  void makePublic(Path file) throws IOException {
    Set<PosixFilePermission> mode = publicMode.orElse(OWNER_FILE);
    if (!mode.equals(OWNER_FILE)) {
      Files.setPosixFilePermissions(file, mode);
    }
  }

  /// Removes the staging name of a file; the next start sweeps what can't be removed now.
  void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The file itself was published or is given up; neither waits for this.
    }
  }

  /// Removes what an earlier run left and the journal doesn't know. Running it twice, or half, does
  /// no harm.
  private void sweep() throws IOException {
    Set<String> known = Set.copyOf(ids(JOURNAL));
    for (String id : ids(PART)) {
      if (!known.contains(id)) {
        Files.deleteIfExists(file(id, PART));
      }
    }
  }

  /// Finds out the mode of new files, and that files can be linked here. Leaves nothing.
  private Set<PosixFilePermission> probe() throws IOException {
    Path file = file(freshId(), PART);
    Path second = file(freshId(), PART);
    try {
      Files.createFile(file);
      requireSameOwner(folder.path(), file, shown);
      link(second, file);
      return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    } finally {
      remove(second);
      remove(file);
    }
  }

  /// In a folder of somebody else's they could put links in the place of what we write.
  private static void requireSameOwner(Path folder, Path inside, Path shown) throws IOException {
    if (!uid(folder).equals(uid(inside))) {
      throw new IOException(
          shown.resolve(HOUSE) + " belongs to another user: remove it, or serve as that user");
    }
  }

  private static Object uid(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid");
  }

  private void link(Path name, Path file) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileSystemException e) {
      if (MediumFailure.isFull(e)) {
        throw e;
      }
      throw new IOException(
          "the file system of "
              + shown
              + " can't give a file a second name (FAT and exFAT can't), without which nothing can"
              + " be published safely: "
              + e.getReason(),
          e);
    }
  }

  /// Gives the share free for another server.
  @Override
  public void close() throws IOException {
    folder.close();
    lock.close();
  }
}
