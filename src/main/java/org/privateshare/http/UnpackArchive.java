package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.jspecify.annotations.Nullable;
import org.privateshare.archive.DamagedArchive;
import org.privateshare.archive.TarMember;
import org.privateshare.archive.TarReader;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;

/// PUT of a folder with `?unpack`: every member of a tar archive becomes a file or folder below it,
/// and gets a line of the answer once it can't be lost any more. See `docs/folders.md`.
record UnpackArchive(Share share) implements Action {
  static final String UNPACK = "unpack";

  private static final String REPLACE = "replace";
  static final String LINES = "application/x-ndjson";
  static final String DAMAGED = "damaged";
  static final int BUFFER_BYTES = 64 << 10;

  /// A key permits for one name in a folder what it permits for all below.
  static final String ANY_NAME = "any";

  private static final List<HttpHeader> CONDITIONS =
      List.of(
          HttpHeader.IF_MATCH,
          HttpHeader.IF_NONE_MATCH,
          HttpHeader.IF_UNMODIFIED_SINCE,
          HttpHeader.CONTENT_RANGE);

  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly(UNPACK, REPLACE);
    PathReader.requireDecoded(call.path());
    SharePath inside = call.path().child(ANY_NAME);
    call.grant().require(Right.PUT, inside);
    if (call.query().isOn(REPLACE)) {
      call.grant().require(Right.REPLACE, inside);
    }
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    if (!call.query().value(UNPACK).orElse("").equals("tar")) {
      throw Problem.badRequest("only tar can be unpacked");
    }
    requirePlain(call);
    BodyDigests digests = BodyDigests.of(call.fields());
    RetainableByteBuffer buffer =
        call.request().getComponents().getByteBufferPool().acquire(BUFFER_BYTES, true);
    try (LineWriter lines = new LineWriter(call.reply()::write);
        Rounds rounds = new Rounds(share, call.query().isOn(REPLACE), lines)) {
      TarReader archive =
          new TarReader(into -> digests.read(call.body(), into), buffer.getByteBuffer());
      Optional<TarMember> first = first(archive);
      call.reply().fields().put(HttpHeader.CONTENT_TYPE, LINES);
      call.reply().beginWhileReading(200);
      unpack(call, archive, first, rounds, lines, digests);
    } finally {
      var _ = buffer.release();
    }
    return "unpacked";
  }

  /// Lets only a body pass that is known to be whole and asks for nothing of the files in it.
  ///
  /// @throws Problem 400, 411 or 415
  static void requirePlain(Call call) throws Problem {
    PutFile.requireIdentity(call);
    var _ = PutFile.length(call);
    if (CONDITIONS.stream().anyMatch(call.fields()::contains)) {
      throw Problem.badRequest("many files come whole and without conditions");
    }
  }

  /// What is no archive at all can still be answered as such.
  private static Optional<TarMember> first(TarReader archive) throws Problem, IOException {
    try {
      return archive.next();
    } catch (DamagedArchive e) {
      throw new Problem(400, DAMAGED, e.reason());
    }
  }

  private void unpack(
      Call call,
      TarReader archive,
      Optional<TarMember> first,
      Rounds rounds,
      LineWriter lines,
      BodyDigests digests)
      throws IOException {
    Unpacking unpacking = new Unpacking(share, call.path(), archive, rounds);
    try {
      for (var member = first; member.isPresent(); member = archive.next()) {
        unpacking.take(member.get());
      }
      rounds.finish();
      digests.verify();
      lines.finish(rounds.tally().line());
    } catch (DamagedArchive e) {
      throw breakOff(rounds, lines, new Problem(400, DAMAGED, e.reason()), null);
    } catch (BodyCut | PeerGone e) {
      throw e;
    } catch (Refusal e) {
      throw breakOff(rounds, lines, Problem.of(e, false), null);
    } catch (IOException e) {
      throw breakOff(rounds, lines, Problem.failed(), e);
    }
  }

  /// The members that are whole get their lines, then the reason is the last one.
  private static BrokenOff breakOff(
      Rounds rounds, LineWriter lines, Problem why, @Nullable IOException fault) throws PeerGone {
    try {
      rounds.finish();
    } catch (Refusal | IOException e) {
      // The first failure is the one that is told.
    }
    lines.finish(UnpackLine.error(why));
    return new BrokenOff(why, fault);
  }
}
