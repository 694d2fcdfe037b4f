package org.privateshare.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A store in memory, for tests: small, and held to the same contract as the real one.
///
/// The methods from [#put] on are the other program that also writes to the medium. Thread-safe.
public final class MemoryStore implements Store {
  /// A file (with content) or a folder (without).
  private static final class Node {
    private final Instant created = Instant.now();
    private final Optional<Content> content;

    Node(Optional<Content> content) {
      this.content = content;
    }
  }

  /// The bytes of one file. They change only where another program cuts them.
  private static final class Content {
    private static long made;

    private final long number = next();
    private volatile byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }

    private static synchronized long next() {
      return made++;
    }
  }

  private final NavigableMap<String, Node> nodes = new TreeMap<>();
  private final long capacity;

  /// A store that takes 1 GiB.
  public MemoryStore() {
    this(1L << 30);
  }

  /// A store that takes `capacity` bytes in all.
  public MemoryStore(long capacity) {
    this.capacity = capacity;
    nodes.put("", new Node(Optional.empty()));
  }

  @Override
  public synchronized Optional<Entry> find(SharePath path) {
    return Optional.ofNullable(nodes.get(path.toString())).map(node -> entry(path.name(), node));
  }

  private static Entry entry(String name, Node node) {
    return node.content.isPresent()
        ? new Entry.File(name, node.content.get().bytes.length, node.created)
        : new Entry.Folder(name, node.created);
  }

  @Override
  public synchronized Optional<StoredFile> open(SharePath path) {
    return Optional.ofNullable(nodes.get(path.toString()))
        .flatMap(node -> node.content.map(content -> new Opened(content, node.created)));
  }

  @Override
  public synchronized Optional<Listing> list(SharePath path) {
    Node folder = nodes.get(path.toString());
    if (folder == null || folder.content.isPresent()) {
      return Optional.empty();
    }
    Queue<Entry> entries = new ArrayDeque<>();
    for (String name : children(path)) {
      try {
        find(path.child(name)).ifPresent(entries::add);
      } catch (Refusal.BadName e) {
        // What can't be addressed doesn't exist.
      }
    }
    return Optional.of(new Listed(entries));
  }

  private List<String> children(SharePath folder) {
    String prefix = folder.isRoot() ? "" : folder + "/";
    List<String> names = new ArrayList<>();
    for (String path : nodes.tailMap(prefix, false).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      String rest = path.substring(prefix.length());
      if (rest.indexOf('/') < 0) {
        names.add(rest);
      }
    }
    return names;
  }

  @Override
  public synchronized StagedFile stage(SharePath target) throws Refusal {
    requireFree(target);
    return new Staged(target);
  }

  private void requireFree(SharePath target) throws Refusal.Taken {
    if (nodes.containsKey(target.toString())) {
      throw new Refusal.Taken(target);
    }
    SharePath folder = target.parent();
    Node parent = nodes.get(folder.toString());
    if (parent == null) {
      requireFree(folder);
    } else if (parent.content.isPresent()) {
      throw new Refusal.Taken(folder);
    }
    for (String name : children(folder)) {
      if (NameFold.fold(name).equals(NameFold.fold(target.name()))) {
        throw Refusal.Taken.byTwin(target, name);
      }
    }
  }

  private synchronized void publish(SharePath target, byte[] bytes) throws Refusal {
    requireFree(target);
    for (SharePath folder = target.parent(); !folder.isRoot(); folder = folder.parent()) {
      nodes.putIfAbsent(folder.toString(), new Node(Optional.empty()));
    }
    nodes.put(target.toString(), new Node(Optional.of(new Content(bytes))));
  }

  @Override
  public synchronized long freeBytes() {
    return capacity
        - nodes.values().stream()
            .mapToLong(node -> node.content.map(content -> content.bytes.length).orElse(0))
            .sum();
  }

  @Override
  public void close() {}

  /// Puts a file there, over whatever has the name; `path` needs no rules and its folder no making.
  public synchronized void put(String path, byte[] bytes) {
    nodes.put(path, new Node(Optional.of(new Content(bytes.clone()))));
  }

  /// Makes a folder.
  public synchronized void makeFolder(String path) {
    nodes.put(path, new Node(Optional.empty()));
  }

  /// Cuts a file to its first `length` bytes.
  public synchronized void cut(String path, int length) {
    Optional.ofNullable(nodes.get(path))
        .flatMap(node -> node.content)
        .ifPresent(content -> content.bytes = Arrays.copyOf(content.bytes, length));
  }

  /// Removes a file or folder.
  public synchronized void remove(String path) {
    nodes.remove(path);
  }

  private static final class Opened implements StoredFile {
    private final Content content;
    private final Instant modified;
    private final int size;

    Opened(Content content, Instant modified) {
      this.content = content;
      this.modified = modified;
      this.size = content.bytes.length;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public Instant modified() {
      return modified;
    }

    @Override
    public String version() {
      return content.number + "-" + size;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      byte[] bytes = content.bytes;
      if (position >= bytes.length) {
        return -1;
      }
      int count = (int) Math.min(into.remaining(), bytes.length - position);
      into.put(bytes, (int) position, count);
      return count;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      byte[] bytes = content.bytes;
      if (position >= bytes.length) {
        return 0;
      }
      int most = (int) Math.min(count, bytes.length - position);
      return target.write(ByteBuffer.wrap(bytes, (int) position, most));
    }

    @Override
    public void close() {}
  }

  private record Listed(Queue<Entry> entries) implements Listing {
    @Override
    public Optional<Entry> next() {
      return Optional.ofNullable(entries.poll());
    }

    @Override
    public void close() {}
  }

  private final class Staged implements StagedFile {
    private final SharePath target;
    private byte[] bytes = new byte[0];
    private boolean over;

    Staged(SharePath target) {
      this.target = target;
    }

    @Override
    public synchronized void write(ByteBuffer from, long position) throws Refusal, IOException {
      requireOpen();
      int end = Math.toIntExact(position + from.remaining());
      if (end > freeBytes()) {
        over = true;
        throw new Refusal.NoSpace("the share's disk is full");
      }
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, end);
      }
      from.get(bytes, (int) position, from.remaining());
    }

    @Override
    public synchronized void force() throws IOException {
      requireOpen();
    }

    @Override
    public synchronized void publish() throws Refusal, IOException {
      requireOpen();
      over = true;
      MemoryStore.this.publish(target, bytes);
    }

    private void requireOpen() throws IOException {
      if (over) {
        throw new IOException("this upload is over");
      }
    }

    @Override
    public synchronized void close() {
      over = true;
    }
  }
}
