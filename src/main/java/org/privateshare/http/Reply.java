package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The answer to a request. Of content that comes in pieces each is written blocking; what is whole
/// from the first is kept until [#end] and sent without waiting. For the request's own thread.
final class Reply {
  /// One line or more for a person.
  static final String TEXT = "text/plain;charset=utf-8";

  /// So that a slow caller is noticed by each of them; see `net.HttpDoor`.
  static final int PIECE_BYTES = 64 << 10;

  private final Response response;
  private final Body body;
  private final boolean isOneOfMany;
  private boolean readsOn;
  private long sent;

  /// All there is of an answer, not sent yet.
  private @Nullable ByteBuffer whole;

  /// @param body the body of the request: as long as it hasn't come to its end, no other request
  ///   can follow
  /// @param isOneOfMany whether that is no matter, since the connection carries others as well
  Reply(Response response, Body body, boolean isOneOfMany) {
    this.response = response;
    this.body = body;
    this.isOneOfMany = isOneOfMany;
    Safety.ofAnswer(fields());
  }

  /// The fields of the answer; they are sent with the first write.
  HttpFields.Mutable fields() {
    return response.getHeaders();
  }

  /// What the first write will begin with, or began with.
  void status(int status) {
    response.setStatus(status);
  }

  /// The status where the answer has begun.
  OptionalInt status() {
    return hasBegun() ? OptionalInt.of(response.getStatus()) : OptionalInt.empty();
  }

  /// Whether the answer is decided upon, so that nothing of its head can be changed.
  boolean hasBegun() {
    return whole != null || response.isCommitted();
  }

  /// How many bytes of content [#write] has sent.
  long sent() {
    return sent;
  }

  /// Sends all remaining bytes as the next ones of the content and returns when they are on their
  /// way.
  ///
  /// @throws PeerGone where the caller doesn't take them
  void write(ByteBuffer bytes) throws PeerGone {
    while (bytes.hasRemaining()) {
      sent += sendPiece(bytes);
    }
  }

  private int sendPiece(ByteBuffer bytes) throws PeerGone {
    int count = Math.min(bytes.remaining(), PIECE_BYTES);
    send(bytes.slice(bytes.position(), count));
    bytes.position(bytes.position() + count);
    return count;
  }

  /// The head, as far as it is set up, is all there is: of an answer without content, or to HEAD.
  ///
  /// @throws PeerGone where the caller doesn't take it
  void begin() throws PeerGone {
    finish(ByteBuffer.allocate(0));
  }

  /// The head, as far as it is set up, and this content are all there is. Nobody changes the bytes.
  ///
  /// @throws PeerGone where the caller doesn't take it
  void finish(ByteBuffer content) throws PeerGone {
    if (body.isOver() && content.remaining() <= PIECE_BYTES) {
      whole = content;
      sent += content.remaining();
      return;
    }
    do {
      var _ = sendPiece(content);
    } while (content.hasRemaining());
  }

  /// Sends the head, as far as it is set up, of an answer that goes on while the body is still
  /// read, to its end: from now on the one may be written on another thread than the other is read.
  ///
  /// @throws PeerGone where the caller doesn't take it
  void beginWhileReading(int status) throws PeerGone {
    status(status);
    readsOn = true;
    send(ByteBuffer.allocate(0));
  }

  /// Sends a whole answer that isn't content of the share: a receipt, a problem.
  ///
  /// @throws PeerGone where the caller doesn't take it
  void say(int status, String type, String text) throws PeerGone {
    say(status, type, UTF_8.encode(text));
  }

  /// The same as bytes.
  ///
  /// @throws PeerGone where the caller doesn't take it
  void say(int status, String type, ByteBuffer bytes) throws PeerGone {
    status(status);
    fields().put(HttpHeader.CONTENT_TYPE, type);
    fields().put(HttpHeader.CONTENT_LENGTH, bytes.remaining());
    long before = sent;
    finish(bytes);
    sent = before;
  }

  /// Sends a whole answer without content.
  ///
  /// @throws PeerGone where the caller doesn't take it
  void sayNothing(int status) throws PeerGone {
    status(status);
    if (status != HttpStatus.NO_CONTENT_204 && status != HttpStatus.NOT_MODIFIED_304) {
      fields().put(HttpHeader.CONTENT_LENGTH, 0);
    }
    begin();
  }

  /// Sends what is left of the answer, without waiting.
  ///
  /// @param then told when that is on its way, or can't be
  void end(Callback then) {
    if (whole == null) {
      then.succeeded();
    } else {
      // Not as the last: that is said when the exchange is over, after it has been counted.
      response.write(false, whole, then);
    }
  }

  /// Never the last write: the end is said when the exchange is over, see [Door].
  private void send(ByteBuffer bytes) throws PeerGone {
    if (!hasBegun() && !isOneOfMany && !readsOn && !body.isOver()) {
      fields().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    try (Blocker.Callback written = Blocker.callback()) {
      response.write(false, bytes, written);
      written.block();
    } catch (IOException | RuntimeException e) {
      throw new PeerGone(e);
    }
  }
}
