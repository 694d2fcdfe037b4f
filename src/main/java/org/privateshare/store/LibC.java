package org.privateshare.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The few calls of Linux that the JDK doesn't offer. Everything else goes through the JDK.
///
/// Numbers are those of `asm-generic/fcntl.h`, `linux/openat2.h` and `asm-generic/errno*.h`, which
/// every architecture that OpenJDK runs on shares but for `O_NOFOLLOW`. Results below zero are
/// negated error numbers, as the kernel itself returns them.
@SuppressWarnings("restricted") // needs --enable-native-access; the jar's manifest grants it
final class LibC {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int ENAMETOOLONG = 36;
  static final int ENOSYS = 38;
  static final int ENOTEMPTY = 39;
  static final int ELOOP = 40;

  static final int EOPNOTSUPP = 95;

  /// `EDQUOT` as Linux numbers it.
  static final int EDQUOT = 122;

  /// Instead of a folder, for a whole path.
  static final int AT_FDCWD = -100;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_PATH = 0x200000;

  /// ARM and POWER number this flag in their own way (`arch/*/include/uapi/asm/fcntl.h`).
  private static final int O_NOFOLLOW =
      switch (System.getProperty("os.arch")) {
        case "aarch64", "arm", "ppc64", "ppc64le" -> 0x8000;
        default -> 0x20000;
      };

  private static final long SYS_OPENAT2 = 437;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_BENEATH = 0x08;
  private static final int RENAME_NOREPLACE = 1;

  /// `struct open_how { u64 flags, mode, resolve; }`.
  private static final MemoryLayout OPEN_HOW = MemoryLayout.sequenceLayout(3, JAVA_LONG);

  /// Room for the error number of a call, for who makes many with the same.
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SYSCALL =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  /// What not every start needs is linked at its first use: it costs milliseconds.
  private static final class Stepping {
    static final MethodHandle OPENAT =
        function(
            "openat",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(3),
            Linker.Option.captureCallState("errno"));
  }

  private static final class Failing {
    static final MethodHandle STRERROR =
        function("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  }

  /// An older C library that lacks `statx` must not cost the share its containment.
  private static final class Looking {
    static final MethodHandle STATX =
        function(
            "statx",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
            Linker.Option.captureCallState("errno"));
  }

  /// The C library has it since 2.30.
  private static final class Reading {
    static final MethodHandle GETDENTS64 =
        function(
            "getdents64",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
            Linker.Option.captureCallState("errno"));
  }

  private static final class Noting {
    static final MethodHandle GETXATTR =
        function(
            "getxattr",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG),
            Linker.Option.captureCallState("errno"));
  }

  /// As with `statx`, so with `renameat2`.
  private static final class Changing {
    static final MethodHandle RENAMEAT2 =
        function(
            "renameat2",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.captureCallState("errno"));
    static final MethodHandle RMDIR =
        function(
            "rmdir",
            FunctionDescriptor.of(JAVA_INT, ADDRESS),
            Linker.Option.captureCallState("errno"));
  }

  private LibC() {}

  /// A descriptor (`O_PATH`) of whatever is at `path`, links followed.
  static int open(String path) {
    int result = openat2(AT_FDCWD, path, 0);
    return result == -ENOSYS || result == -EPERM
        ? openat(AT_FDCWD, path, O_PATH | O_CLOEXEC)
        : result;
  }

