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
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A store in memory, for tests: small, and held to the same contract as the real one.
///
/// The methods from [#put] on are the other program that also writes to the medium. Thread-safe.
public final class MemoryStore implements Store {
  /// A file (with content) or a folder (without).
  static final class Node {
    private final Instant created;
    private final Optional<Content> content;

    Node(Optional<Content> content) {
      this(content, Instant.now());
    }

    Node(Optional<Content> content, Instant created) {
      this.content = content;
      this.created = created;
    }

    long size() {
      return content.map(Content::size).orElse(0);
    }

    Instant created() {
      return created;
    }

    String version() {
      return content.map(Content::version).orElse("");
    }
  }

  /// The bytes of one file. They change only where another program cuts them.
  static final class Content {
    private static long made;

    private final long number = next();
    private volatile byte[] bytes;
    private volatile Optional<Digest> digest;

    Content(byte[] bytes, Optional<Digest> digest) {
      this.bytes = bytes;
      this.digest = digest;
    }

    int size() {
      return bytes.length;
    }

    String version() {
      return number + "-" + bytes.length;
    }

    void cut(int length) {
      digest = Optional.empty();
      bytes = Arrays.copyOf(bytes, length);
    }

    private static synchronized long next() {
      return made++;
    }
  }

  private final NavigableMap<String, Node> nodes = new TreeMap<>();
  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryHistory history = new MemoryHistory(this);
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
  public synchronized StagedFile stage(SharePath target, Precondition must) throws Refusal {
    check(target, must);
    return stageUnseen(target, must);
  }

  @Override
  public StagedFile stageUnseen(SharePath target, Precondition must) {
    return new Staged(journal.freshId(), target, must);
  }

