package org.privateshare.store;

/// The 32-bit hashes of the names of one folder: four to eleven bytes a name where strings would
/// take a hundred. What it doesn't hold is certainly not there; what it holds may be another name
/// of the same hash. An open-addressing table, zero being an empty slot. For one thread at a time.
final class NameHashes {
  private final int seed;
  private int[] slots = new int[16];
  private int size;

  /// @param seed what outsiders must not know, lest they send names that all collide
  NameHashes(int seed) {
    this.seed = seed;
  }

  int size() {
    return size;
  }

  void add(String foldedName) {
    if (size >= slots.length / 4 * 3) {
      grow();
    }
    insert(hash(foldedName));
  }

  boolean mayContain(String foldedName) {
    int hash = hash(foldedName);
    return slots[slotOf(hash)] == hash;
  }

  private void insert(int hash) {
    int slot = slotOf(hash);
    if (slots[slot] == 0) {
      slots[slot] = hash;
      size++;
    }
  }

  /// Where the hash is, or would go.
  private int slotOf(int hash) {
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    int[] old = slots;
    slots = new int[old.length * 2];
    size = 0;
    for (int hash : old) {
      if (hash != 0) {
        insert(hash);
      }
    }
  }

  private int hash(String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 32;
    }
    int folded = (int) (hash ^ hash >>> 29);
    return folded == 0 ? 1 : folded;
  }
}
