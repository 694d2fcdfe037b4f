package org.privateshare.store;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The ways in which a share is contained, for tests that must hold for each.
enum Way {
  ONE_CALL,
  STEP_BY_STEP,
  WALKING;

  Containment contain(Path root) throws IOException {
    return switch (this) {
      case ONE_CALL -> kernel(root, KernelContainment.Reach.ONE_CALL);
      case STEP_BY_STEP -> kernel(root, KernelContainment.Reach.STEP_BY_STEP);
      case WALKING -> new WalkingContainment(root);
    };
  }

  FolderStore open(Path root) throws IOException {
    return FolderStore.open(root, contain(root));
  }

  private static Containment kernel(Path root, KernelContainment.Reach reach) throws IOException {
    Optional<KernelContainment> containment = KernelContainment.probe(root, reach);
    assumeThat(containment).as("this system has what %s needs", reach).isPresent();
    return containment.orElseThrow();
  }
}
