package org.privateshare.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// HTTP in clear for those who may not speak it: one short answer, whatever they ask.
final class UseHttps implements Protocol {
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 64 << 10;
  private static final int LONGEST_METHOD = 24;

  /// The first word of the PROXY protocol, which is not HTTP and which nobody here is trusted with.
  private static final String PROXY = "PROXY ";

  private static final String BODY = "This port speaks HTTPS: use https:// instead of http://\n";
  private static final String ANSWER =
      "HTTP/1.1 403 Forbidden\r\n"
          + "Content-Type: text/plain;charset=utf-8\r\n"
          + "X-Content-Type-Options: nosniff\r\n"
          + "Content-Length: "
          + BODY.length()
          + "\r\nConnection: close\r\n\r\n"
          + BODY;

  @Override
  public String name() {
    return "use-https";
  }

  /// A method of HTTP in upper case and a space; a word that is too long for one is left to the
  /// parser to refuse.
  @Override
  public Match detect(ByteBuffer firstBytes) {
    int end = firstBytes.position();
    while (end < firstBytes.limit() && isUpperCase(firstBytes.get(end))) {
      end++;
    }
    int length = end - firstBytes.position();
    if (length >= LONGEST_METHOD) {
      return Match.YES;
    }
    if (end == firstBytes.limit()) {
      return Match.MORE;
    }
    ByteBuffer word = firstBytes.slice(firstBytes.position(), length + 1);
    boolean isMethod = length > 0 && firstBytes.get(end) == ' ';
    return isMethod && !PROXY.equals(US_ASCII.decode(word).toString()) ? Match.YES : Match.NO;
  }

  private static boolean isUpperCase(byte letter) {
    return letter >= 'A' && letter <= 'Z';
  }

  @Override
  public void serve(Wire wire) throws IOException {
    wire.write(ByteBuffer.wrap(ANSWER.getBytes(US_ASCII)));
    wire.shutdownOutput();
    // What the peer still sends must be taken, or the answer could be lost by a reset.
    ByteBuffer rest = ByteBuffer.allocate(8 << 10);
    int taken = 0;
    while (taken < MOST_BYTES && wire.awaitInput(LINGER)) {
      int count = wire.read(rest.clear());
      if (count < 0) {
        break;
      }
      taken += count;
    }
  }
}
