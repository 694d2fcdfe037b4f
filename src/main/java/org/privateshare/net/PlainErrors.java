package org.privateshare.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what no handler answered: the status in one plain line, without a word of what was asked
/// or of what went wrong in here.
final class PlainErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    write(response, code, callback);
  }

  /// The whole answer but its status and whether the connection is kept.
  static void write(Response response, int code, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    String line = code + " " + HttpStatus.getMessage(code) + "\n";
    response.write(true, UTF_8.encode(line), callback);
  }
}
