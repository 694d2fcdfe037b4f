package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;

/// The lines that a server answers to an archive (`docs/folders.md`): one a member, in their order,
/// and one at the end. What a line says is compared with what was sent.
final class Receipts {
  /// The longest line: more than any path in JSON's longest spelling.
  static final int LONGEST = 64 << 10;

  private static final String OTHER_BYTES =
      "the server has stored other bytes than were sent: remove the file there and try again";

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Deque<Expected> unsettled;
  private final RemoteArchives.Parcels parcels;
  private @Nullable Members error;
  private boolean ended;

  /// A member that was sent.
  ///
  /// @param digest of a file
  record Expected(String path, long size, Optional<Digest> digest) {}

  /// @param unsettled what was sent and nothing was said of, to which the sender adds
  Receipts(Deque<Expected> unsettled, RemoteArchives.Parcels parcels) {
    this.unsettled = unsettled;
    this.parcels = parcels;
  }

  /// Takes all whole lines out of `bytes`.
  void accept(ByteBuffer bytes) throws IOException {
    for (int at = bytes.position(); at < bytes.limit(); at++) {
      if (bytes.get(at) == '\n') {
        line(Answer.line(bytes.slice(bytes.position(), at - bytes.position())));
        bytes.position(at + 1);
      }
    }
    if (bytes.remaining() == LONGEST) {
      throw new ServerFault("the server's answer has a line that is too long");
    }
  }

  private void line(Answer.Line line) throws IOException {
    if (ended || error != null) {
      throw new ServerFault("the server's answer goes on behind its end");
    }
    switch (line.kind()) {
      case "" -> receipt(line.members());
      case "end" -> ended = true;
      case "error" -> error = line.members();
      default -> throw new ServerFault("the server's answer has a line of no known kind");
    }
  }

  private void receipt(Members line) throws IOException {
    Expected expected = unsettled.poll();
    if (expected == null) {
      throw new ServerFault("the server acknowledges what wasn't sent");
    }
    String path = line.needed("path");
    RemoteArchives.Verdict verdict = verdict(expected, line);
    if (!(verdict instanceof RemoteArchives.Verdict.Refused) && !path.equals(expected.path())) {
      throw new ServerFault("the server acknowledges another file than was sent");
    }
    parcels.settled(verdict);
  }

  private static RemoteArchives.Verdict verdict(Expected expected, Members line)
      throws IOException {
    return switch (line.needed("result")) {
      case "stored", "replaced" ->
          isWhole(expected, line)
              ? new RemoteArchives.Verdict.Stored(expected.digest())
              : new RemoteArchives.Verdict.Refused(new Refusal.Mismatch(OTHER_BYTES));
      case "made" -> new RemoteArchives.Verdict.Stored(Optional.empty());
      case "unchanged" -> new RemoteArchives.Verdict.Unchanged();
      case "exists", "refused" -> new RemoteArchives.Verdict.Refused(Problems.of(line));
      default -> throw new ServerFault("the server says nothing known of a file");
    };
  }

  /// The far end vouches for these bytes and no others.
  private static boolean isWhole(Expected expected, Members line) throws IOException {
    return line.neededSize("size") == expected.size()
        && line.text("digest").equals(expected.digest().map(Digest::toString));
  }

  /// That the server has not given up.
  ///
  /// @throws Refusal where it has said why
  void requireNoError() throws Refusal, IOException {
    if (error == null) {
      return;
    }
    String code = error.needed("code");
    Refusal refusal = Problems.of(error);
    if (refusal instanceof Refusal.Unavailable) {
      throw new Refusal.Unavailable(refusal.reason(), SOON);
    }
    if (code.equals("timeout")) {
      throw new IOException(refusal.reason());
    }
    if (code.equals(refusal.code())) {
      throw refusal;
    }
    throw new ServerFault("the server gave up: " + refusal.reason());
  }

  /// That the server has said something of every member, and that this was all.
  void requireEnd() throws Refusal, IOException {
    requireNoError();
    if (!ended || !unsettled.isEmpty()) {
      throw new ServerFault("the server's answer ends too early");
    }
  }
}
