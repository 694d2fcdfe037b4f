package org.privateshare.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/// The final answer to a request. Its body comes as it is read; the last byte is only then followed
/// by -1 when the server has properly said that it was the last.
///
/// Closing before the end closes the connection; after the end, and where there is no body, it
/// serves the next request.
public final class Response implements ReadableByteChannel, Closeable {
  private final HttpConnection connection;
  private final ResponseHead head;
  private final ResponseBody body;
  private boolean open = true;

  Response(HttpConnection connection, ResponseHead head, ResponseBody body) {
    this.connection = connection;
    this.head = head;
    this.body = body;
  }

  /// The status code, 200 to 599. Redirects are answers like others: nobody follows them.
  public int status() {
    return head.status();
  }

  /// The header fields.
  public Fields fields() {
    return head.fields();
  }

  /// How many bytes the body has, where that is known beforehand.
  public OptionalLong length() {
    return body.length() < 0 ? OptionalLong.empty() : OptionalLong.of(body.length());
  }

  /// Whether [#read] has something to tell without waiting.
  boolean isReady() throws IOException {
    return body.isReady();
  }

  /// Reads at least one byte of the body into `into`, which has room for one: fastest into a direct
  /// buffer of [HttpClient#BUFFER] bytes. Returns how many, or -1 at the verified end.
  ///
  /// @throws IOException also where the body ends too early
  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      connection.awaitAnswer();
      int count = body.read(into);
      if (count < 0) {
        connection.answered(head.keepsAlive());
      }
      return count;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      connection.release(body.length() == 0 && head.keepsAlive());
    }
  }
}
