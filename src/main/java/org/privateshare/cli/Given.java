package org.privateshare.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// An option with a value.
///
/// @param <T> of what kind
final class Given<T> {
  private final OptionSpec spec;

  Given(OptionSpec spec) {
    this.spec = spec;
  }

  /// What the line gave; empty where it didn't, and before the line was read.
  Optional<T> value() {
    @Nullable T value = spec.getValue();
    return Optional.ofNullable(value);
  }

  /// What the line gave, or what is usual.
  T or(T usual) {
    return value().orElse(usual);
  }

  /// Whether the line gave one.
  boolean isThere() {
    return value().isPresent();
  }
}
