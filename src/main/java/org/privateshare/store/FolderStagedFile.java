package org.privateshare.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
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
  private final Optional<String> id;
  private final SharePath target;
  private final Precondition must;
  private final StagedBytes bytes;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private volatile Optional<Published> published = Optional.empty();
  private volatile Optional<Refusal> refusal = Optional.empty();

  /// Takes over the staged `bytes`.
  ///
  /// @param id empty for bytes that nobody finds again
  FolderStagedFile(
      FolderStore store,
      Optional<String> id,
      SharePath target,
      Precondition must,
      StagedBytes bytes) {
    this.store = store;
    this.id = id;
    this.target = target;
    this.must = must;
    this.bytes = bytes;
  }

  @Override
  public String id() {
    return id.orElseThrow(() -> new IllegalStateException("staged unseen"));
  }

  @Override
  public void write(ByteBuffer from, long position) throws Refusal, IOException {
    requireOpen();
    try {
      long at = position;
      while (from.hasRemaining()) {
        at += bytes.write(from, at);
      }
    } catch (IOException e) {
      MediumFailure.refuseIfFull(e);
      fail();
      throw MediumFailure.during("write", target, e);
    }
  }

  @Override
  public void copy(String other, long count, long position) throws Refusal, IOException {
    requireOpen();
    try (FileChannel from = store.openStaged(other)) {
      bytes.copy(from, count, position);
    } catch (IOException e) {
      fail();
      MediumFailure.refuseIfFull(e);
      throw MediumFailure.during("join", target, e);
    }
  }

  @Override
  public void shape(long size, Optional<Instant> modified) throws IOException {
    requireOpen();
    try {
      long staged = bytes.size();
      if (staged > size) {
        bytes.truncate(size);
      } else if (staged < size) {
        throw new EOFException("what is staged is shorter than what came");
      }
      if (modified.isPresent()) {
        bytes.setModified(modified.get());
      }
    } catch (IOException e) {
      fail();
      throw MediumFailure.during("finish", target, e);
    }
  }

  @Override
  public void force() throws IOException {
    requireOpen();
    try {
      bytes.force();
    } catch (IOException e) {
      fail();
      throw MediumFailure.during("force to disk", target, e);
    }
  }

  @Override
  public void keep(Digest digest) throws IOException {
    requireOpen();
    bytes.note(digest);
  }

  @Override
  public void publish() throws Refusal, IOException {
    Optional<Refusal> refused = store.publish(List.of(this)).getFirst();
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  SharePath target() {
    return target;
  }

  Precondition must() {
    return must;
  }

  StagedBytes bytes() {
    return bytes;
  }

  /// Before its one [GroupCommit].
  void begin() throws IOException {
    requireOpen();
  }

  Optional<Refusal> refusal() {
    return refusal;
  }

  void refuse(Refusal why) {
    refusal = Optional.of(why);
  }

  void published(Published outcome) {
    published = Optional.of(outcome);
    state.compareAndSet(State.OPEN, State.PUBLISHED);
  }

  /// After it, however that went.
  void end() {
    if (published.isEmpty()) {
      fail();
    }
  }

  @Override
  public String version() {
    return outcome().version();
  }

  @Override
  public boolean replaced() {
    return outcome().replaced();
  }

  private Published outcome() {
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
  public void release() {
    var _ = leave();
  }

  @Override
  public void close() {
    State last = leave();
    if (last == State.OPEN || last == State.FAILED) {
      bytes.discard();
    }
  }

  private State leave() {
    State last = state.getAndSet(State.CLOSED);
    bytes.close();
    return last;
  }
}
