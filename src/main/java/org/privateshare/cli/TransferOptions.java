package org.privateshare.cli;

import java.time.Duration;
import org.privateshare.client.Habits;
import org.privateshare.client.Patience;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How transfers are done: what `put` and `get` have in common.
final class TransferOptions {
  private static final String NEVER = "0";

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      converter = RetryConverter.class,
      defaultValue = "15m",
      description = "Wait so long for a network that is gone; 0 for not at all (${DEFAULT-VALUE}).")
  private Duration retryFor = Duration.ofMinutes(15);

  @Option(
      names = "--restart",
      description = "Begin anew, also where an earlier run was stopped on its way.")
  private boolean restart;

  /// These options, for transfers that are remembered there.
  Habits habits(TransferMemories memories) {
    return new Habits(new Patience(retryFor), memories, restart);
  }

  /// Reads `--retry-for`.
  static final class RetryConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return value.equals(NEVER) ? Duration.ZERO : Quantities.duration(value);
      } catch (Mistake e) {
        throw new TypeConversionException(e.reason());
      }
    }
  }
}
