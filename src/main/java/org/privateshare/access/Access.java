package org.privateshare.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;

/// Decides whose key is good, and makes, lists, revokes and renews keys.
///
/// What is known of keys lies in the file `keyring` of a private folder that several processes may
/// use: the server, and `privateshare key` on the same machine. A request looks at the file's stamp
/// (one `stat`) and reads it again if it changed, so what another process did is in force for every
/// request that starts after it returned. Changes are made under the folder's lock and are on disk
/// when the method returns. A keyring that is missing, damaged or open to others while the server
/// runs makes every request fail with an `IOException`: never does "no keys" mean "open".
///
/// Time doesn't run back: a key that was expired once stays so (see `docs/keys.md`). Thread-safe.
public final class Access {
  static final String KEYRING = "keyring";

  /// Far more than [Keyring#MAX_KEYS] keys need; what lies above is no keyring.
  private static final int MAX_BYTES = 64 << 20;

  private final StateFolder state;
  private final PrivateFolder folder;
  private final InstantSource clock;
  private volatile Snapshot latest;

  /// The keyring as it was read, and the latest time that was seen while it was in force.
  private record Snapshot(Keyring ring, KeyText keys, PrivateFolder.Stamp stamp, AtomicLong floor) {
    String ownerKey() {
      try {
        return keys.print(ring.owner());
      } catch (Refusal.BadName e) {
        throw new IllegalStateException("an owner key is never too long", e);
      }
    }
  }

  private Access(StateFolder state, InstantSource clock) throws IOException {
    this.state = state;
    this.folder = new PrivateFolder(state.path());
    this.clock = clock;
    this.latest = begin();
  }

  /// Reads the keyring; makes the folder, a secret and an owner key where none of them exists.
  ///
  /// @throws IOException where the folder or a file in it isn't private, or the keyring is empty,
  ///   cut short, damaged, or gone while its owner key is still there
  public static Access open(StateFolder state, InstantSource clock) throws IOException {
    return new Access(state, clock);
  }

  private Snapshot begin() throws IOException {
    folder.create();
    try (var _ = folder.lock()) {
      if (!folder.has(KEYRING)) {
        requireNoOwnerKey();
        folder.replace(KEYRING, KeyringText.print(Keyring.create(seconds())));
      }
      Snapshot first = load(Optional.empty());
      // A process killed between the two files left an old owner key, or none.
      state.ownerKey(first.ownerKey());
      return first;
    }
  }

  private void requireNoOwnerKey() throws IOException {
    if (state.ownerKey().isPresent()) {
      throw new IOException(
          file()
              + " is gone, but an owner key is there: restore the keyring, or remove the owner"
              + " key to begin anew with new keys");
    }
  }

  private Path file() {
    return folder.path().resolve(KEYRING);
  }

  /// The grant of a key, as presented: nothing is trimmed or mended.
  ///
  /// @throws Refusal.Denied where the key isn't one of ours, or is dead. That it is dead, and why,
  ///   only those learn who hold a genuine key
  /// @throws IOException where the keyring can't be read
  public Grant authenticate(String presented) throws Refusal.Denied, IOException {
    Snapshot now = current();
    Capability key =
        now.keys.read(presented).orElseThrow(() -> new Refusal.Denied("this is no valid key here"));
    if (now.ring.isRevoked(key)) {
      throw new Refusal.Denied("this key was revoked");
    }
    if (key.terms().isExpiredAt(time(now))) {
      remember(key, now);
      throw new Refusal.Denied("this key has expired");
    }
    return new Grant(key);
  }

  /// Puts the time on disk before the first refusal that rests on it, so that no restart and no
  /// change of the clock takes the refusal back. At most one write for all that is expired by now.
  private void remember(Capability expired, Snapshot now) throws IOException {
    if (!expired.terms().isExpiredAt(now.ring.clock())) {
      try (var _ = folder.lock()) {
        store(ring());
      }
    }
  }

  /// The key that all others descend from, with every right and no end. Also kept in the folder.
  ///
  /// @throws IOException where the keyring can't be read
  public String ownerKey() throws IOException {
    return current().ownerKey();
  }

  /// Makes a narrower key. Its text is not kept: this is the one time that it is seen.
  ///
  /// @throws Refusal.Denied where the grant has no admin right, has died, or lacks what is wanted
  /// @throws Refusal.BadName where the key would be too long or born dead
  /// @throws Refusal.Unavailable where there are too many keys
  public IssuedKey issue(Grant by, Terms wanted) throws Refusal, IOException {
    try (var _ = folder.lock()) {
      Keyring ring = ring();
      Capability child = childOf(requireAdmin(by, ring), wanted, ring);
      String text = current().keys.print(child);
      store(ring.with(child));
      return new IssuedKey(child, text);
    }
  }

  private static Capability childOf(Capability parent, Terms wanted, Keyring ring) throws Refusal {
    Optional<String> excess = wanted.excessOver(parent.terms());
    if (excess.isPresent()) {
      throw new Refusal.Denied("a key can't give what it doesn't have: " + excess.get());
    }
    if (parent.ancestors().size() == Capability.MAX_ANCESTORS) {
      throw new Refusal.Denied("this key is too far from the owner's to make others");
    }
    if (wanted.isExpiredAt(ring.clock())) {
      throw new Refusal.BadName("the key would be dead already: it is " + ring.now());
    }
    if (ring.keys().size() >= Keyring.MAX_KEYS) {
      throw new Refusal.Unavailable("there are " + Keyring.MAX_KEYS + " keys: revoke some first");
    }
    List<KeyId> line = new ArrayList<>(parent.ancestors());
    line.add(parent.id());
    return new Capability(ring.generation(), KeyId.random(), line, wanted, ring.now());
  }

