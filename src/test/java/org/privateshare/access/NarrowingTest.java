package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;
import org.privateshare.model.SharePath;

/// Keys made at random out of keys made at random: none may more than any that it came from.
final class NarrowingTest {
  /// Every path that the scopes below can tell apart.
  private static final List<SharePath> PATHS =
      List.of("", "a", "b", "a/a", "a/b", "b/a", "a/a/a", "a/a/b", "a/b/b").stream()
          .map(text -> new SharePath(text.isEmpty() ? List.of() : List.of(text.split("/", -1))))
          .toList();

  private static final List<Instant> TIMES =
      List.of(
          SteppableClock.START.plusSeconds(1),
          SteppableClock.START.plusSeconds(2),
          SteppableClock.START.plusSeconds(3),
          Terms.NEVER);

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void narrowingNeverWidens(long seed) throws Refusal, IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Access access = Access.open(new StateFolder(temp.resolve("state")), new SteppableClock());
    List<Grant> living = new ArrayList<>(List.of(access.authenticate(access.ownerKey())));
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      Grant parent = living.get(random.nextInt(living.size()));
      Terms wanted = terms(random);
      Grant asked = new Grant(descendant(parent, wanted));
      String what = "seed " + seed + ": " + wanted + " of " + parent.capability();
      try {
        Grant child = access.authenticate(access.issue(parent, wanted).text());
        assertThat(child.capability().terms()).as(what).isEqualTo(wanted);
        assertThat(exceeds(child, parent)).as(what).isFalse();
        assertThat(exceeds(child, living.getFirst())).as(what).isFalse();
        living.add(child);
      } catch (Refusal.Denied e) {
        boolean mayMakeKeys = parent.capability().terms().rights().contains(Right.ADMIN);
        boolean isLast = parent.capability().ancestors().size() == Capability.MAX_ANCESTORS;
        assertThat(!mayMakeKeys || isLast || exceeds(asked, parent)).as(what).isTrue();
        refused++;
      }
    }
    assertThat(living.size()).as("seed %d", seed).isGreaterThan(20);
    assertThat(refused).as("seed %d", seed).isGreaterThan(20);
  }

  /// Whether there is anything that the one may and the other may not, found by trying all.
  private static boolean exceeds(Grant one, Grant other) {
    Instant end = other.capability().terms().expires();
    if (one.capability().terms().expires().isAfter(end)) {
      return true;
    }
    for (Right right : Right.values()) {
      for (SharePath path : PATHS) {
        if (one.permits(right, path) && !other.permits(right, path)) {
          return true;
        }
      }
    }
    // A folder that is nowhere to be changed may get entries that the other can't reach.
    Terms mine = one.capability().terms();
    Terms theirs = other.capability().terms();
    return !theirs.rights().contains(mine.rights())
        || (mine.scope().isFolder() && !theirs.scope().isFolder());
  }

  private static Capability descendant(Grant parent, Terms terms) {
    return new Capability(1, KeyId.random(), List.of(parent.id()), terms, Instant.EPOCH);
  }

  private static Terms terms(SplittableRandom random) {
    Set<Right> rights = EnumSet.of(random.nextBoolean() ? Right.ADMIN : Right.GET);
    for (Right right : Right.values()) {
      if (random.nextInt(3) > 0) {
        rights.add(right);
      }
    }
    SharePath path = PATHS.get(random.nextInt(PATHS.size() - 3));
    Scope scope = new Scope(path, path.isRoot() || random.nextInt(3) > 0);
    Instant expires = TIMES.get(random.nextInt(TIMES.size()));
    return new Terms("key", new Rights(rights), scope, expires, false);
  }
}
