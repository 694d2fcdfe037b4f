package org.privateshare.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.privateshare.model.Digest;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A file in the staging folder. See `docs/storage.md` for its way into the share.
final class FolderStagedFile implements StagedFile {
  private enum State {
    OPEN,
    /// A call failed: what the medium holds is uncertain, so nothing but closing is left.
    FAILED,
    PUBLISHED,
    CLOSED
  }

  private final FolderStore store;
  private final SharePath target;
  private final Precondition must;
  private final Path file;
  private final FileChannel channel;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private volatile Optional<Published> published = Optional.empty();

  /// Takes over the staged `file` and its open `channel`.
  FolderStagedFile(
      FolderStore store, SharePath target, Precondition must, Path file, FileChannel channel) {
    this.store = store;
    this.target = target;
    this.must = must;
    this.file = file;
    this.channel = channel;
  }

  @Override
  public void write(ByteBuffer bytes, long position) throws Refusal, IOException {
    requireOpen();
    try {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      fail();
      MediumFailure.refuseIfFull(e);
      throw MediumFailure.during("write", target, e);
    }
  }

  @Override
  public void force() throws IOException {
    requireOpen();
    try {
      channel.force(true);
    } catch (IOException e) {
      fail();
      throw MediumFailure.during("force to disk", target, e);
    }
  }

  @Override
  public void keep(Digest digest) throws IOException {
    requireOpen();
    store.note(file, digest);
  }

  @Override
  public void publish() throws Refusal, IOException {
    requireOpen();
    boolean done = false;
    try {
      published = Optional.of(store.publish(file, channel, target, must));
      done = state.compareAndSet(State.OPEN, State.PUBLISHED);
    } finally {
      if (!done) {
        fail();
      }
    }
  }

  @Override
  public String version() {
    return published().version();
  }

  @Override
  public boolean replaced() {
    return published().replaced();
  }

  private Published published() {
    return published.orElseThrow(() -> new IllegalStateException("not published"));
  }

  private void fail() {
    state.compareAndSet(State.OPEN, State.FAILED);
  }

  private void requireOpen() throws IOException {
    switch (state.get()) {
      case OPEN -> {}
      case FAILED -> throw new IOException("an earlier step of this upload failed");
      case PUBLISHED -> throw new IllegalStateException("published already");
      case CLOSED -> throw new IOException("this upload is closed");
    }
  }

  @Override
  public void close() {
    State last = state.getAndSet(State.CLOSED);
    if (last == State.CLOSED) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // What was published was forced before; the rest is given up.
    }
    if (last != State.PUBLISHED) {
      store.discard(file);
    }
  }
}
