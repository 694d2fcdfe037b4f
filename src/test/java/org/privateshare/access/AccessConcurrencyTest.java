package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

/// Many threads and several processes over one state folder.
@Timeout(120)
final class AccessConcurrencyTest {
  @TempDir Path temp;

  private StateFolder state = new StateFolder(Path.of(""));
  private Access access;
  private Grant owner;

  @BeforeEach
  void start() throws IOException, Refusal {
    state = new StateFolder(temp.resolve("state"));
    access = Access.open(state, InstantSource.system());
    owner = access.authenticate(access.ownerKey());
  }

  private static IssuedKey issue(Access access, Grant by) throws Refusal, IOException {
    return access.issue(by, Terms.of("Ada", Rights.of(Right.GET), Scope.ALL, Terms.NEVER, false));
  }

  private static <T> List<T> together(List<Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    // Platform threads: some tasks try again and again, and would starve the others of carriers.
    try (var threads = Executors.newCachedThreadPool()) {
      for (Future<T> done : threads.invokeAll(tasks)) {
        results.add(done.get());
      }
    }
    return results;
  }

  @Test
  void noKeyIsLostWhenManyAreMadeAtOnce() throws Exception {
    List<Callable<IssuedKey>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Access one = i % 2 == 0 ? access : Access.open(state, InstantSource.system());
      for (int j = 0; j < 10; j++) {
        tasks.add(() -> issue(one, owner));
      }
    }
    List<IssuedKey> made = together(tasks);
    assertThat(access.keys(owner)).hasSize(81);
    for (IssuedKey key : made) {
      assertThat(access.authenticate(key.text()).id()).isEqualTo(key.capability().id());
    }
  }

  @Test
  void noRequestThatStartsAfterARevocationIsLetIn() throws Exception {
    Access command = Access.open(state, InstantSource.system());
    for (int round = 0; round < 10; round++) {
      IssuedKey key = issue(command, owner);
      AtomicBoolean revoked = new AtomicBoolean();
      Callable<Boolean> request =
          () -> {
            while (true) {
              boolean tooLate = revoked.get();
              try {
                assertThat(access.authenticate(key.text()).label()).isEqualTo("Ada");
                assertThat(tooLate).isFalse();
              } catch (Refusal.Denied e) {
                return true;
              }
            }
          };
      Callable<Boolean> revocation =
          () -> {
            command.revoke(owner, key.capability().id());
            return revoked.compareAndSet(false, true);
          };
      assertThat(together(List.of(request, request, request, revocation))).containsOnly(true);
    }
  }

  @Test
  void manyFirstStartsMakeOneOwner() throws Exception {
    StateFolder fresh = new StateFolder(temp.resolve("fresh"));
    List<Callable<String>> tasks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tasks.add(() -> Access.open(fresh, InstantSource.system()).ownerKey());
    }
    assertThat(together(tasks)).containsOnly(fresh.ownerKey().orElseThrow());
  }

  @Test
  void twoProcessesLoseNothingOfEachOther() throws Exception {
    List<String> theirs = new ArrayList<>();
    try (KeyProcess process = KeyProcess.start(state)) {
      for (int i = 0; i < 30; i++) {
        theirs.add(process.nextRevoked());
        KeyId mine = issue(access, owner).capability().id();
        access.revoke(owner, mine);
        theirs.add(mine.text());
      }
    }
    assertRevoked(theirs);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void aProcessKilledAtAnyMomentTakesNoRevocationBack(int after) throws Exception {
    List<String> acknowledged = new ArrayList<>();
    try (KeyProcess process = KeyProcess.start(state)) {
      for (int i = 0; i < after; i++) {
        acknowledged.add(process.nextRevoked());
      }
      process.kill();
      acknowledged.addAll(process.restRevoked());
    }
    access = Access.open(state, InstantSource.system());
    assertRevoked(acknowledged);
    assertThat(access.authenticate(issue(access, owner).text()).label()).isEqualTo("Ada");
  }

  private void assertRevoked(List<String> ids) throws IOException, Refusal {
    List<KeyId> living = access.keys(owner).stream().map(Capability::id).toList();
    for (String id : ids) {
      assertThat(living).isNotEmpty().doesNotContain(KeyId.parse(id));
      // Refused as missing were it unknown.
      access.revoke(owner, KeyId.parse(id));
    }
    assertThatThrownBy(() -> access.revoke(owner, KeyId.random()))
        .isInstanceOf(Refusal.Missing.class);
  }
}
