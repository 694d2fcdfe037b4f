package org.privateshare.access;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.privateshare.model.Refusal;

/// The file `keyring` of a private folder that several processes may use, and the time by which its
/// keys live; see [Access] for what it promises. Thread-safe.
final class KeyringFile {
  static final String KEYRING = "keyring";

  /// Far more than [Keyring#MAX_KEYS] keys need; what lies above is no keyring.
  private static final int MAX_BYTES = 64 << 20;

  private final StateFolder state;
  private final PrivateFolder folder;
  private final InstantSource clock;
  private volatile Snapshot latest;

  /// The keyring as it was read, and the latest time that was seen while it was in force.
  record Snapshot(Keyring ring, KeyText keys, PrivateFolder.Stamp stamp, AtomicLong floor) {
    String ownerKey() {
      try {
        return keys.print(ring.owner());
      } catch (Refusal.BadName e) {
        throw new IllegalStateException("an owner key is never too long", e);
      }
    }
  }

  private KeyringFile(StateFolder state, InstantSource clock) throws IOException {
    this.state = state;
    this.folder = new PrivateFolder(state.path());
    this.clock = clock;
    this.latest = begin();
  }

  /// Reads the keyring; makes the folder, a secret and an owner key where none of them exists.
  ///
  /// @throws IOException as [Access#open] says
  static KeyringFile open(StateFolder state, InstantSource clock) throws IOException {
    return new KeyringFile(state, clock);
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

  /// Keeps other threads and processes from changing anything.
  Closeable lock() throws IOException {
    return folder.lock();
  }

  /// Whether the key is dead of old age, which isn't on disk yet.
  boolean isOld(Capability key, Snapshot now) {
    return key.terms().isExpiredAt(time(now));
  }

  /// Whether the key is dead of old age.
  boolean isExpired(Capability key, Snapshot now) throws IOException {
    if (!isOld(key, now)) {
      return false;
    }
    remember(key, now);
    return true;
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

  /// The keyring as of now, without what has expired.
  Keyring ring() throws IOException {
    return ring(current());
  }

  /// The same of a snapshot.
  Keyring ring(Snapshot now) {
    return now.ring.at(time(now));
  }

  /// Makes a changed keyring the one in force. Under the folder's lock, in which it was read.
  void store(Keyring ring) throws IOException {
    byte[] text = KeyringText.print(ring);
    if (text.length > MAX_BYTES) {
      throw new IOException(file() + " would be too large: renew the secret");
    }
    folder.replace(KEYRING, text);
    state.ownerKey(current().ownerKey());
  }

  /// The keyring as it is on disk.
  Snapshot current() throws IOException {
    Snapshot known = latest;
    return folder.stamp(KEYRING).equals(known.stamp) ? known : reload();
  }

  /// The keyring as it is on disk, if it was read before.
  Optional<Snapshot> unchanged() {
    Snapshot known = latest;
    try {
      return folder.stamp(KEYRING).equals(known.stamp) ? Optional.of(known) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
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

  /// The clock, as seconds since 1970 that can be written.
  long seconds() {
    return Math.clamp(clock.instant().getEpochSecond(), 0, Terms.LAST_SECOND);
  }
}
