package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;
import org.privateshare.model.SharePath;

/// The life of keys: made, narrowed, shown, revoked, renewed.
final class AccessTest {
  private static final Instant TOMORROW = SteppableClock.START.plusSeconds(86_400);

  @TempDir Path temp;

  private final SteppableClock clock = new SteppableClock();
  private StateFolder state = new StateFolder(Path.of(""));
  private Access access;
  private Grant owner;

  @BeforeEach
  void start() throws IOException, Refusal {
    state = new StateFolder(temp.resolve("made/on/the/way"));
    access = Access.open(state, clock);
    owner = access.authenticate(access.ownerKey());
  }

  private static Terms terms(String label, String rights, String scope) throws Refusal {
    return Terms.of(label, Rights.parse(rights), Scope.parse(scope), TOMORROW, false);
  }

  private IssuedKey issue(Grant by, String rights, String scope) throws Refusal, IOException {
    return access.issue(by, terms("Ada", rights, scope));
  }

  private Grant grant(IssuedKey key) throws Refusal, IOException {
    return access.authenticate(key.text());
  }

  private void assertDead(String key, String reason) {
    assertThatThrownBy(() -> access.authenticate(key))
        .isInstanceOf(Refusal.Denied.class)
        .hasMessage(reason);
  }

  @Test
  void theFirstStartMakesAnOwnerKeyThatMayEverything() throws Refusal {
    assertThat(owner.label()).isEqualTo("owner");
    assertThat(owner.capability().isOwner()).isTrue();
    assertThat(owner.capability().terms().expires()).isEqualTo(Terms.NEVER);
    assertThat(owner.mayTravelInQuery()).isFalse();
    for (Right right : Right.values()) {
      assertThat(owner.permits(right, SharePath.parse("any/thing"))).isTrue();
    }
  }

  @Test
  void theOwnersProgramsFindTheOwnerKey() throws IOException {
    assertThat(state.ownerKey()).contains(access.ownerKey());
    assertThat(Files.readString(state.path().resolve("owner.key")))
        .isEqualTo(access.ownerKey() + "\n");
  }

