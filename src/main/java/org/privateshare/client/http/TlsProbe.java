package org.privateshare.client.http;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Finds out whether a stranger speaks TLS, with as few bytes as possible and none that could be
/// taken for a request.
public final class TlsProbe {
  /// A record of TLS with a ClientHello that is none (RFC 8446 section 4), which every TLS server
  /// answers with an alert. It has 32 bytes, all of them ASCII, because the programs of 2020 read
  /// that many and decode them as UTF-8 before they look at them.
  private static final byte[] GREETING =
      "\u0016\u0003\u0001\u0000\u001b\u0001\u0000\u0000\u0017\u0003\u0003privateshare asks you"
          .getBytes(StandardCharsets.US_ASCII);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private TlsProbe() {}

  /// Whether the server at `origin` answers as TLS servers do.
  ///
  /// @throws IOException where there is no server
  public static boolean speaksTls(Origin origin, Deadlines limits) throws IOException {
    try (var channel = TimedChannel.connect(origin.host(), origin.port(), limits.connect())) {
      return answersAsTls(channel);
    }
  }

  private static boolean answersAsTls(TimedChannel channel) throws IOException {
    try {
      var answer = ByteBuffer.allocate(1);
      channel.write(ByteBuffer.wrap(GREETING), Deadline.in(PATIENCE));
      if (channel.read(answer, Deadline.in(PATIENCE)) < 0) {
        return false;
      }
      NotTls.require(answer.get(0));
      return true;
    } catch (NotTls | SocketException | SocketTimeoutException e) {
      return false;
    }
  }
}
