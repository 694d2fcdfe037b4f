package org.privateshare.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What a failed file call means.
///
/// The JDK passes no error number on, only the C library's words for it, in the language of the
/// process: so the words of "no space" and "quota exceeded" are asked of the same library.
final class MediumFailure {
  private static final Set<String> FULL = wordsForFull();

  private MediumFailure() {}

  /// What broke the reading of a folder.
  static IOException of(DirectoryIteratorException e) {
    return Objects.requireNonNullElseGet(e.getCause(), () -> new IOException(e));
  }

  /// Whether the medium has no room, or the user none of it.
  static boolean isFull(IOException e) {
    return FULL.contains(reason(e));
  }

  /// Turns a failure for want of room into the refusal that tells the caller so.
  static void refuseIfFull(IOException e) throws Refusal.NoSpace {
    if (isFull(e)) {
      throw full();
    }
  }

  /// Says that there is no room.
  static Refusal.NoSpace full() {
    return new Refusal.NoSpace("the share's disk is full");
  }

  /// The failure `e` with the step that failed in its message, and without the paths of this
  /// machine that say nothing to the reader.
  static IOException during(String step, SharePath path, IOException e) {
    String name = path.isRoot() ? "the share" : '"' + Printable.escape(path.toString()) + '"';
    return new IOException("cannot " + step + " " + name + ": " + reason(e), e);
  }

  /// What went wrong, in a few words.
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "it vanished";
      case FileSystemException f -> Objects.requireNonNullElse(f.getReason(), name(f));
      default -> Objects.requireNonNullElse(e.getMessage(), name(e));
    };
  }

  private static String name(IOException e) {
    return e.getClass().getSimpleName();
  }

  private static Set<String> wordsForFull() {
    Set<String> english = Set.of("No space left on device", "Disk quota exceeded");
    try {
      return IntStream.of(LibC.ENOSPC, LibC.EDQUOT)
          .mapToObj(LibC::describe)
          .collect(Collectors.toUnmodifiableSet());
    } catch (LinkageError | IllegalStateException e) {
      return english;
    }
  }
}
