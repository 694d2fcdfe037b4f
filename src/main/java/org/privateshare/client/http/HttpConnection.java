package org.privateshare.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// One connection to a server, for one exchange after the other (HTTP/1.1, RFC 9112). One thread at
/// a time. Whatever goes wrong closes it.
final class HttpConnection implements Closeable {
  /// Bodies from this size on, in bytes, wait for the server's leave (RFC 9110 section 10.1.1).
  private static final long WAITS_FROM = 1024 * 1024;

  /// How long they wait; a server that doesn't know `Expect` says nothing.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// How many interim responses one request may have.
  private static final int INTERIMS = 16;

  private enum State {
    IDLE,
    BUSY,
    CLOSED
  }

  private final Origin origin;
  private final Pipe pipe;
  private final Inbox inbox;
  private final Duration idle;
  private final Duration confirm;
  private State state = State.IDLE;

  /// Whether the whole request went out, so that the server can know where the next one begins.
  private boolean sentAll;

  /// Whether each part of the answer may take as long as a confirmation.
  private boolean confirms;

  private int interims;

  HttpConnection(Origin origin, Pipe pipe, Deadlines limits) {
    this.origin = origin;
    this.pipe = pipe;
    this.inbox = new Inbox(pipe);
    this.idle = limits.idle();
    this.confirm = limits.confirm();
  }

  static HttpConnection open(Origin origin, Optional<Tls> tls, Deadlines limits)
      throws IOException {
    return new HttpConnection(origin, origin.connect(tls, limits), limits);
  }

  /// How it is encrypted; empty where it isn't.
  Optional<Security> security() {
    return pipe.security();
  }

  /// How long a round trip takes.
  Duration roundTrip() {
    return pipe.roundTrip();
  }

  /// Whether the next request may go over this connection: the last answer was read to its end and
  /// the server has neither closed nor said anything unasked.
  boolean isUsable() {
    try {
      return state == State.IDLE && inbox.isEmpty() && !pipe.speaks(Duration.ZERO);
    } catch (IOException e) {
      return false;
    }
  }

  /// Sends a request and reads the head of the final answer, which may come before all of the body
  /// was sent; the rest of the body is kept back then.
  Response send(Request request) throws IOException {
    return send(request, Optional.empty());
  }

  /// As above; where the answer is 200, it is handed over while the rest of the body is sent.
  ///
  /// @param meanwhile reads what has come, each time there is something
  Response send(Request request, Meanwhile meanwhile) throws IOException {
    return send(request, Optional.of(meanwhile));
  }

