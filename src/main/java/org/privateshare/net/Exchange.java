package org.privateshare.net;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// One request and its response, held to a least pace in both directions while we wait for the
/// peer.
///
/// A body that comes too slowly ends in a failed read, which makes a 408 where nothing was answered
/// yet. A peer that takes the response too slowly, in writes of at most 64 KiB, loses the stream,
/// or in HTTP/1.1 the connection.
final class Exchange {
  private final Request request;
  private final Duration patience;
  private final Lane reading;
  private final Lane writing;
  private final AtomicReference<@Nullable Runnable> demanded = new AtomicReference<>();
  private volatile Content.@Nullable Chunk failure;
  private volatile boolean hasPlace;
  private volatile boolean streamReset;
  private volatile long resetAt;

  Exchange(Request request, Deadlines deadlines) {
    this.request = request;
    this.patience = deadlines.progress();
    this.reading = new Lane(deadlines);
    this.writing = new Lane(deadlines);
  }

  /// The request as Jetty has it.
  Request unpaced() {
    return request;
  }

  /// The request for those who serve it.
  Request request() {
    return new PacedRequest(request);
  }

  /// The response for those who serve it, to the request of [#request].
  Response response(Request paced, Response response) {
    return new PacedResponse(paced, response);
  }

  boolean isOneOfMany() {
    return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
  }

  DoorEndPoint endPoint() {
    return DoorEndPoint.under(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  /// Takes a place to be served; waits so long for one, and returns whether there was. Where that
  /// is no time it doesn't block.
  boolean takePlace(Admission admission, Duration atMost) throws InterruptedException {
    hasPlace = admission.takePlaceToServe(atMost);
    return hasPlace;
  }

  /// Gives the place back, where one was taken.
  void giveBackPlace(Admission admission) {
    if (hasPlace) {
      admission.giveBack();
    }
  }

  /// Ends what the peer is too slow for. On the watch's thread: others do the work.
  void expireIfOverdue(long now) {
    if (reading.isOverdue(now)) {
      failure = Content.Chunk.from(new TooSlow());
      execute(this::proceed);
    } else if (reading.isWaiting() && isStreamGone()) {
      failure = Content.Chunk.from(new EofException("the stream was reset"));
      execute(this::proceed);
    }
    if (writing.isOverdue(now)) {
      execute(this::giveUp);
    }
  }

  /// Where it resets a stream itself, for a body of another length than announced, Jetty 12.1.12
  /// doesn't tell who waits for that body.
  private boolean isStreamGone() {
    if (!(request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection)) {
      return false;
    }
    HTTP2Stream stream = connection.getSession().getStream(Integer.parseInt(request.getId()));
    return stream == null || stream.isReset();
  }

  private void execute(Runnable task) {
    request.getComponents().getExecutor().execute(task);
  }

  private void proceed() {
    reading.arrived(0);
    Runnable task = demanded.getAndSet(null);
    if (task != null) {
      task.run();
    }
  }

  /// A connection whose stream was reset gets the same time once more to take that.
  private void giveUp() {
    boolean isTold = streamReset && System.nanoTime() - resetAt < patience.toNanos();
    if (!isTold && !resetStream()) {
      endPoint().abort();
    }
  }

  /// The one stream of HTTP/2, if it is that and if it wasn't tried before.
  private boolean resetStream() {
    if (!streamReset
        && request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection) {
      resetAt = System.nanoTime();
      streamReset = true;
      int id = Integer.parseInt(request.getId());
      HTTP2Stream stream = connection.getSession().getStream(id);
      if (stream != null) {
        stream.reset(new ResetFrame(id, ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
        return true;
      }
    }
    return false;
  }

  /// What reads of the body fail with; Jetty answers with its status.
  private static final class TooSlow extends SocketTimeoutException implements HttpException {
    private static final long serialVersionUID = 1;

    TooSlow() {
      super("the body comes too slowly");
    }

    @Override
    public int getCode() {
      return HttpStatus.REQUEST_TIMEOUT_408;
    }

    @Override
    public @Nullable String getReason() {
      return null;
    }
  }

  private final class PacedRequest extends Request.Wrapper {
    PacedRequest(Request wrapped) {
      super(wrapped);
    }

    @Override
    public void demand(Runnable task) {
      demanded.set(task);
      reading.await();
      super.demand(
          Invocable.from(Invocable.getInvocationType(task), () -> Exchange.this.proceed()));
    }

    @Override
    public Content.@Nullable Chunk read() {
      if (failure != null) {
        return failure;
      }
      Content.Chunk chunk = super.read();
      if (chunk != null) {
        reading.arrived(chunk.remaining());
        writing.alive(chunk.remaining());
      }
      return chunk;
    }
  }

  private final class PacedResponse extends Response.Wrapper {
    PacedResponse(Request paced, Response wrapped) {
      super(paced, wrapped);
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
      long count = bytes == null ? 0 : bytes.remaining();
      writing.await();
      super.write(last, bytes, Callback.from(() -> writing.arrived(count), callback));
    }
  }
}
