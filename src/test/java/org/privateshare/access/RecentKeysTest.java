package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecentKeysTest {
  private static final Capability GOOD =
      new KeyText(List.of(Forge.secret()))
          .read(Forge.key(Forge.HEADER, Forge.CLAIMS))
          .orElseThrow();

  private final RecentKeys recent = new RecentKeys();
  private final List<String> verified = new ArrayList<>();

  private Optional<Capability> read(String text) {
    return recent.read(
        text,
        unknown -> {
          verified.add(unknown);
          return unknown.startsWith("good") ? Optional.of(GOOD) : Optional.empty();
        });
  }

  @Test
  void aGenuineKeyIsVerifiedOnce() {
    assertThat(read("good")).contains(GOOD);
    assertThat(read("good")).contains(GOOD);
    assertThat(verified).containsExactly("good");
  }

  @Test
  void nothingIsRememberedOfAWrongKey() {
    assertThat(read("bad")).isEmpty();
    assertThat(read("bad")).isEmpty();
    assertThat(verified).containsExactly("bad", "bad");
  }

  @Test
  void aKeyThatDiffersInItsLastLetterIsAnotherKey() {
    assertThat(read("good")).isPresent();
    assertThat(read("gooe")).isEmpty();
  }

  @Test
  void whatWasNotUsedForLongestIsForgottenFirst() {
    for (int i = 0; i < RecentKeys.MOST; i++) {
      assertThat(read("good" + i)).isPresent();
    }
    assertThat(read("good0")).isPresent();
    assertThat(read("good one more")).isPresent();
    verified.clear();
    assertThat(read("good0")).isPresent();
    assertThat(read("good1")).isPresent();
    assertThat(verified).containsExactly("good1");
  }
}