  private Response send(Request request, Optional<Meanwhile> meanwhile) throws IOException {
    if (state != State.IDLE) {
      throw new IllegalStateException("the connection is " + state);
    }
    state = State.BUSY;
    interims = 0;
    confirms = false;
    try {
      Optional<BodyBlocks> blocks = request.body().map(BodyBlocks::new);
      Optional<ResponseHead> early = write(request, blocks);
      sentAll = early.isEmpty();
      if (sentAll && request.body().isPresent()) {
        awaitConfirmation();
      }
      ResponseHead head = early.isPresent() ? early.get() : finalHead();
      var framing = Framing.of(request.method(), head);
      Response response = new Response(this, head, ResponseBody.of(framing, inbox, idle));
      if (!sentAll && head.status() == 200 && meanwhile.isPresent() && blocks.isPresent()) {
        sentAll = goOn(blocks.get(), response, meanwhile.get());
      }
      confirms = meanwhile.isPresent();
      sentAll &= framing.kind() != Framing.Kind.UNTIL_CLOSE;
      return response;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Sends the rest of a body, from the block on that the answer has interrupted. Returns whether
  /// all was sent.
  private boolean goOn(BodyBlocks blocks, Response response, Meanwhile meanwhile)
      throws IOException {
    do {
      boolean written = false;
      while (!written) {
        while (response.isReady()) {
          if (!meanwhile.read(response)) {
            return false;
          }
        }
        try {
          written = pipe.write(blocks.block());
        } catch (SocketTimeoutException e) {
          throw e;
        } catch (IOException broken) {
          return readLastWords(response, meanwhile, broken);
        }
      }
    } while (blocks.next());
    return true;
  }

  private static boolean readLastWords(Response response, Meanwhile meanwhile, IOException broken)
      throws IOException {
    try {
      while (meanwhile.read(response)) {
        // More may have come before the end.
      }
      return false;
    } catch (IOException e) {
      broken.addSuppressed(e);
      throw broken;
    }
  }

  /// Writes head and body; stops at a final answer and returns it.
  private Optional<ResponseHead> write(Request request, Optional<BodyBlocks> body)
      throws IOException {
    boolean waits =
        request.body().isPresent()
            && request.body().get().length().orElse(WAITS_FROM) >= WAITS_FROM;
    Optional<ResponseHead> answer = push(request.head(origin.authority(), waits));
    if (answer.isPresent() || body.isEmpty()) {
      return answer;
    }
    if (waits && pipe.speaks(PATIENCE)) {
      ResponseHead head = nextHead();
      if (!head.isInterim()) {
        return Optional.of(head);
      }
    }
    BodyBlocks blocks = body.get();
    while (blocks.next()) {
      answer = push(blocks.block());
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  /// Writes all of `bytes`, or stops at a final answer and returns it.
  private Optional<ResponseHead> push(ByteBuffer bytes) throws IOException {
    try {
      while (pipe.speaks(Duration.ZERO) || !pipe.write(bytes)) {
        Optional<ResponseHead> answer = anyFinal();
        if (answer.isPresent()) {
          return answer;
        }
      }
      return Optional.empty();
    } catch (SocketTimeoutException | ProtocolFault e) {
      throw e;
    } catch (IOException broken) {
      return Optional.of(lastWords(broken));
    }
  }

  /// What the server has said before it stopped listening: it may have closed with an answer on the
  /// way, and that answer says why.
  private ResponseHead lastWords(IOException broken) throws IOException {
    try {
      return finalHead();
    } catch (IOException e) {
      broken.addSuppressed(e);
      throw broken;
    }
  }

  /// Called before more of an answer's body is read.
  void awaitAnswer() throws IOException {
    if (confirms && state == State.BUSY) {
      awaitConfirmation();
    }
  }

  private void awaitConfirmation() throws IOException {
    if (inbox.isEmpty() && !pipe.speaks(confirm)) {
      throw new SocketTimeoutException(
          "gave up after " + confirm.toMillis() / 1000.0 + " s: the server confirms nothing");
    }
  }

  private Optional<ResponseHead> anyFinal() throws IOException {
    ResponseHead head = nextHead();
    return head.isInterim() ? Optional.empty() : Optional.of(head);
  }

  private ResponseHead finalHead() throws IOException {
    ResponseHead head = nextHead();
    while (head.isInterim()) {
      head = nextHead();
    }
    return head;
  }

  private ResponseHead nextHead() throws IOException {
    var head = ResponseHead.parse(inbox.block(idle));
    if (head.isInterim() && (++interims > INTERIMS || head.status() == 101)) {
      throw new ProtocolFault("interim responses that nobody asked for");
    }
    return head;
  }

  /// Called at the end of an answer's body.
  void answered(boolean keepsAlive) throws IOException {
    if (state != State.BUSY) {
      return;
    }
    if (!inbox.isEmpty()) {
      throw new ProtocolFault("more bytes than announced");
    }
    if (keepsAlive && sentAll) {
      state = State.IDLE;
    } else {
      close();
    }
  }

  /// Called when an answer isn't wanted any more.
  ///
  /// @param keepsAlive whether nothing of it is still to come and the connection is to stay
  void release(boolean keepsAlive) throws IOException {
    if (state == State.BUSY) {
      if (keepsAlive && sentAll && inbox.isEmpty()) {
        state = State.IDLE;
      } else {
        close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      pipe.close();
    }
  }
}
