package org.privateshare.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Containment by Linux itself: the root is held by a descriptor, every path is opened relative to
/// it, and the JDK's calls get at the result through `/proc/self/fd`, which leads to the very inode
/// that was opened. No swap of files, folders and links by another program can lead them astray.
///
/// Descriptors are opened with `O_PATH`, which reads nothing, blocks on nothing (a FIFO, a device)
/// and costs no permission on the file; only what proved to be a regular file or a folder is then
/// opened for good.
///
/// The root descriptor is used by no call after [#close()]; the owner sees to that, since its
/// number may mean another file by then.
final class KernelContainment implements Containment {
  /// How a path is opened below the root.
  enum Reach {
    /// By one `openat2(2)`, which keeps beneath the root and off links by itself.
    ONE_CALL,
    /// Segment by segment with `openat(2)`, for kernels before 5.6 and sandboxes that deny
    /// `openat2`. As safe: each step takes one name in a folder that is held.
    STEP_BY_STEP
  }

  private final Descriptor root;
  private final Reach reach;

  private KernelContainment(Descriptor root, Reach reach) {
    this.root = root;
    this.reach = reach;
  }

  /// A containment of `folder`, or empty where this system has no such calls, a sandbox denies
  /// them, or `/proc` isn't mounted.
  static Optional<KernelContainment> probe(Path folder, Reach reach) throws IOException {
    Stat expected = Stat.of(folder);
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    int number;
    try {
      number = LibC.open(folder.toAbsolutePath().toString());
    } catch (LinkageError | IllegalStateException e) {
      return Optional.empty(); // no foreign calls in this JVM, or not allowed
    }
    if (number < 0) {
      throw new IOException(LibC.describe(-number));
    }
    var containment = new KernelContainment(new Descriptor(number), reach);
    if (containment.works(expected)) {
      return Optional.of(containment);
    }
    containment.close();
    return Optional.empty();
  }

  private boolean works(Stat expected) {
    try (Held itself = hold(List.of()).orElseThrow(IOException::new)) {
      return itself.stat().key().equals(expected.key());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Optional<Held> hold(List<String> segments) throws IOException {
    int result =
        switch (reach) {
          case ONE_CALL -> inOneCall(segments);
          case STEP_BY_STEP -> stepByStep(segments);
        };
    if (result >= 0) {
      return Optional.of(new Descriptor(result));
    }
    return switch (-result) {
      case LibC.ENOENT, LibC.ENOTDIR, LibC.ELOOP, LibC.ENAMETOOLONG -> Optional.empty();
      default -> throw new IOException(LibC.describe(-result));
    };
  }

  private int inOneCall(List<String> segments) {
    String path = segments.isEmpty() ? "." : String.join("/", segments);
    int result;
    do {
      result = LibC.openBeneath(root.number(), path);
    } while (result == -LibC.EINTR || result == -LibC.EAGAIN);
    // The kernel takes 4,095 bytes at once, a path may have one more and a house in front.
    return result == -LibC.ENAMETOOLONG ? stepByStep(segments) : result;
  }

  private int stepByStep(List<String> segments) {
    int at = LibC.openSegment(root.number(), ".");
    for (String segment : segments) {
      if (at < 0) {
        break;
      }
      int next = LibC.openSegment(at, segment);
      LibC.close(at);
      at = next;
    }
    return at;
  }

  @Override
  public void close() {
    root.close();
  }
}
