package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;
import org.privateshare.model.SharePath;

/// The life of sessions: opened with a key, ended with it, by time, or by signing out.
final class SessionsTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Instant TOMORROW = SteppableClock.START.plusSeconds(86_400);

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

  private Grant key(Grant by, String rights, String scope, Instant expires)
      throws Refusal, IOException {
    Terms terms = Terms.of("Ada", Rights.parse(rights), Scope.parse(scope), expires, false);
    return access.authenticate(access.issue(by, terms).text());
  }

  private Grant grant(IssuedKey session) throws Refusal, IOException {
    return access.session(session.text()).orElseThrow();
  }

  @Test
  void aSessionActsAsItsKeyButForTheAdminRight() throws Refusal, IOException {
    Grant key = key(owner, "list,get,put,admin", "inbox/", Terms.NEVER);
    Grant session = grant(access.openSession(key, WEEK));
    assertThat(session.isSession()).isTrue();
    assertThat(session.id()).isEqualTo(key.id());
    assertThat(session.label()).isEqualTo("Ada");
    assertThat(session.capability().ancestors()).containsExactly(owner.id());
    assertThat(session.capability().isSession()).isFalse();
    Terms terms = session.capability().terms();
    assertThat(terms.rights()).isEqualTo(Rights.parse("list,get,put"));
    assertThat(terms.scope()).isEqualTo(Scope.parse("inbox/"));
    assertThat(terms.expires()).isEqualTo(SteppableClock.START.plus(WEEK));
    assertThat(session.permits(Right.PUT, SharePath.parse("inbox/a"))).isTrue();
    assertThat(session.permits(Right.PUT, SharePath.parse("a"))).isFalse();
    assertThat(session.mayTravelInQuery()).isFalse();
    Terms wanted = Terms.of("x", Rights.of(Right.GET), Scope.ALL, TOMORROW, false);
    for (Grant by : List.of(session, grant(access.openSession(owner, WEEK)))) {
      assertThatThrownBy(() -> access.issue(by, wanted)).isInstanceOf(Refusal.Denied.class);
      assertThatThrownBy(() -> access.keys(by)).isInstanceOf(Refusal.Denied.class);
      assertThatThrownBy(() -> access.renew(by)).isInstanceOf(Refusal.Denied.class);
      assertThatThrownBy(() -> access.openSession(by, WEEK)).isInstanceOf(Refusal.Denied.class);
    }
  }

  @Test
  void aSessionIsNoKeyAndAKeyIsNoSession() throws Refusal, IOException {
    String session = access.openSession(owner, WEEK).text();
    for (String text : List.of(session, "x", "")) {
      assertThatThrownBy(() -> access.authenticate(text))
          .isInstanceOf(Refusal.Denied.class)
          .hasMessage("this is no valid key here");
    }
    String last = session.substring(0, session.length() - 2);
    for (String text : List.of(access.ownerKey(), session + "A", last, "")) {
      assertThatThrownBy(() -> access.session(text))
          .isInstanceOf(Refusal.Denied.class)
          .hasMessage("this is no valid key here");
    }
  }

  @Test
  void eachSessionIsAnother() throws Refusal, IOException {
    assertThat(access.openSession(owner, WEEK).text())
        .isNotEqualTo(access.openSession(owner, WEEK).text());
  }

  @Test
  void aSessionIsNotAmongTheKeys() throws Refusal, IOException {
    byte[] before = Files.readAllBytes(state.path().resolve("keyring"));
    var _ = access.openSession(owner, WEEK);
    assertThat(access.keys(owner)).containsExactly(owner.capability());
    assertThat(Files.readAllBytes(state.path().resolve("keyring"))).isEqualTo(before);
  }

  @Test
  void aSessionEndsWithItsTimeAndStaysDeadWhenTheClockRunsBack() throws Refusal, IOException {
    IssuedKey session = access.openSession(owner, WEEK);
    clock.set(SteppableClock.START.plus(WEEK).minusSeconds(1));
    assertThat(access.session(session.text())).isPresent();
    clock.set(SteppableClock.START.plus(WEEK));
    assertThat(access.session(session.text())).isEmpty();
    clock.set(SteppableClock.START);
    assertThat(access.session(session.text())).isEmpty();
    assertThat(Access.open(state, clock).session(session.text())).isEmpty();
  }

  @Test
  void aSessionEndsWithItsKey() throws Refusal, IOException {
    Grant admin = key(owner, "get,admin", "/", TOMORROW);
    Grant key = key(admin, "get", "/", TOMORROW);
    IssuedKey session = access.openSession(key, WEEK);
    assertThat(session.capability().terms().expires()).isEqualTo(TOMORROW);
    assertThat(access.session(session.text())).isPresent();
    access.revoke(owner, admin.id());
    assertThat(access.session(session.text())).isEmpty();
    assertThatThrownBy(() -> access.openSession(key, WEEK)).hasMessage("this key is dead");
  }

  @Test
  void aSessionOfARenewedServerIsNone() throws Refusal, IOException {
    String session = access.openSession(owner, WEEK).text();
    access.rotate(owner);
    assertThat(access.session(session)).isPresent();
    access.renew(owner);
    assertThatThrownBy(() -> access.session(session)).isInstanceOf(Refusal.Denied.class);
  }

  @Test
  void signingOutEndsThatSessionForGood() throws Refusal, IOException {
    IssuedKey one = access.openSession(owner, WEEK);
    IssuedKey other = access.openSession(owner, WEEK);
    access.endSession(grant(one));
    for (Access any : List.of(access, Access.open(state, clock))) {
      assertThat(any.session(one.text())).isEmpty();
      assertThat(any.session(other.text())).isPresent();
      assertThat(any.authenticate(any.ownerKey()).id()).isEqualTo(owner.id());
    }
    assertThatThrownBy(() -> access.endSession(owner)).isInstanceOf(Refusal.Denied.class);
    // It is remembered no longer than it could live.
    clock.set(SteppableClock.START.plus(WEEK));
    access.endSession(grant(access.openSession(owner, WEEK)));
    assertThat(Files.readString(state.path().resolve("keyring")))
        .contains("revoked ")
        .doesNotContain(one.capability().id().text());
  }

  @Test
  void whoSignsOutTooOftenIsRefusedAndNoOldSessionWakes() throws Refusal, IOException {
    IssuedKey ended = access.openSession(owner, WEEK);
    access.endSession(grant(ended));
    IssuedKey living = access.openSession(owner, WEEK);
    Keyring ring = KeyringText.parse(Files.readAllBytes(state.path().resolve("keyring")));
    Map<KeyId, Instant> full = new LinkedHashMap<>(ring.revoked());
    while (full.size() < Keyring.MAX_ENDED) {
      full.put(KeyId.random(), TOMORROW);
    }
    Keyring much = new Keyring(ring.clock(), ring.secrets(), ring.owner(), ring.keys(), full);
    new PrivateFolder(state.path()).replace("keyring", KeyringText.print(much));
    assertThatThrownBy(() -> access.endSession(grant(living)))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThat(access.session(ended.text())).isEmpty();
    // Keys can always be revoked.
    Grant key = key(owner, "get", "/", TOMORROW);
    access.revoke(owner, key.id());
    clock.set(TOMORROW);
    access.endSession(grant(living));
    assertThat(access.session(living.text())).isEmpty();
  }

  @Test
  void someKeysOpenNone() throws Refusal, IOException {
    Terms terms = Terms.of("x", Rights.of(Right.GET), Scope.ALL, Terms.NEVER, true);
    Grant link = access.authenticate(access.issue(owner, terms).text());
    assertThatThrownBy(() -> access.openSession(link, WEEK)).isInstanceOf(Refusal.Denied.class);
    Grant admin = key(owner, "admin", "/", Terms.NEVER);
    assertThatThrownBy(() -> access.openSession(admin, WEEK)).isInstanceOf(Refusal.Denied.class);
    String deep = ("x".repeat(200) + "/").repeat(14);
    Grant far = key(owner, "get", deep, Terms.NEVER);
    assertThatThrownBy(() -> access.openSession(far, WEEK)).isInstanceOf(Refusal.BadName.class);
  }

  @Test
  void aKeyAtTheEndOfItsLineOpensOne() throws Refusal, IOException {
    Grant last = owner;
    for (int i = 0; i < Capability.MAX_ANCESTORS; i++) {
      last = key(last, "get,admin", "/", Terms.NEVER);
    }
    Grant session = grant(access.openSession(last, WEEK));
    assertThat(session.id()).isEqualTo(last.id());
    assertThat(session.capability().ancestors()).hasSize(Capability.MAX_ANCESTORS);
  }

  @Test
  void aKeyringNeverHoldsASession() throws Refusal, IOException {
    Capability session = access.openSession(owner, WEEK).capability();
    Keyring ring = KeyringText.parse(Files.readAllBytes(state.path().resolve("keyring")));
    byte[] text = KeyringText.print(ring.with(session));
    assertThatThrownBy(() -> KeyringText.parse(text)).isInstanceOf(IOException.class);
  }
}
