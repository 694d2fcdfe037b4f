package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

/// What may be asked of a key.
final class TermsTest {
  private static final Rights GET = Rights.of(Right.GET);
  private static final Instant SOON = Instant.ofEpochSecond(1_800_000_000);

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a\nb", "a\u202eb", "a\u200bb", "a\\b", "\u0000"})
  void aLabelThatCannotBeSeenAsItIsIsRefused(String label) {
    assertThatThrownBy(() -> Terms.of(label, GET, Scope.ALL, SOON, false))
        .isInstanceOf(Refusal.BadName.class);
  }

  @Test
  void aLabelHasUpTo64Characters() throws Refusal {
    String label = "x".repeat(64);
    assertThat(Terms.of(label, GET, Scope.ALL, SOON, false).label()).isEqualTo(label);
    assertThatThrownBy(() -> Terms.of(label + "x", GET, Scope.ALL, SOON, false))
        .isInstanceOf(Refusal.BadName.class);
  }

  static Stream<Arguments> notGiven() {
    return Stream.of(
        arguments(Rights.of(), SOON, false),
        arguments(GET, SOON.plusMillis(1), false),
        arguments(GET, Instant.ofEpochSecond(-1), false),
        arguments(GET, Instant.ofEpochSecond(253_402_300_800L), false),
        arguments(GET, Instant.MAX.minusSeconds(1), false),
        arguments(Rights.of(Right.PUT), SOON, true),
        arguments(Rights.of(Right.GET, Right.REPLACE), SOON, true),
        arguments(Rights.of(Right.DELETE), SOON, true),
        arguments(Rights.ALL, SOON, true));
  }

  @ParameterizedTest
  @MethodSource("notGiven")
  void termsThatNoKeyHasAreRefused(Rights rights, Instant expires, boolean link) {
    assertThatThrownBy(() -> Terms.of("a", rights, Scope.ALL, expires, link))
        .isInstanceOf(Refusal.BadName.class);
    assertThatThrownBy(() -> new Terms("a", rights, Scope.ALL, expires, link))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyDiesInTheSecondOfItsExpiry() throws Refusal {
    Terms terms = Terms.of("a", GET, Scope.ALL, SOON, false);
    assertThat(terms.isExpiredAt(1_799_999_999)).isFalse();
    assertThat(terms.isExpiredAt(1_800_000_000)).isTrue();
    Terms ever = Terms.of("a", GET, Scope.ALL, Terms.NEVER, false);
    assertThat(ever.isExpiredAt(Long.MAX_VALUE)).isFalse();
  }
}
