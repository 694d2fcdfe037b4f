package org.privateshare.store;

final class MemoryStoreTest extends ManyContract {
  private final MemoryStore memory = new MemoryStore();

  @Override
  Store open() {
    return memory;
  }

  @Override
  void putPast(String path, byte[] bytes) {
    memory.put(path, bytes);
  }

  @Override
  void makeFolderPast(String path) {
    memory.makeFolder(path);
  }

  @Override
  void removePast(String path) {
    memory.remove(path);
  }

  @Override
  void cutPast(String path, int length) {
    memory.cut(path, length);
  }
}
