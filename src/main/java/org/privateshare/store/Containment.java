package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Keeps every name inside the share: the one way from segments to something that file calls may
/// touch. Links are followed neither on the way nor at its end. Thread-safe.
sealed interface Containment extends Closeable permits KernelContainment, WalkingContainment {

  /// The strongest containment that works here, tried out on `root`.
  static Containment of(Path root) throws IOException {
    for (KernelContainment.Reach reach : KernelContainment.Reach.values()) {
      Optional<KernelContainment> kernel = KernelContainment.probe(root, reach);
      if (kernel.isPresent()) {
        return kernel.get();
      }
    }
    return new WalkingContainment(root);
  }

  /// Takes hold of what `segments` lead to from the root; of the root itself without any. Empty
  /// where nothing is there or where a file or a link is on the way. A link at its end is nothing,
  /// or is held itself as something that is neither file nor folder.
  ///
  /// @param segments names without `/`, none of them empty, `.` or `..`
  Optional<Held> hold(List<String> segments) throws IOException;

  @Override
  void close();
}
