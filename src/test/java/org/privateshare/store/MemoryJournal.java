package org.privateshare.store;

import java.time.Instant;
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
  private final Map<String, byte[]> staged = new ConcurrentHashMap<>();

  String freshId() {
    return String.format(Locale.ROOT, "%032x", made.incrementAndGet());
  }

  byte[] staged(String id) {
    return staged.getOrDefault(id, NOTHING);
  }

  void stage(String id, byte[] bytes) {
    staged.put(id, bytes);
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
