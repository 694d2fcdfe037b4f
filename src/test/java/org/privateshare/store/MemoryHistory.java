package org.privateshare.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The history of a [MemoryStore], under its lock.
final class MemoryHistory implements History {
  private final MemoryStore store;
  private final Map<OldVersion, MemoryStore.Node> kept = new LinkedHashMap<>();

  MemoryHistory(MemoryStore store) {
    this.store = store;
  }

  void keep(SharePath path, MemoryStore.Node node) {
    KeptName name = KeptName.fresh(Instant.now());
    kept.put(new OldVersion(path, name.id(), node.size(), node.created(), name.since()), node);
  }

  @Override
  public OldVersions list(SharePath path) {
    Queue<OldVersion> found = new ArrayDeque<>();
    synchronized (store) {
      for (OldVersion version : kept.keySet()) {
        if (path.isRoot()
            || version.path().equals(path)
            || version.path().toString().startsWith(path + "/")) {
          found.add(version);
        }
      }
    }
    return new Found(found);
  }

  private record Found(Queue<OldVersion> versions) implements OldVersions {
    @Override
    public Optional<OldVersion> next() {
      return Optional.ofNullable(versions.poll());
    }

    @Override
    public void close() {}
  }

  @Override
  public void restore(SharePath path, String id, SharePath to) throws Refusal, IOException {
    synchronized (store) {
      var version =
          kept.entrySet().stream()
              .filter(each -> each.getKey().path().equals(path))
              .filter(each -> each.getKey().id().equals(id))
              .findFirst()
              .orElseThrow(() -> new Refusal.Missing(path));
      store.restore(to, version.getValue());
      kept.remove(version.getKey());
    }
  }

  @Override
  public long purge(Instant limit) {
    synchronized (store) {
      int before = kept.size();
      kept.keySet().removeIf(version -> version.kept().isBefore(limit));
      return (long) before - kept.size();
    }
  }
}
