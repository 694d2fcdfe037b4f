package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalTest {
  @ParameterizedTest
  @CsvSource({"24 80, 80", "50 132, 132", "0 0, 80"})
  void theColumnsAreTheSecondFigure(String answer, int columns) {
    assertThat(Terminal.columns(answer + "\n")).hasValue(columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "80", "24 x", "24 80 1", "24 -80", "24 99999"})
  void anythingElseIsNoTerminal(String answer) {
    assertThat(Terminal.columns(answer)).isEmpty();
  }
}
