package org.privateshare.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// The calls of Linux by which a file without a name is made, filled and named. On a bare
/// descriptor each is one system call, where the JDK opens the file again for most of them.
///
/// Results below zero are negated error numbers, as in [LibC]. Each of them holds the thread below
/// a virtual one for as long as it takes.
final class FileCalls {
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int O_WRONLY = 1;
  private static final int O_CLOEXEC = 0x80000;

  /// ARM and POWER number a part of this flag in their own way, as with `O_NOFOLLOW`.
  private static final int O_TMPFILE =
      0x400000
          | switch (System.getProperty("os.arch")) {
            case "aarch64", "arm", "ppc64", "ppc64le" -> 0x4000;
            default -> 0x10000;
          };

  /// In the place of nanoseconds: this time stays as it is (`utimensat(2)`).
  private static final long UTIME_OMIT = (1L << 30) - 2;

  /// How much of bytes on the heap is copied at a time.
  private static final int PIECE = 1 << 18;

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

  private static final MethodHandle OPENAT =
      LibC.function(
          "openat",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(3),
          ERRNO);
  private static final MethodHandle PWRITE =
      LibC.function(
          "pwrite",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG),
          ERRNO);
  private static final MethodHandle FUTIMENS =
      LibC.function("futimens", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), ERRNO);
  private static final MethodHandle FSETXATTR =
      LibC.function(
          "fsetxattr",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT),
          ERRNO);
  private static final MethodHandle FSYNC =
      LibC.function("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle LINKAT =
      LibC.function(
          "linkat",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT),
          ERRNO);

  private FileCalls() {}

  /// A descriptor, open for writing, of a new file without a name on the file system of `folder`
  /// (Linux 3.11), with the mode of any new file.
  static int openUnnamed(int folder) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(LibC.STATE);
      MemorySegment here = arena.allocateFrom(".", StandardCharsets.UTF_8);
      int flags = O_TMPFILE | O_WRONLY | O_CLOEXEC;
      int result = (int) OPENAT.invokeExact(state, folder, here, flags, 0666);
      return result >= 0 ? result : -LibC.errno(state);
    } catch (Throwable e) {
      throw LibC.unexpected(e);
    }
  }

  /// Writes what remains in `from`, or as much of it as goes at once, at `position`. Moves nothing
  /// in the buffer.
  ///
  /// @return how many bytes
  static int write(int file, ByteBuffer from, long position) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(LibC.STATE);
      MemorySegment bytes = MemorySegment.ofBuffer(from);
      if (!bytes.isNative()) {
        long count = Math.min(PIECE, bytes.byteSize());
        bytes = arena.allocate(count).copyFrom(bytes.asSlice(0, count));
      }
      long result = (long) PWRITE.invokeExact(state, file, bytes, bytes.byteSize(), position);
      return result >= 0 ? (int) result : -LibC.errno(state);
    } catch (Throwable e) {
      throw LibC.unexpected(e);
    }
  }

  /// Sets the time of the last change.
  ///
  /// @return zero or less
  static int setModified(int file, Instant time) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(LibC.STATE);
      MemorySegment times =
          arena.allocateFrom(JAVA_LONG, 0, UTIME_OMIT, time.getEpochSecond(), time.getNano());
      int result = (int) FUTIMENS.invokeExact(state, file, times);
      return result >= 0 ? result : -LibC.errno(state);
    } catch (Throwable e) {
      throw LibC.unexpected(e);
    }
  }

  /// Sets the extended attribute `name`, namespace included.
  ///
  /// @return zero or less
  static int setAttribute(int file, String name, byte[] value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(LibC.STATE);
      MemorySegment key = arena.allocateFrom(name, StandardCharsets.UTF_8);
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, value);
      int result = (int) FSETXATTR.invokeExact(state, file, key, bytes, bytes.byteSize(), 0);
      return result >= 0 ? result : -LibC.errno(state);
    } catch (Throwable e) {
      throw LibC.unexpected(e);
    }
  }

  /// Brings a file to the medium.
  ///
  /// @return zero or less
  static int force(int file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(LibC.STATE);
      int result = (int) FSYNC.invokeExact(state, file);
      return result >= 0 ? result : -LibC.errno(state);
    } catch (Throwable e) {
      throw LibC.unexpected(e);
    }
  }

  /// Gives a file that has no name the name `to`, where that is free.
  ///
  /// @return zero or less
  static int link(int file, String to) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(LibC.STATE);
      String itself = "/proc/self/fd/" + file;
      MemorySegment from = arena.allocateFrom(itself, StandardCharsets.UTF_8);
      MemorySegment name = arena.allocateFrom(to, StandardCharsets.UTF_8);
      int result =
          (int) LINKAT.invokeExact(state, AT_FDCWD, from, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
      return result >= 0 ? result : -LibC.errno(state);
    } catch (Throwable e) {
      throw LibC.unexpected(e);
    }
  }
}
