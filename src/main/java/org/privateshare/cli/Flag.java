package org.privateshare.cli;

import picocli.CommandLine.Model.OptionSpec;

/// An option that is there or not.
///
/// @param spec what picocli knows of it
record Flag(OptionSpec spec) {
  static Flag of(String what, String... names) {
    return new Flag(
        OptionSpec.builder(names).type(boolean.class).arity("0").description(what).build());
  }

  /// Whether the line had it; false before the line was read.
  boolean isOn() {
    return Boolean.TRUE.equals(spec.getValue());
  }
}
