package org.privateshare.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The journal of a [MemoryStore], and what is staged there. Thread-safe.
final class MemoryJournal implements Journal {
  private static final byte[] NOTHING = {};

  private final AtomicLong made = new AtomicLong();
  private final Map<String, Note> entries = new ConcurrentHashMap<>();
  private final Map<String, Staged> staged = new ConcurrentHashMap<>();

  /// The bytes staged under one id, for all who write there.
  static final class Staged {
    private byte[] bytes = NOTHING;

    synchronized byte[] bytes() {
      return bytes;
    }

    synchronized void resize(int size) {
      bytes = Arrays.copyOf(bytes, size);
    }

    synchronized void write(ByteBuffer from, int position) {
      resize(Math.max(bytes.length, position + from.remaining()));
      from.get(bytes, position, from.remaining());
    }
  }

  String freshId() {
    return String.format(Locale.ROOT, "%032x", made.incrementAndGet());
  }

  Staged staged(String id) {
    return staged.computeIfAbsent(id, _ -> new Staged());
  }

  void unstage(String id) {
    staged.remove(id);
  }

  @Override
  public void write(String id, String text) {
    entries.put(id, new Note(text, Instant.now()));
  }

  @Override
  public void append(String id, String text) {
    entries.compute(
        id,
        (_, old) -> {
          String before = old == null ? "" : old.text();
          return new Note(before + text, Instant.now());
        });
  }

  @Override
  public Optional<Note> read(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  @Override
  public List<String> ids() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public boolean isStaged(String id) {
    return staged.containsKey(id);
  }

  @Override
  public void remove(String id) {
    staged.remove(id);
    entries.remove(id);
  }
}
