package org.privateshare.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privateshare.model.Rights;

/// Everything the server remembers of its keys, as a value. Each change gives a new keyring.
///
/// The keys themselves are not in it, only what they say; whoever has the keyring can sign them
/// anew.
///
/// @param clock the latest time, in seconds since 1970, at which anything was decided: time never
///   runs back behind it
/// @param secrets the generations in use, oldest first; 1 to [#MAX_SECRETS]
/// @param owner the key from which all others descend
/// @param keys the other living keys, in the order they were made; at most [#MAX_KEYS]
/// @param revoked the ids of keys that are dead before their time, with the time when they would be
///   dead anyway
record Keyring(
    long clock,
    List<Secret> secrets,
    Capability owner,
    Map<KeyId, Capability> keys,
    Map<KeyId, Instant> revoked) {
  static final int MAX_SECRETS = 8;
  static final int MAX_KEYS = 10_000;

  /// With so many ids revoked no session is added to them.
  static final int MAX_ENDED = 10_000;

  Keyring {
    secrets = List.copyOf(secrets);
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    revoked = Collections.unmodifiableMap(new LinkedHashMap<>(revoked));
  }

  /// The first keyring of a server: a secret and an owner key.
  static Keyring create(long now) {
    return begin(1, now);
  }

  private static Keyring begin(int generation, long now) {
    Terms all = new Terms("owner", Rights.ALL, Scope.ALL, Terms.NEVER, false);
    Capability owner =
        new Capability(generation, KeyId.random(), List.of(), all, Instant.ofEpochSecond(now));
    return new Keyring(now, List.of(Secret.random(generation)), owner, Map.of(), Map.of());
  }

  /// The generation that new keys are signed with.
  int generation() {
    return secrets.getLast().generation();
  }

  boolean hasGeneration(int generation) {
    return secrets.stream().anyMatch(secret -> secret.generation() == generation);
  }

  /// Whether the key or one that it descends from was revoked.
  boolean isRevoked(Capability key) {
    return revoked.containsKey(key.id()) || key.ancestors().stream().anyMatch(revoked::containsKey);
  }

  /// Whether the key is genuine still: its secret in use, itself neither revoked nor expired.
  boolean isAlive(Capability key) {
    return hasGeneration(key.generation()) && !isRevoked(key) && !key.terms().isExpiredAt(clock);
  }

  /// The clock as a time.
  Instant now() {
    return Instant.ofEpochSecond(clock);
  }

  /// With one more key.
  Keyring with(Capability key) {
    Map<KeyId, Capability> more = new LinkedHashMap<>(keys);
    more.put(key.id(), key);
    return new Keyring(clock, secrets, owner, more, revoked);
  }

  /// Without the key, or session, and its descendants. One id is enough for all: they have it in
  /// their line, and none lives longer than the key it came from.
  Keyring without(Capability key) {
    Map<KeyId, Capability> rest = new LinkedHashMap<>(keys);
    rest.values().removeIf(other -> other.isWithin(key.id()));
    Map<KeyId, Instant> dead = new LinkedHashMap<>(revoked);
    dead.put(key.id(), key.terms().expires());
    return new Keyring(clock, secrets, owner, rest, dead);
  }

  /// With a new secret for new keys, beside the old ones.
  Keyring rotated() {
    List<Secret> more = new ArrayList<>(secrets);
    more.add(Secret.random(generation() + 1));
    return new Keyring(clock, more, owner, keys, revoked);
  }

  /// With a new secret instead of the old ones: every key is dead, there is a new owner key, and
  /// nothing is left that a clock running back could revive, so time begins anew.
  Keyring renewed(long now) {
    return begin(generation() + 1, now);
  }

  /// At a later time, without what is dead by then anyway.
  Keyring at(long now) {
    Map<KeyId, Capability> living = new LinkedHashMap<>(keys);
    living.values().removeIf(key -> key.terms().isExpiredAt(now));
    Map<KeyId, Instant> dead = new LinkedHashMap<>(revoked);
    dead.values().removeIf(expires -> Terms.isExpired(expires, now));
    return new Keyring(Math.max(clock, now), secrets, owner, living, dead);
  }
}
