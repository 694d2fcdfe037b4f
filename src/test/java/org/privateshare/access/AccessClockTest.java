package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

/// Expiry by a wall clock that steps: what is dead stays dead.
final class AccessClockTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path temp;

  private final SteppableClock clock = new SteppableClock();
  private StateFolder state = new StateFolder(Path.of(""));
  private Access access;
  private Grant owner;

  @BeforeEach
  void start() throws IOException, Refusal {
    state = new StateFolder(temp.resolve("state"));
    access = Access.open(state, clock);
    owner = access.authenticate(access.ownerKey());
  }

  private String keyFor(Duration life) throws IOException, Refusal {
    Instant end = clock.instant().plus(life);
    Terms terms = Terms.of("Ada", Rights.of(Right.GET), Scope.ALL, end, false);
    return access.issue(owner, terms).text();
  }

  private void assertExpired(String key) {
    assertThatThrownBy(() -> access.authenticate(key))
        .isInstanceOf(Refusal.Denied.class)
        .hasMessage("this key has expired");
  }

  private void assertAlive(String key) throws IOException, Refusal {
    assertThat(access.authenticate(key).label()).isEqualTo("Ada");
  }

  /// A request of the owner's, which sees the time.
  private void look() throws IOException, Refusal {
    assertThat(access.authenticate(access.ownerKey()).label()).isEqualTo("owner");
  }

  private FileTime written() throws IOException {
    return Files.getLastModifiedTime(state.path().resolve("keyring"));
  }

  @Test
  void aKeyDiesInTheSecondOfItsExpiry() throws IOException, Refusal {
    String key = keyFor(DAY);
    clock.step(DAY.minusMillis(1));
    assertAlive(key);
    clock.step(Duration.ofMillis(1));
    assertExpired(key);
  }

  @Test
  void aClockThatStepsBackRevivesNoKey() throws IOException, Refusal {
    String key = keyFor(DAY);
    clock.step(DAY);
    assertExpired(key);
    clock.step(DAY.multipliedBy(-3650));
    assertExpired(key);
    access = Access.open(state, clock);
    assertExpired(key);
    clock.set(Instant.MIN);
    assertExpired(key);
  }

  @Test
  void aKeyThatNobodyUsedIsDeadOnceItsTimeWasSeen() throws IOException, Refusal {
    String unused = keyFor(DAY);
    String used = keyFor(DAY.multipliedBy(3));
    clock.step(DAY);
    assertAlive(used);
    clock.step(DAY.negated());
    assertExpired(unused);
  }

  @Test
  void theTimeIsWrittenOnceForAllThatExpired() throws IOException, Refusal {
    String first = keyFor(DAY);
    String second = keyFor(DAY.multipliedBy(2));
    FileTime before = written();
    clock.step(DAY.multipliedBy(2));
    assertExpired(first);
    FileTime after = written();
    assertThat(after).isGreaterThan(before);
    for (int i = 0; i < 100; i++) {
      assertExpired(first);
      assertExpired(second);
      look();
    }
    assertThat(written()).isEqualTo(after);
  }

  @Test
  void whatHasExpiredIsForgottenAndStaysDead() throws IOException, Refusal {
    String revoked = keyFor(DAY);
    access.revoke(owner, access.authenticate(revoked).id());
    String expired = keyFor(DAY);
    clock.step(DAY);
    assertAlive(keyFor(DAY));
    String ring = Files.readString(state.path().resolve("keyring"));
    assertThat(ring).doesNotContain("revoked").containsOnlyOnce("Ada");
    assertThat(access.keys(owner)).hasSize(2);
    clock.step(DAY.multipliedBy(-2));
    access = Access.open(state, clock);
    assertExpired(revoked);
    assertExpired(expired);
  }

  @Test
  void aListShowsNoKeyThatHasExpiredSinceTheLastChange() throws IOException, Refusal {
    assertAlive(keyFor(DAY));
    clock.step(DAY);
    assertThat(access.keys(owner)).containsExactly(owner.capability());
  }

  @Test
  void aKeyMadeAfterTheClockStepsBackIsSeenAgainstTheLatestTime() throws IOException, Refusal {
    assertAlive(keyFor(DAY));
    clock.step(Duration.ofDays(3650));
    look();
    clock.step(Duration.ofDays(-3650));
    assertThatThrownBy(() -> keyFor(DAY)).isInstanceOf(Refusal.BadName.class);
    access = Access.open(state, clock);
    assertAlive(keyFor(DAY));
  }

  @Test
  void aRenewalBelievesTheClockAnewInEveryProcess() throws IOException, Refusal {
    Access command = Access.open(state, clock);
    clock.step(Duration.ofDays(3650));
    look();
    assertAlive(keyFor(DAY));
    clock.step(Duration.ofDays(-3650));
    command.renew(command.authenticate(command.ownerKey()));
    owner = access.authenticate(access.ownerKey());
    assertAlive(keyFor(DAY));
  }

  @Test
  void aChangeIsSeenAlthoughTheClockOfTheFileSystemRunsBack() throws IOException, Refusal {
    Path ring = state.path().resolve("keyring");
    FileTime later = FileTime.from(Instant.now().plus(Duration.ofDays(400)));
    Files.setLastModifiedTime(ring, later);
    Access other = Access.open(state, clock);
    Access command = Access.open(state, clock);
    String key = keyFor(DAY);
    command.revoke(owner, command.authenticate(key).id());
    assertThat(written()).isGreaterThan(later);
    assertThatThrownBy(() -> other.authenticate(key)).hasMessage("this key was revoked");
  }
}