  @Test
  void aKeySaysWhatItWasMadeFor() throws Refusal, IOException {
    IssuedKey key = issue(owner, "list,get,put", "inbox/");
    Grant grant = grant(key);
    assertThat(grant.capability()).isEqualTo(key.capability());
    assertThat(grant.capability().ancestors()).containsExactly(owner.id());
    assertThat(grant.capability().issued()).isEqualTo(SteppableClock.START);
    assertThat(grant.permits(Right.PUT, SharePath.parse("inbox/a"))).isTrue();
    assertThat(grant.permits(Right.PUT, SharePath.parse("a"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "list,get,put,replace,admin; in/; 0; the right to replace",
        "list,get,put,replace,delete; in/; 0; the right to replace,delete",
        "list,get; /; 0; anything outside of in/",
        "list,get; in; 0; anything outside of in/",
        "list,get; in2/; 0; anything outside of in/",
        "list,get; out; 0; anything outside of in/",
        "list,get; in/; 1; a life beyond 2023-11-15T22:13:20Z",
        "list,get; in/a/; 0; ",
        "list,get,put,admin; in/; 0; ",
        "admin; in/a; -1; "
      })
  void aChildNeverExceedsItsParent(String rights, String scope, int later, String excess)
      throws Refusal, IOException {
    Grant parent = grant(issue(owner, "list,get,put,admin", "in/"));
    Terms wanted =
        Terms.of("x", Rights.parse(rights), Scope.parse(scope), TOMORROW.plusSeconds(later), false);
    if (excess == null) {
      assertThat(access.issue(parent, wanted).capability().terms()).isEqualTo(wanted);
    } else {
      assertThatThrownBy(() -> access.issue(parent, wanted))
          .isInstanceOf(Refusal.Denied.class)
          .hasMessage("a key can't give what it doesn't have: " + excess);
      assertThat(access.keys(owner)).hasSize(2);
    }
  }

  @Test
  void aKeyThatExpiresMakesNoneThatDoesNot() throws Refusal, IOException {
    Grant parent = grant(issue(owner, "get,admin", "/"));
    Terms ever = Terms.of("x", Rights.of(Right.GET), Scope.ALL, Terms.NEVER, true);
    assertThatThrownBy(() -> access.issue(parent, ever)).isInstanceOf(Refusal.Denied.class);
    assertThat(grant(access.issue(owner, ever)).mayTravelInQuery()).isTrue();
  }

  @Test
  void onlyAKeyWithTheAdminRightMakesListsAndRevokesKeys() throws Refusal, IOException {
    IssuedKey plain = issue(owner, "list,get,put,replace,delete", "/");
    Grant grant = grant(plain);
    Terms wanted = terms("x", "get", "/");
    assertThatThrownBy(() -> access.issue(grant, wanted)).isInstanceOf(Refusal.Denied.class);
    assertThatThrownBy(() -> access.keys(grant)).isInstanceOf(Refusal.Denied.class);
    assertThatThrownBy(() -> access.revoke(grant, grant.id())).isInstanceOf(Refusal.Denied.class);
    assertThatThrownBy(() -> access.rotate(grant)).isInstanceOf(Refusal.Denied.class);
    assertThatThrownBy(() -> access.renew(grant)).isInstanceOf(Refusal.Denied.class);
    Grant admin = grant(issue(owner, "admin", "/"));
    assertThatThrownBy(() -> access.rotate(admin)).isInstanceOf(Refusal.Denied.class);
    assertThatThrownBy(() -> access.renew(admin)).isInstanceOf(Refusal.Denied.class);
  }

  @Test
  void aLineOfDescentHasAnEnd() throws Refusal, IOException {
    Grant parent = owner;
    for (int i = 0; i < Capability.MAX_ANCESTORS; i++) {
      parent = grant(issue(parent, "get,admin", "/"));
    }
    Grant last = parent;
    assertThat(last.capability().ancestors()).hasSize(8).startsWith(owner.id());
    assertThatThrownBy(() -> issue(last, "get", "/")).isInstanceOf(Refusal.Denied.class);
  }

  @Test
  void aKeyThatWouldBeDeadAlreadyIsNotMade() throws Refusal {
    for (int second : List.of(0, -1, -1_000_000)) {
      Terms late =
          Terms.of(
              "x",
              Rights.of(Right.GET),
              Scope.ALL,
              SteppableClock.START.plusSeconds(second),
              false);
      assertThatThrownBy(() -> access.issue(owner, late)).isInstanceOf(Refusal.BadName.class);
    }
  }

  @Test
  void aRevokedKeyIsDeadAtTheNextRequestAndSoAreItsDescendants() throws Refusal, IOException {
    IssuedKey sibling = issue(owner, "get", "/");
    IssuedKey parent = issue(owner, "get,admin", "/");
    IssuedKey child = issue(grant(parent), "get,admin", "/");
    IssuedKey grandchild = issue(grant(child), "get", "/");
    access.revoke(owner, child.capability().id());
    assertDead(child.text(), "this key was revoked");
    assertDead(grandchild.text(), "this key was revoked");
    assertThat(grant(parent).id()).isEqualTo(parent.capability().id());
    assertThat(grant(sibling).id()).isEqualTo(sibling.capability().id());
    assertThat(access.keys(owner))
        .containsExactly(owner.capability(), sibling.capability(), parent.capability());
  }

  @Test
  void aRevocationSurvivesARestart() throws Refusal, IOException {
    IssuedKey parent = issue(owner, "get,admin", "/");
    IssuedKey child = issue(grant(parent), "get", "/");
    access.revoke(owner, parent.capability().id());
    access = Access.open(state, clock);
    assertDead(parent.text(), "this key was revoked");
    assertDead(child.text(), "this key was revoked");
    assertThat(access.authenticate(access.ownerKey()).id()).isEqualTo(owner.id());
  }

  @Test
  void whatAnotherProcessDoesIsInForceAtTheNextRequest() throws Refusal, IOException {
    Access command = Access.open(state, clock);
    Grant there = command.authenticate(access.ownerKey());
    for (int i = 0; i < 50; i++) {
      IssuedKey key = command.issue(there, terms("Ada", "get", "/"));
      assertThat(grant(key).id()).isEqualTo(key.capability().id());
      command.revoke(there, key.capability().id());
      assertDead(key.text(), "this key was revoked");
    }
    command.renew(there);
    assertDead(command.authenticate(command.ownerKey()).toString(), "this is no valid key here");
    assertThat(access.ownerKey()).isEqualTo(command.ownerKey());
  }

  @Test
  void aKeyRevokesItselfAndItsOwnOnly() throws Refusal, IOException {
    Grant parent = grant(issue(owner, "get,admin", "/"));
    Grant one = grant(issue(parent, "get,admin", "/"));
    Grant other = grant(issue(parent, "get,admin", "/"));
    for (KeyId id : List.of(parent.id(), other.id(), owner.id(), KeyId.random())) {
      assertThatThrownBy(() -> access.revoke(one, id))
          .isInstanceOf(Refusal.Missing.class)
          .hasMessage("there is no key " + id);
    }
    assertThat(access.keys(one)).containsExactly(one.capability());
    assertThat(access.keys(parent))
        .containsExactly(parent.capability(), one.capability(), other.capability());
    access.revoke(one, one.id());
    assertThat(access.keys(parent)).containsExactly(parent.capability(), other.capability());
    access.revoke(owner, one.id());
    assertThatThrownBy(() -> access.revoke(parent, one.id())).isInstanceOf(Refusal.Missing.class);
    assertThatThrownBy(() -> access.revoke(owner, owner.id())).isInstanceOf(Refusal.Denied.class);
  }

  @Test
  void aGrantWhoseKeyDiedMeanwhileChangesNothing() throws Refusal, IOException {
    Grant revoked = grant(issue(owner, "get,admin", "/"));
    access.revoke(owner, revoked.id());
    Grant expired = grant(issue(owner, "get,admin", "/"));
    clock.set(TOMORROW);
    Grant replaced = owner;
    access.renew(owner);
    Terms wanted = Terms.of("x", Rights.of(Right.GET), Scope.ALL, Terms.NEVER, false);
    for (Grant dead : List.of(revoked, expired, replaced)) {
      assertThatThrownBy(() -> access.issue(dead, wanted)).hasMessage("this key is dead");
      assertThatThrownBy(() -> access.revoke(dead, dead.id())).hasMessage("this key is dead");
      assertThatThrownBy(() -> access.keys(dead)).hasMessage("this key is dead");
      assertThatThrownBy(() -> access.renew(dead)).hasMessage("this key is dead");
    }
  }

  @Test
  void anOldSecretStaysGoodUntilItIsDropped() throws Refusal, IOException {
    IssuedKey old = issue(owner, "get", "/");
    access.rotate(owner);
    IssuedKey young = issue(owner, "get", "/");
    assertThat(old.capability().generation()).isEqualTo(1);
    assertThat(young.capability().generation()).isEqualTo(2);
    access = Access.open(state, clock);
    assertThat(grant(old).id()).isEqualTo(old.capability().id());
    assertThat(grant(young).id()).isEqualTo(young.capability().id());
    String before = access.ownerKey();
    access.renew(owner);
    for (String dead : List.of(old.text(), young.text(), before)) {
      assertDead(dead, "this is no valid key here");
    }
    Grant renewed = access.authenticate(access.ownerKey());
    assertThat(renewed.id()).isNotEqualTo(owner.id());
    assertThat(renewed.capability().generation()).isEqualTo(3);
    assertThat(access.keys(renewed)).containsExactly(renewed.capability());
    assertThat(state.ownerKey()).contains(access.ownerKey());
  }

  @Test
  void thereAreOnlySoManyOldSecrets() throws Refusal, IOException {
    for (int i = 1; i < Keyring.MAX_SECRETS; i++) {
      access.rotate(owner);
    }
    assertThatThrownBy(() -> access.rotate(owner)).isInstanceOf(Refusal.Unavailable.class);
    access.renew(owner);
    access.rotate(access.authenticate(access.ownerKey()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ps1_", "Bearer ps1_", "owner", "eyJhbGciOiJub25lIn0.e30."})
  void aTextThatIsNoKeyHasOneAnswer(String text) {
    assertDead(text, "this is no valid key here");
  }

  @Test
  void noKeyIsKeptInTheKeyring() throws Refusal, IOException {
    IssuedKey key = issue(owner, "get", "/");
    String signature = key.text().substring(key.text().lastIndexOf('.'));
    String ring = Files.readString(state.path().resolve("keyring"));
    assertThat(ring).contains(key.capability().id().text()).doesNotContain(signature, "ps1_");
  }
}