  /// The living keys that the grant may see: its own and all that descend from it, oldest first.
  ///
  /// @throws Refusal.Denied where the grant has no admin right or has died
  public List<Capability> keys(Grant by) throws Refusal.Denied, IOException {
    Keyring ring = ring();
    Capability viewer = requireAdmin(by, ring);
    List<Capability> seen = new ArrayList<>();
    seen.add(ring.owner());
    seen.addAll(ring.keys().values());
    seen.removeIf(key -> !key.isWithin(viewer.id()));
    return seen;
  }

  /// Ends a key and all that descend from it; the grant's own or one below it. Ending a key that
  /// was revoked before changes nothing.
  ///
  /// @throws Refusal.Denied where the grant has no admin right or has died, and for the owner key
  /// @throws Refusal.Missing where the grant may see no such key
  public void revoke(Grant by, KeyId id) throws Refusal, IOException {
    try (var _ = folder.lock()) {
      Keyring ring = ring();
      Capability revoker = requireAdmin(by, ring);
      if (revoker.isOwner() && id.equals(revoker.id())) {
        throw new Refusal.Denied("the owner key can't be revoked, only renewed with all keys");
      }
      Capability key = ring.keys().get(id);
      if (key != null && key.isWithin(revoker.id())) {
        store(ring.without(key));
      } else if (!revoker.isOwner() || !ring.revoked().containsKey(id)) {
        throw Refusal.Missing.key(id.text());
      }
    }
  }

  /// Makes a new secret for the keys to come. Those that exist stay good.
  ///
  /// @throws Refusal.Denied where the grant isn't the owner's or has died
  /// @throws Refusal.Unavailable where there are too many secrets
  public void rotate(Grant owner) throws Refusal, IOException {
    try (var _ = folder.lock()) {
      Keyring ring = ring();
      requireOwner(owner, ring);
      if (ring.secrets().size() == Keyring.MAX_SECRETS) {
        throw new Refusal.Unavailable("there are too many old secrets: drop them");
      }
      store(ring.rotated());
    }
  }

  /// Makes a new secret and drops the old ones: every key is dead, the owner key is another, and
  /// the clock is believed anew.
  ///
  /// @throws Refusal.Denied where the grant isn't the owner's or has died
  public void renew(Grant owner) throws Refusal, IOException {
    try (var _ = folder.lock()) {
      Keyring ring = ring();
      requireOwner(owner, ring);
      store(ring.renewed(seconds()));
    }
  }

  private static Capability requireAdmin(Grant by, Keyring ring) throws Refusal.Denied {
    Capability key = by.capability();
    if (!ring.isAlive(key)) {
      throw new Refusal.Denied("this key is dead");
    }
    if (!key.terms().rights().contains(Right.ADMIN)) {
      throw new Refusal.Denied("this key has not the admin right");
    }
    return key;
  }

  private static void requireOwner(Grant by, Keyring ring) throws Refusal.Denied {
    if (!requireAdmin(by, ring).isOwner()) {
      throw new Refusal.Denied("only the owner key may do this");
    }
  }

  /// The keyring as of now, without what has expired.
  private Keyring ring() throws IOException {
    Snapshot now = current();
    return now.ring.at(time(now));
  }

  /// Makes a changed keyring the one in force. Under the folder's lock, in which it was read.
  private void store(Keyring ring) throws IOException {
    byte[] text = KeyringText.print(ring);
    if (text.length > MAX_BYTES) {
      throw new IOException(file() + " would be too large: renew the secret");
    }
    folder.replace(KEYRING, text);
    state.ownerKey(current().ownerKey());
  }

  private Snapshot current() throws IOException {
    Snapshot known = latest;
    return folder.stamp(KEYRING).equals(known.stamp) ? known : reload();
  }

  private synchronized Snapshot reload() throws IOException {
    if (!folder.stamp(KEYRING).equals(latest.stamp)) {
      latest = load(Optional.of(latest));
    }
    return latest;
  }

  private Snapshot load(Optional<Snapshot> before) throws IOException {
    // The stamp first: a file that is replaced in between is read again at the next request.
    PrivateFolder.Stamp stamp = folder.stamp(KEYRING);
    Keyring ring;
    try {
      ring = KeyringText.parse(folder.read(KEYRING, MAX_BYTES));
    } catch (IOException e) {
      throw new IOException("cannot use the keyring " + file() + ": " + e.getMessage(), e);
    }
    // After a renewal the old time may be forgotten: no key is left that it could revive.
    AtomicLong floor =
        before
            .filter(old -> ring.hasGeneration(old.ring.generation()))
            .map(Snapshot::floor)
            .orElseGet(AtomicLong::new);
    floor.accumulateAndGet(ring.clock(), Math::max);
    return new Snapshot(ring, new KeyText(ring.secrets()), stamp, floor);
  }

  private long time(Snapshot now) {
    return now.floor.accumulateAndGet(seconds(), Math::max);
  }

  private long seconds() {
    return Math.clamp(clock.instant().getEpochSecond(), 0, Terms.LAST_SECOND);
  }
}
