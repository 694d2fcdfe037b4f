package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
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

  /// Of this size or more they may go over several connections: smaller ones have gone before a
  /// second one is open.
  private static final long SEVERAL_FROM = 32 << 20;

  /// A place to go on at.
  private record Start(UploadSession session, SentBefore.There there) {}

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
      Digest whole = sentBefore(Optional.of(kept)).sumUpTo(file.length()).digest();
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
      return Optional.of(new Start(begun, SentBefore.There.NOTHING));
    } catch (Refusal.Missing e) {
      return Optional.empty();
    }
  }

  private Optional<Start> start(
      UploadSession session, UploadSession.State state, Optional<PutState> kept)
      throws IOException {
    return sentBefore(kept)
        .check(state, file.length() - LAST)
        .map(there -> new Start(session, there));
  }

  private SentBefore sentBefore(Optional<PutState> kept) {
    return new SentBefore(file, kept.filter(state -> state.file().equals(file.identity())));
  }

  private Stored send(Start start) throws Refusal, IOException {
    SentBefore.There there = start.there();
    PutState begun =
        PutState.begun(start.session().url(), file, ifTaken, there.reached())
            .with(there.reached(), there.beyond());
    file.memory().keep(begun.toString());
    return send(start, begun);
  }

  private Stored send(Start start, PutState state) throws Refusal, IOException {
    if (start.there().count() > 0) {
      meter.resumed(start.there().count(), file.length());
    }
    long held = Math.max(start.there().reached().position(), file.length() - LAST);
    try {
      Crc32c sum =
          isForSeveral(start)
              ? new ParallelUpload(start.session(), file, start.there(), held, meter, state).run()
              : sendAlone(start, held, state);
      return finish(start.session(), held, sum);
    } catch (Refusal.Mismatch | Refusal.Taken | Refusal.Changed e) {
      // The server has dropped it.
      file.memory().forget();
      throw e;
    } catch (Refusal.Missing e) {
      file.memory().forget();
      throw new IOException("the server has forgotten the upload", e);
    }
  }

  /// What lies behind a gap has come over several connections before.
  private boolean isForSeveral(Start start) throws IOException {
    return !start.there().beyond().isEmpty()
        || (file.length() >= SEVERAL_FROM
            && ParallelUpload.connections(client, file) > 1
            && UploadSession.takesBeside(client, fields));
  }

  /// Sends all but what is held back; returns what all that sums up to.
  private Crc32c sendAlone(Start start, long held, PutState state) throws Refusal, IOException {
    Mark reached = start.there().reached();
    var sum = new Crc32c(reached.sum());
    var body = new SentPart(file, reached.position(), held, sum, meter, state);
    try {
      if (reached.position() < held) {
        start.session().send(reached.position(), held - reached.position(), body);
      }
      return sum;
    } finally {
      body.await();
    }
  }

  private Stored finish(UploadSession session, long held, Crc32c sum) throws Refusal, IOException {
    ByteBuffer last = ByteBuffer.allocate((int) (file.length() - held));
    file.readFully(last, held);
    sum.update(last.flip());
    try {
      file.requireUnchanged();
    } catch (IOException e) {
      file.memory().forget();
      session.drop();
      throw e;
    }
    Digest whole = sum.digest();
    session.finish(held, last.array(), whole, target);
    meter.moved(file.length(), file.size());
    file.memory().forget();
    return stored(whole);
  }

  private Stored stored(Digest whole) {
    return new Stored(target, file.length(), Optional.of(whole), false);
  }
}
