package org.privateshare.access;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final KeyringFile file;

  private Access(KeyringFile file) {
    this.file = file;
  }

  /// Reads the keyring; makes the folder, a secret and an owner key where none of them exists.
  ///
  /// @throws IOException where the folder or a file in it isn't private, or the keyring is empty,
  ///   cut short, damaged, or gone while its owner key is still there
  public static Access open(StateFolder state, InstantSource clock) throws IOException {
    return new Access(KeyringFile.open(state, clock));
  }

  /// The grant of a key, as presented: nothing is trimmed or mended.
  ///
  /// @throws Refusal.Denied where the key isn't one of ours, or is dead. That it is dead, and why,
  ///   only those learn who hold a genuine key
  /// @throws IOException where the keyring can't be read
  public Grant authenticate(String presented) throws Refusal.Denied, IOException {
    KeyringFile.Snapshot now = file.current();
    Capability key = genuine(presented, now, false);
    if (now.ring().isRevoked(key)) {
      throw new Refusal.Denied("this key was revoked");
    }
    if (file.isExpired(key, now)) {
      throw new Refusal.Denied("this key has expired");
    }
    return new Grant(key);
  }

  /// The same grant where that takes no more than a look at the file's stamp; empty where more
  /// would have to be read or written, and where there is no grant.
  public Optional<Grant> atHand(String presented) {
    Optional<KeyringFile.Snapshot> now = file.unchanged();
    return now.flatMap(known -> known.keys().read(presented))
        .filter(key -> !key.isSession())
        .filter(key -> !now.get().ring().isRevoked(key))
        .filter(key -> !file.isOld(key, now.get()))
        .map(Grant::new);
  }

  /// A session's text is no key, and a key's no session: each is good in its own place only.
  private static Capability genuine(String presented, KeyringFile.Snapshot now, boolean isSession)
      throws Refusal.Denied {
    return now.keys()
        .read(presented)
        .filter(key -> key.isSession() == isSession)
        .orElseThrow(() -> new Refusal.Denied("this is no valid key here"));
  }

  /// Opens a session: a key for the cookie of a browser, which acts as the key that it came from,
  /// but for the admin right. It dies with that key, at the latest after `atMost`. Nothing of it is
  /// kept here.
  ///
  /// @throws Refusal.Denied where the key has died, is a link's or a session's, or has no right but
  ///   admin
  /// @throws Refusal.BadName where its path is too long for a cookie
  public IssuedKey openSession(Grant by, Duration atMost)
      throws Refusal.Denied, Refusal.BadName, IOException {
    KeyringFile.Snapshot now = file.current();
    Keyring ring = file.ring(now);
    if (by.session().isPresent()) {
      throw new Refusal.Denied("a session opens no other");
    }
    Capability session = Sessions.of(requireAlive(by, ring), ring, atMost);
    return new IssuedKey(session, now.keys().print(session));
  }

  /// What a session allows, empty where it is over: that it is one of ours is certain then.
  ///
  /// @throws Refusal.Denied where it is none of ours
  /// @throws IOException where the keyring can't be read
  public Optional<Grant> session(String presented) throws Refusal.Denied, IOException {
    KeyringFile.Snapshot now = file.current();
    Capability session = genuine(presented, now, true);
    return now.ring().isRevoked(session) || file.isExpired(session, now)
        ? Optional.empty()
        : Optional.of(Grant.ofSession(session));
  }

  /// Ends a session before its time.
  ///
  /// @throws Refusal.Denied where the grant is no session's
  /// @throws Refusal.Unavailable where so many were ended that no more are remembered
  public void endSession(Grant by) throws Refusal, IOException {
    Capability session =
        by.session().orElseThrow(() -> new Refusal.Denied("only a session can be signed out"));
    try (var _ = file.lock()) {
      Keyring ring = file.ring();
      if (ring.revoked().size() >= Keyring.MAX_ENDED) {
        throw new Refusal.Unavailable(
            "too many sessions were signed out: this one ends by itself, at "
                + session.terms().expires());
      }
      file.store(ring.without(session));
    }
  }

  /// The key that all others descend from, with every right and no end. Also kept in the folder.
  ///
  /// @throws IOException where the keyring can't be read
  public String ownerKey() throws IOException {
    return file.current().ownerKey();
  }

  /// Makes a narrower key. Its text is not kept: this is the one time that it is seen.
  ///
  /// @throws Refusal.Denied where the grant has no admin right, has died, or lacks what is wanted
  /// @throws Refusal.BadName where the key would be too long or born dead
  /// @throws Refusal.Unavailable where there are too many keys
  public IssuedKey issue(Grant by, Terms wanted) throws Refusal, IOException {
    try (var _ = file.lock()) {
      Keyring ring = file.ring();
      Capability child = childOf(requireAdmin(by, ring), wanted, ring);
      String text = file.current().keys().print(child);
      file.store(ring.with(child));
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
    Keyring ring = file.ring();
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
    try (var _ = file.lock()) {
      Keyring ring = file.ring();
      Capability revoker = requireAdmin(by, ring);
      if (revoker.isOwner() && id.equals(revoker.id())) {
        throw new Refusal.Denied("the owner key can't be revoked, only renewed with all keys");
      }
      Capability key = ring.keys().get(id);
      if (key != null && key.isWithin(revoker.id())) {
        file.store(ring.without(key));
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
    try (var _ = file.lock()) {
      Keyring ring = file.ring();
      requireOwner(owner, ring);
      if (ring.secrets().size() == Keyring.MAX_SECRETS) {
        throw new Refusal.Unavailable("there are too many old secrets: drop them");
      }
      file.store(ring.rotated());
    }
  }

  /// Makes a new secret and drops the old ones: every key is dead, the owner key is another, and
  /// the clock is believed anew.
  ///
  /// @throws Refusal.Denied where the grant isn't the owner's or has died
  public void renew(Grant owner) throws Refusal, IOException {
    try (var _ = file.lock()) {
      Keyring ring = file.ring();
      requireOwner(owner, ring);
      file.store(ring.renewed(file.seconds()));
    }
  }

  private static Capability requireAdmin(Grant by, Keyring ring) throws Refusal.Denied {
    Capability key = requireAlive(by, ring);
    if (!key.terms().rights().contains(Right.ADMIN)) {
      throw new Refusal.Denied("this key has not the admin right");
    }
    return key;
  }

  private static Capability requireAlive(Grant by, Keyring ring) throws Refusal.Denied {
    if (!ring.isAlive(by.capability())) {
      throw new Refusal.Denied("this key is dead");
    }
    return by.capability();
  }

  private static void requireOwner(Grant by, Keyring ring) throws Refusal.Denied {
    if (!requireAdmin(by, ring).isOwner()) {
      throw new Refusal.Denied("only the owner key may do this");
    }
  }
}
