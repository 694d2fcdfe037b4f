package org.privateshare.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A store that moves a single byte at each read, write and transfer, as any store may at any time.
public record OneByteStore(Store store) implements Store {
  @Override
  public Optional<Entry> find(SharePath path) throws IOException {
    return store.find(path);
  }

  @Override
  public Optional<StoredFile> open(SharePath path) throws IOException {
    return store.open(path).map(Slow::new);
  }

  @Override
  public Optional<Listing> list(SharePath path) throws IOException {
    return store.list(path);
  }

  @Override
  public StagedFile stage(SharePath target, Precondition must) throws Refusal, IOException {
    return new SlowStaged(store.stage(target, must));
  }

  @Override
  public StagedFile stageUnseen(SharePath target, Precondition must) throws Refusal, IOException {
    return new SlowStaged(store.stageUnseen(target, must));
  }

  @Override
  public StagedFile restage(String id, SharePath target, Precondition must)
      throws Refusal, IOException {
    return new SlowStaged(store.restage(id, target, must));
  }

  @Override
  public void check(SharePath target, Precondition must) throws Refusal, IOException {
    store.check(target, must);
  }

  @Override
  public Journal journal() {
    return store.journal();
  }

  @Override
  public void makeFolder(SharePath path) throws Refusal, IOException {
    store.makeFolder(path);
  }

  @Override
  public void remove(SharePath path, Precondition must) throws Refusal, IOException {
    store.remove(path, must);
  }

  @Override
  public void move(SharePath from, SharePath to, Precondition must) throws Refusal, IOException {
    store.move(from, to, must);
  }

  @Override
  public History history() {
    return store.history();
  }

  @Override
  public long freeBytes() throws IOException {
    return store.freeBytes();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  private record Slow(StoredFile file) implements StoredFile {
    @Override
    public long size() {
      return file.size();
    }

    @Override
    public Instant modified() {
      return file.modified();
    }

    @Override
    public String version() {
      return file.version();
    }

    @Override
    public Optional<Digest> digest() {
      return file.digest();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      ByteBuffer one = into.slice(into.position(), 1);
      int count = file.read(one, position);
      if (count > 0) {
        into.position(into.position() + count);
      }
      return count;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return file.transferTo(position, Math.min(count, 1), target);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record SlowStaged(StagedFile staged) implements StagedFile {
    @Override
    public void write(ByteBuffer bytes, long position) throws Refusal, IOException {
      for (long at = position; bytes.hasRemaining(); at++) {
        staged.write(bytes.slice(bytes.position(), 1), at);
        bytes.position(bytes.position() + 1);
      }
    }

    @Override
    public String id() {
      return staged.id();
    }

    @Override
    public void copy(String id, long count, long position) throws Refusal, IOException {
      staged.copy(id, count, position);
    }

    @Override
    public void shape(long size, Optional<Instant> modified) throws IOException {
      staged.shape(size, modified);
    }

    @Override
    public void release() {
      staged.release();
    }

    @Override
    public void force() throws IOException {
      staged.force();
    }

    @Override
    public void keep(Digest digest) throws IOException {
      staged.keep(digest);
    }

    @Override
    public void publish() throws Refusal, IOException {
      staged.publish();
    }

    @Override
    public String version() {
      return staged.version();
    }

    @Override
    public boolean replaced() {
      return staged.replaced();
    }

    @Override
    public void close() {
      staged.close();
    }
  }
}
