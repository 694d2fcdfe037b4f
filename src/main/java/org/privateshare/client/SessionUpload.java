package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.model.Crc32c;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A large file on its way into a share, as a session that outlives its connection. It goes on
/// where the server's safe bytes end, if they are the file's own: by the sums that were remembered
/// on the way, so that nothing is read again; by reading, where the file may have changed or
/// somebody else has begun. The last bytes are held back until the file is found unchanged.
record SessionUpload(
    HttpClient client,
    Fields fields,
    LocalFile file,
    SharePath target,
    IfTaken ifTaken,
    Remote.Meter meter) {
  /// Files of this size or more are sent so: a session takes three round trips more than a PUT.
  static final long FROM = 8 << 20;

  /// What is held back until all else is there, in bytes.
  private static final int LAST = 256 << 10;

  /// A place to go on at, with the sum of what is before.
  private record Start(UploadSession session, long offset, Crc32c sum) {}

  /// Sends the file; empty where the server knows no sessions, or nothing of that path.
  Optional<Stored> run() throws Refusal, IOException {
    boolean _ = file.memory().claim();
    Optional<PutState> kept = file.memory().recall().flatMap(PutState::parse);
    if (kept.isPresent()) {
      Optional<Stored> stored = goOn(kept.get());
      if (stored.isPresent()) {
        return stored;
      }
      file.memory().forget();
    }
    Optional<Start> start = findOrBegin();
    return start.isPresent() ? Optional.of(send(start.get())) : Optional.empty();
  }

  /// Goes on with the session of an earlier run; empty where it is gone, or of another file.
  private Optional<Stored> goOn(PutState kept) throws Refusal, IOException {
    var session = new UploadSession(client, fields, kept.session());
    Optional<UploadSession.State> state = session.state();
    if (state.isEmpty()) {
      return Optional.empty();
    }
    if (state.get().isFile()) {
      // The last answer was lost.
      file.memory().forget();
      Digest whole = sumUpTo(file.length(), Optional.of(kept)).digest();
      return Optional.of(whole)
          .filter(sum -> sum.toString().equals(state.get().digest()))
          .map(this::stored);
    }
    Optional<Start> start =
        kept.ifTaken() == ifTaken
            ? start(session, state.get(), Optional.of(kept))
            : Optional.empty();
    if (start.isEmpty()) {
      session.drop();
      return Optional.empty();
    }
    return Optional.of(
        kept.file().equals(file.identity()) ? send(start.get(), kept) : send(start.get()));
  }

  /// Goes on with what somebody else has begun of this name, or begins.
  private Optional<Start> findOrBegin() throws Refusal, IOException {
    if (ifTaken == IfTaken.REFUSE) {
      Optional<UploadSession> found = UploadSession.of(client, fields, target);
      if (found.isPresent()) {
        Optional<UploadSession.State> state = found.get().state();
        Optional<Start> start =
            state.isPresent() && !state.get().isFile()
                ? start(found.get(), state.get(), Optional.empty())
                : Optional.empty();
        if (start.isPresent()) {
          return start;
        }
      }
    }
    try {
      UploadSession begun =
          UploadSession.begin(client, fields, file.length(), file.modified(), target, ifTaken);
      return Optional.of(new Start(begun, 0, new Crc32c()));
    } catch (Refusal.Missing e) {
      return Optional.empty();
    }
  }

  /// Whether what the server has is the beginning of this file, and where that ends.
  private Optional<Start> start(
      UploadSession session, UploadSession.State state, Optional<PutState> kept)
      throws IOException {
    if (state.length().orElse(-1) != file.length() || state.offset() >= file.length()) {
      return Optional.empty();
    }
    Crc32c sum = sumUpTo(state.offset(), kept);
    return sum.digest().toString().equals(state.digest())
        ? Optional.of(new Start(session, state.offset(), sum))
        : Optional.empty();
  }

  /// The sum of the file up to `offset`: from the last mark before it on where the file is the same
  /// as then, else from the beginning.
  private Crc32c sumUpTo(long offset, Optional<PutState> kept) throws IOException {
    Mark mark =
        kept.filter(state -> state.file().equals(file.identity()))
            .map(state -> state.before(offset))
            .orElse(Mark.START);
    var sum = new Crc32c(mark.sum());
    ByteBuffer piece = ByteBuffer.allocateDirect(HttpClient.BUFFER);
    for (long at = mark.position(); at < offset; at += piece.limit()) {
      file.readFully(piece.clear().limit((int) Math.min(piece.capacity(), offset - at)), at);
      sum.update(piece.flip());
    }
    return sum;
  }

  private Stored send(Start start) throws Refusal, IOException {
    Mark reached = new Mark(start.offset(), start.sum().value());
    var begun = new PutState(start.session().url(), file.identity(), ifTaken, List.of(reached));
    file.memory().keep(begun.toString());
    return send(start, begun);
  }

  private Stored send(Start start, PutState state) throws Refusal, IOException {
    if (start.offset() > 0) {
      meter.resumed(start.offset(), file.length());
    }
    var body = new SentPart(file, start.offset(), held(start), start.sum(), meter, state);
    try {
      if (start.offset() < held(start)) {
        start.session().send(start.offset(), held(start) - start.offset(), body);
      }
      return finish(start);
    } catch (Refusal.Mismatch | Refusal.Taken | Refusal.Changed e) {
      // The server has dropped it.
      file.memory().forget();
      throw e;
    } catch (Refusal.Missing e) {
      file.memory().forget();
      throw new IOException("the server has forgotten the upload", e);
    } finally {
      body.await();
    }
  }

  /// Where the bytes begin that are held back.
  private long held(Start start) {
    return Math.max(start.offset(), file.length() - LAST);
  }

  private Stored finish(Start start) throws Refusal, IOException {
    long held = held(start);
    ByteBuffer last = ByteBuffer.allocate((int) (file.length() - held));
    file.readFully(last, held);
    start.sum().update(last.flip());
    try {
      file.requireUnchanged();
    } catch (IOException e) {
      file.memory().forget();
      start.session().drop();
      throw e;
    }
    Digest whole = start.sum().digest();
    start.session().finish(held, last.array(), whole, target);
    meter.moved(file.length(), file.size());
    file.memory().forget();
    return stored(whole);
  }

  private Stored stored(Digest whole) {
    return new Stored(target, file.length(), Optional.of(whole), false);
  }
}
