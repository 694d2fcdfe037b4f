package org.privateshare.http;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.Upload;
import org.privateshare.share.UploadState;

/// The body of a request that is a part of an upload.
///
/// @param call the request
/// @param digests what the part sums up to
/// @param whole what the whole file sums up to, if the sender says so
/// @param mismatch the status of a part that sums up to something else
record UploadPart(Call call, BodyDigests digests, Optional<Digest> whole, int mismatch) {
  private static final int TUS_MISMATCH = 460;

  /// A part as tus sends it.
  ///
  /// @throws Problem 415 where it is in a content coding; 400 where its sums can't be read
  static UploadPart ofTus(Call call) throws Problem {
    PutFile.requireIdentity(call);
    BodyDigests digests = BodyDigests.ofTusPart(call.fields());
    return new UploadPart(call, digests, BodyDigests.ofWhole(call.fields()), TUS_MISMATCH);
  }

  /// A part as the body of a PUT.
  ///
  /// @throws Problem 400 where its sums can't be read
  static UploadPart ofPut(Call call) throws Problem {
    BodyDigests digests = BodyDigests.ofPart(call.fields());
    return new UploadPart(call, digests, BodyDigests.ofWhole(call.fields()), 400);
  }

  /// Takes the part as the first bytes of a new upload. If it is refused there is none.
  UploadState intoNew(Share share, UploadState begun) throws Problem, Refusal, IOException {
    try {
      return into(share, begun);
    } catch (Problem | Refusal e) {
      try {
        share.uploads().drop(begun.id(), call.grant().id());
      } catch (Refusal.Missing gone) {
        // It is dropped already where it could not be published.
      }
      throw e;
    }
  }

  /// Takes the part as the next bytes of an upload; the last one makes it a file.
  ///
  /// What came counts, also of a body that is cut off, unless there is a sum to compare first.
  ///
  /// @param state how the upload stands, with the offset that the sender knows
  /// @return how it stands afterwards
  UploadState into(Share share, UploadState state) throws Problem, Refusal, IOException {
    long length = state.plan().length().orElse(Long.MAX_VALUE);
    if (call.request().getLength() > length - state.offset()) {
      throw new Problem(413, "too-large", "the upload has " + length + " bytes, this goes beyond");
    }
    try (Upload upload = share.uploads().resume(state.id(), call.grant().id(), state.offset())) {
      if (!digests.isEmpty()) {
        upload.untilVerified();
      }
      takeInto(upload, length);
      verify();
      if (upload.isComplete() && state.plan().target().isPresent()) {
        var _ = upload.finish(whole);
      } else {
        var _ = upload.suspend();
      }
    }
    return share.uploads().find(state.id(), call.grant().id());
  }

  /// How a part that came beside others has ended.
  ///
  /// @param state how the upload stands afterwards
  /// @param offset where this part goes on
  record End(UploadState state, long offset) {}

  /// Takes the part as the bytes from `offset` on, beside others; the one that makes the whole
  /// complete makes it a file.
  End beside(Share share, UploadState state, long offset) throws Problem, Refusal, IOException {
    long count = call.request().getLength();
    if (count < 0) {
      throw new Problem(411, "length", "a part beside others has to say how long it is");
    }
    if (count > state.plan().length().orElse(0) - offset) {
      throw new Problem(413, "too-large", "the upload isn't that long, or not yet known to be");
    }
    try (Upload upload =
        share.uploads().resumeBeside(state.id(), call.grant().id(), offset, count)) {
      if (!digests.isEmpty()) {
        upload.untilVerified();
      }
      takeInto(upload, offset + count);
      verify();
      var _ = upload.end(whole);
      UploadState after = share.uploads().find(state.id(), call.grant().id());
      return new End(after, after.receipt().isPresent() ? after.offset() : upload.size());
    }
  }

  private void takeInto(Upload upload, long length) throws Refusal, IOException {
    try {
      receive(call, upload, digests, length);
    } catch (BodyCut | Refusal.NoSpace e) {
      if (digests.isEmpty()) {
        var _ = upload.suspend();
      }
      throw e;
    }
  }

  private void verify() throws Problem {
    try {
      digests.verify();
    } catch (Refusal.Mismatch e) {
      throw new Problem(mismatch, mismatch == TUS_MISMATCH ? "checksum" : e.code(), e.reason());
    }
  }

  /// Takes a body as the next bytes of an upload; the first read lets those send who wait for it.
  ///
  /// @param end how long the file may become
  static void receive(Call call, Upload upload, BodyDigests digests, long end)
      throws Refusal, IOException {
    call.body()
        .forEach(
            piece -> {
              if (piece.remaining() > end - upload.size()) {
                throw new Refusal.TooLarge(end);
              }
              digests.add(piece);
              upload.write(piece);
            });
  }
}
