package org.privateshare.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Predicate;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;

/// The entries of a folder straight from Linux: names by the hundred with `getdents64(2)`, and one
/// `statx(2)` relative to the folder for each, its name where the kernel has put it. A million
/// files are a million system calls and a few objects each.
///
/// Offsets are those of `struct linux_dirent64`, the same on every architecture.
final class KernelEntries implements FolderEntries {
  private static final int BYTES = 32 << 10;
  private static final int RECORD_LENGTH = 16;
  private static final int TYPE = 18;
  private static final int NAME = 19;

  private static final byte DT_UNKNOWN = 0;
  private static final byte DT_DIR = 4;
  private static final byte DT_REG = 8;

  /// What stands in a name for bytes that are no UTF-8.
  private static final char REPLACEMENT = '\ufffd';

  private final int folder;
  private final Predicate<String> wanted;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment records = arena.allocate(BYTES, Long.BYTES);
  private final MemorySegment state = arena.allocate(LibC.STATE);
  private final Statx.Buffer facts = new Statx.Buffer(arena);
  private boolean isOpen = true;
  private boolean isOver;

  /// Where in `records` the entry that was found last begins, the next one, and where they end.
  private int at;

  private int next;
  private int end;

  private KernelEntries(int folder, Predicate<String> wanted) {
    this.folder = folder;
    this.wanted = wanted;
  }

  /// Those of the folder that `descriptor` (`O_PATH`) is of; empty where the kernel, a sandbox or
  /// the C library lacks the calls.
  static Optional<FolderEntries> of(int descriptor, Predicate<String> wanted) throws IOException {
    if (!LibC.readsFolders() || Statx.of(descriptor).isEmpty()) {
      return Optional.empty();
    }
    int folder = LibC.openForEntries(descriptor);
    if (folder < 0) {
      throw new IOException(LibC.describe(-folder));
    }
    return Optional.of(new KernelEntries(folder, wanted));
  }

  @Override
  public Optional<Entry> next() throws IOException {
    while (advance()) {
      Optional<String> name = name();
      if (name.isPresent()) {
        Optional<Entry> entry = look(name.get());
        if (entry.isPresent()) {
          return entry;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<EntryName> nextName() throws IOException {
    while (advance()) {
      Optional<String> name = name();
      if (name.isPresent()) {
        Optional<EntryName> known = known(name.get());
        if (known.isPresent()) {
          return known;
        }
      }
    }
    return Optional.empty();
  }

  /// Some file systems don't tell what an entry is.
  private Optional<EntryName> known(String name) throws IOException {
    byte type = records.get(JAVA_BYTE, at + TYPE);
    return type == DT_UNKNOWN
        ? look(name).map(EntryName::of)
        : Optional.of(new EntryName(name, type == DT_DIR));
  }

  /// Goes to the next record, whatever it is of.
  private boolean advance() throws IOException {
    if (next == end) {
      isOver = isOver || !fill();
    }
    if (isOver) {
      return false;
    }
    at = next;
    next += Short.toUnsignedInt(records.get(JAVA_SHORT_UNALIGNED, at + RECORD_LENGTH));
    return true;
  }

  private boolean fill() throws IOException {
    int count;
    do {
      count = LibC.entries(state, folder, records);
    } while (count == -LibC.EINTR);
    // A folder that was removed has none any more.
    if (count < 0 && count != -LibC.ENOENT) {
      throw new IOException(LibC.describe(-count));
    }
    next = 0;
    end = Math.max(0, count);
    return end > 0;
  }

  /// The name of the record, where it may be one of a file or folder.
  private Optional<String> name() {
    byte type = records.get(JAVA_BYTE, at + TYPE);
    if (type != DT_REG && type != DT_DIR && type != DT_UNKNOWN) {
      return Optional.empty();
    }
    String name = records.getString(at + NAME, UTF_8);
    return isOwn(name) && wanted.test(name) && isUnicode(name)
        ? Optional.of(name)
        : Optional.empty();
  }

  /// Not the folder itself, nor the one around it.
  private static boolean isOwn(String name) {
    return !name.equals(".") && !name.equals("..");
  }

  /// Whether it is the name on the medium, letter by letter.
  private boolean isUnicode(String name) {
    if (name.indexOf(REPLACEMENT) < 0) {
      return true;
    }
    MemorySegment bytes = MemorySegment.ofArray(name.getBytes(UTF_8));
    long start = (long) at + NAME;
    long after = start + bytes.byteSize();
    return after < next
        && records.get(JAVA_BYTE, after) == 0
        && records.asSlice(start, bytes.byteSize()).mismatch(bytes) < 0;
  }

  private Optional<Entry> look(String name) throws IOException {
    int result = facts.look(state, folder, records.asSlice(at + NAME));
    if (result == -LibC.ENOENT) {
      return Optional.empty();
    }
    if (result < 0) {
      throw new IOException(LibC.describe(-result));
    }
    return switch (facts.kind()) {
      case FILE -> Optional.of(new Entry.File(name, facts.size(), facts.modified()));
      case FOLDER -> Optional.of(new Entry.Folder(name, facts.modified()));
      case OTHER -> Optional.empty();
    };
  }

  @Override
  public void close() {
    if (isOpen) {
      isOpen = false;
      LibC.close(folder);
      arena.close();
    }
  }
}