  @Override
  public synchronized StagedFile restage(String id, SharePath target, Precondition must)
      throws Refusal {
    if (!target.isRoot()) {
      check(target, must);
    }
    return new Staged(id, target, must);
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public synchronized void check(SharePath target, Precondition must) throws Refusal {
    Optional<Node> there = require(target, must);
    if (there.isEmpty()) {
      requireFree(target, "");
    } else if (there.get().content.isEmpty()) {
      throw new Refusal.Taken(target);
    }
  }

  private Optional<Node> require(SharePath path, Precondition must) throws Refusal {
    Optional<Node> there = Optional.ofNullable(nodes.get(path.toString()));
    must.require(path, there.map(Node::version));
    return there;
  }

  private void requireFree(SharePath target, String leaving) throws Refusal.Taken {
    if (nodes.containsKey(target.toString())) {
      throw new Refusal.Taken(target);
    }
    SharePath folder = target.parent();
    Node parent = nodes.get(folder.toString());
    if (parent == null) {
      requireFree(folder, "");
    } else if (parent.content.isPresent()) {
      throw new Refusal.Taken(folder);
    }
    for (String name : children(folder)) {
      if (NameFold.fold(name).equals(NameFold.fold(target.name())) && !name.equals(leaving)) {
        throw Refusal.Taken.byTwin(target, name);
      }
    }
  }

  private record Outcome(String version, boolean replaced) {}

  private synchronized Outcome publish(
      SharePath target, Precondition must, Content content, Instant modified) throws Refusal {
    check(target, must);
    Node old = nodes.get(target.toString());
    if (old != null) {
      history.keep(target, old);
    }
    Node node = new Node(Optional.of(content), modified);
    place(target, node);
    return new Outcome(node.version(), old != null);
  }

  private void place(SharePath target, Node node) {
    for (SharePath folder = target.parent(); !folder.isRoot(); folder = folder.parent()) {
      nodes.putIfAbsent(folder.toString(), new Node(Optional.empty()));
    }
    nodes.put(target.toString(), node);
  }

  /// Gives a file that was kept a free name.
  synchronized void restore(SharePath target, Node node) throws Refusal.Taken {
    requireFree(target, "");
    place(target, node);
  }

  @Override
  public synchronized void makeFolder(SharePath path) throws Refusal {
    if (!path.isRoot() && !nodes.containsKey(path.parent().toString())) {
      throw new Refusal.Missing(path.parent());
    }
    requireFree(path, "");
    nodes.put(path.toString(), new Node(Optional.empty()));
  }

  @Override
  public synchronized void remove(SharePath path, Precondition must) throws Refusal {
    Node node = require(path, must).orElseThrow(() -> new Refusal.Missing(path));
    if (path.isRoot() || !children(path).isEmpty()) {
      throw new Refusal.NotEmpty(path);
    }
    nodes.remove(path.toString());
    if (node.content.isPresent()) {
      history.keep(path, node);
    }
  }

  @Override
  public synchronized void move(SharePath from, SharePath to, Precondition must) throws Refusal {
    if (!to.equals(from) && to.toString().startsWith(from.isRoot() ? "" : from + "/")) {
      throw new Refusal.BadName("nothing can be moved into itself");
    }
    if (require(from, must).isEmpty()) {
      throw new Refusal.Missing(from);
    }
    if (!nodes.containsKey(to.parent().toString())) {
      throw new Refusal.Missing(to.parent());
    }
    requireFree(to, from.parent().equals(to.parent()) ? from.name() : "");
    for (String path : List.copyOf(nodes.keySet())) {
      if (path.equals(from.toString()) || path.startsWith(from + "/")) {
        nodes.put(to + path.substring(from.toString().length()), nodes.remove(path));
      }
    }
  }

  @Override
  public History history() {
    return history;
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
    nodes.put(path, new Node(Optional.of(new Content(bytes.clone(), Optional.empty()))));
  }

  /// Makes a folder.
  public synchronized void makeFolder(String path) {
    nodes.put(path, new Node(Optional.empty()));
  }

  /// Cuts a file to its first `length` bytes.
  public synchronized void cut(String path, int length) {
    Optional.ofNullable(nodes.get(path))
        .flatMap(node -> node.content)
        .ifPresent(content -> content.cut(length));
  }

  /// Removes a file or folder.
  public synchronized void remove(String path) {
    nodes.remove(path);
  }

  private static final class Opened implements StoredFile {
    private final Content content;
    private final Instant modified;
    private final int size;
    private final Optional<Digest> digest;

    Opened(Content content, Instant modified) {
      this.content = content;
      this.modified = modified;
      this.size = content.size();
      this.digest = content.digest;
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
    public Optional<Digest> digest() {
      return digest;
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
    private final String id;
    private final SharePath target;
    private final Precondition must;
    private final MemoryJournal.Staged staged;
    private Optional<Digest> digest = Optional.empty();
    private Optional<Instant> modified = Optional.empty();
    private Optional<Outcome> published = Optional.empty();
    private boolean over;

    Staged(String id, SharePath target, Precondition must) {
      this.id = id;
      this.staged = journal.staged(id);
      this.target = target;
      this.must = must;
    }

    @Override
    public synchronized void write(ByteBuffer from, long position) throws Refusal, IOException {
      requireOpen();
      int end = Math.toIntExact(position + from.remaining());
      if (end > freeBytes()) {
        over = true;
        throw new Refusal.NoSpace("the share's disk is full");
      }
      staged.write(from, (int) position);
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void copy(String other, long count, long position) throws Refusal, IOException {
      write(ByteBuffer.wrap(journal.staged(other).bytes(), 0, Math.toIntExact(count)), position);
    }

    @Override
    public synchronized void shape(long size, Optional<Instant> time) throws IOException {
      requireOpen();
      staged.resize(Math.toIntExact(size));
      modified = time;
    }

    @Override
    public synchronized void force() throws IOException {
      requireOpen();
    }

    @Override
    public synchronized void keep(Digest sum) throws IOException {
      requireOpen();
      digest = Optional.of(sum);
    }

    @Override
    public synchronized void publish() throws Refusal, IOException {
      requireOpen();
      over = true;
      Instant time = modified.orElseGet(Instant::now);
      published =
          Optional.of(
              MemoryStore.this.publish(target, must, new Content(staged.bytes(), digest), time));
      journal.unstage(id);
    }

    @Override
    public synchronized String version() {
      return published().version();
    }

    @Override
    public synchronized boolean replaced() {
      return published().replaced();
    }

    private Outcome published() {
      return published.orElseThrow(() -> new IllegalStateException("not published"));
    }

    private void requireOpen() throws IOException {
      if (over) {
        throw new IOException("this upload is over");
      }
    }

    @Override
    public synchronized void release() {
      over = true;
    }

    @Override
    public synchronized void close() {
      if (!over) {
        journal.unstage(id);
      }
      over = true;
    }
  }
}