  /// A descriptor (`O_PATH`) of `path` below `folder`, by one `openat2(2)` (Linux 5.6): no way out
  /// of the folder, no link on the way nor at its end.
  static int openBeneath(int folder, String path) {
    return openat2(folder, path, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
  }

  private static int openat2(int folder, String path, long resolve) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment how = arena.allocate(OPEN_HOW);
      how.setAtIndex(JAVA_LONG, 0, O_PATH | O_CLOEXEC);
      how.setAtIndex(JAVA_LONG, 2, resolve);
      MemorySegment name = arena.allocateFrom(path, StandardCharsets.UTF_8);
      long result =
          (long)
              SYSCALL.invokeExact(
                  state, SYS_OPENAT2, (long) folder, name, how, OPEN_HOW.byteSize());
      return result >= 0 ? (int) result : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A descriptor (`O_PATH`) of the single segment `name` in `folder`; of the link itself where it
  /// is one.
  static int openSegment(int folder, String name) {
    return openat(folder, name, O_PATH | O_CLOEXEC | O_NOFOLLOW);
  }

  private static int openat(int folder, String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment name = arena.allocateFrom(path, StandardCharsets.UTF_8);
      int result = (int) Stepping.OPENAT.invokeExact(state, folder, name, flags);
      return result >= 0 ? result : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Writes what the descriptor is of into the 256 bytes of a `struct statx` (Linux 4.11, glibc
  /// 2.28).
  ///
  /// @return zero or less
  static int statx(int descriptor, int mask, MemorySegment into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment itself = arena.allocate(1);
      int result =
          (int) Looking.STATX.invokeExact(state, descriptor, itself, AT_EMPTY_PATH, mask, into);
      return result >= 0 ? result : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// As [#statx(int, int, MemorySegment)], of what has the name in `folder`, a link being itself.
  ///
  /// @param state room for [#STATE]
  /// @param name ends in a zero byte
  static int statx(
      MemorySegment state, int folder, MemorySegment name, int mask, MemorySegment into) {
    try {
      int result =
          (int) Looking.STATX.invokeExact(state, folder, name, AT_SYMLINK_NOFOLLOW, mask, into);
      return result >= 0 ? result : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Whether [#entries] is there.
  static boolean readsFolders() {
    try {
      return Reading.GETDENTS64.type() != null;
    } catch (LinkageError e) {
      return false;
    }
  }

  /// A descriptor for [#entries] of the folder that `descriptor` (`O_PATH`) is of.
  static int openForEntries(int descriptor) {
    return openat(descriptor, ".", O_CLOEXEC);
  }

  /// Writes the next entries of a folder, as many as there is room for, one `struct linux_dirent64`
  /// after the other.
  ///
  /// @param state room for [#STATE]
  /// @return how many bytes that are; zero at the end
  static int entries(MemorySegment state, int folder, MemorySegment into) {
    try {
      long result = (long) Reading.GETDENTS64.invokeExact(state, folder, into, into.byteSize());
      return result >= 0 ? (int) result : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// The extended attribute `name`, namespace included, of what is at `path`, links followed; empty
  /// where there is none, or no room in `most` bytes.
  static Optional<byte[]> attribute(String path, String name, int most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment file = arena.allocateFrom(path, StandardCharsets.UTF_8);
      MemorySegment key = arena.allocateFrom(name, StandardCharsets.UTF_8);
      MemorySegment value = arena.allocate(most);
      long length = (long) Noting.GETXATTR.invokeExact(state, file, key, value, value.byteSize());
      return length >= 0
          ? Optional.of(value.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
          : Optional.empty();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Renames by `renameat2(2)` (Linux 3.15, glibc 2.28) where the name `to` is free; links are not
  /// followed at either end.
  ///
  /// @return zero or less
  static int renameToFree(String from, String to) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment source = arena.allocateFrom(from, StandardCharsets.UTF_8);
      MemorySegment target = arena.allocateFrom(to, StandardCharsets.UTF_8);
      int result =
          (int)
              Changing.RENAMEAT2.invokeExact(
                  state, AT_FDCWD, source, AT_FDCWD, target, RENAME_NOREPLACE);
      return result >= 0 ? result : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Removes an empty folder, and nothing else, by `rmdir(2)`.
  ///
  /// @return zero or less
  static int removeFolder(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment name = arena.allocateFrom(path, StandardCharsets.UTF_8);
      int result = (int) Changing.RMDIR.invokeExact(state, name);
      return result >= 0 ? result : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Closes a descriptor. Its result says nothing of use: none is ever written through.
  static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// The C library's words for an error number in the language of the process, which are also what
  /// the JDK puts into its exceptions.
  static String describe(int errno) {
    try {
      MemorySegment text = (MemorySegment) Failing.STRERROR.invokeExact(errno);
      return text.reinterpret(1_024).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("cannot call the C library", e);
  }

  static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
  }
}
