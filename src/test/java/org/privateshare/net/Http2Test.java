package org.privateshare.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.net.Http2Peer.CANCEL;
import static org.privateshare.net.Http2Peer.DATA;
import static org.privateshare.net.Http2Peer.END_HEADERS;
import static org.privateshare.net.Http2Peer.END_STREAM;
import static org.privateshare.net.Http2Peer.ENHANCE_YOUR_CALM;
import static org.privateshare.net.Http2Peer.FLOW_CONTROL_ERROR;
import static org.privateshare.net.Http2Peer.GOAWAY;
import static org.privateshare.net.Http2Peer.HEADERS;
import static org.privateshare.net.Http2Peer.PING;
import static org.privateshare.net.Http2Peer.PRIORITY;
import static org.privateshare.net.Http2Peer.PROTOCOL_ERROR;
import static org.privateshare.net.Http2Peer.REFUSED_STREAM;
import static org.privateshare.net.Http2Peer.RST_STREAM;
import static org.privateshare.net.Http2Peer.SETTINGS;
import static org.privateshare.net.Http2Peer.WINDOW_UPDATE;
import static org.privateshare.net.Http2Peer.frame;
import static org.privateshare.net.Http2Peer.head;
import static org.privateshare.net.Http2Peer.number;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.Http2Peer.Frame;

/// What HTTP/2 lets a peer do to a server, and what ours makes of it.
@Timeout(60)
final class Http2Test extends HttpFixture {
  private static final byte[] NOTHING = {};
  private static final int MANY = 20_000;

  /// SETTINGS_INITIAL_WINDOW_SIZE, RFC 9113 section 6.5.2.
  private static final int INITIAL_WINDOW = 4;

  /// Frames that say what becomes of a request.
  private static final Set<Integer> OUTCOMES = Set.of(HEADERS, RST_STREAM, GOAWAY);

  private Http2Peer peer(int... settings) throws Exception {
    return Http2Peer.over(secure(listener.port()), settings);
  }

  /// What a hostile peer sends again and again.
  private interface Tide {
    byte[] frames(int number);
  }

  record Attack(String name, Tide tide) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Attack[] floods() {
    return new Attack[] {
      new Attack(
          "resets of requests",
          i ->
              join(
                  frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, head("GET", "/4")),
                  frame(RST_STREAM, 0, 2 * i + 1, number(CANCEL)))),
      new Attack(
          "errors that make the server reset",
          i ->
              join(
                  frame(HEADERS, END_HEADERS, 2 * i + 1, head("PUT", "/count")),
                  frame(WINDOW_UPDATE, 0, 2 * i + 1, number(0)))),
      new Attack("pings", _ -> frame(PING, 0, 0, new byte[8])),
      new Attack("settings", _ -> frame(SETTINGS, 0, 0, NOTHING)),
      new Attack("priorities", i -> frame(PRIORITY, 0, 2 * i + 1, new byte[5])),
      new Attack(
          "empty data",
          i ->
              i == 0
                  ? frame(HEADERS, END_HEADERS, 1, head("PUT", "/count"))
                  : frame(DATA, 0, 1, NOTHING)),
    };
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(one);
    all.writeBytes(other);
    return all.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("floods")
  void aFloodEndsTheConnection(Attack attack) throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (Http2Peer peer = peer()) {
      var error = peer.untilGoAway(MANY, i -> peer.sendAll(attack.tide().frames(i)));
      if (error.isPresent()) {
        assertThat(error.getAsInt()).isIn(ENHANCE_YOUR_CALM, PROTOCOL_ERROR);
      }
      assertThat(peer.await(_ -> false)).isEmpty();
    }
    // It took effect long before its end, and another client is served as ever.
    assertThat(seen.size()).isLessThan(1_000);
    assertThat(curl("--http2", url("/3")).exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Upper: a",
        "connection: close",
        "transfer-encoding: chunked",
        "te: gzip",
        "upgrade: h2c",
        "a: b\r\nc: d",
        "a: b\nc",
        "a: b\u0000c",
        "a b: c",
        ": x",
        ":status: 200",
        "content-length: 1, 1"
      })
  void aFieldThatHttp1CouldTakeForAnotherEndsTheStream(String field) throws Exception {
    start(OPTIONS, TlsOptions.best());
    int colon = field.indexOf(": ", 1);
    String name = colon < 0 ? "" : field.substring(0, colon);
    String value = colon < 0 ? "x" : field.substring(colon + 2);
    try (Http2Peer peer = peer()) {
      peer.send(HEADERS, END_STREAM | END_HEADERS, 1, head("GET", "/4", name, value));
      assertThat(outcome(peer)).isNotEqualTo(200);
    }
    assertThat(seen).isEmpty();
  }

  /// The status of the first answer; 0 where it is the end of the stream or of the connection.
  private static int outcome(Http2Peer peer) throws IOException {
    Optional<Frame> answer = peer.await(frame -> OUTCOMES.contains(frame.type()));
    return answer.isPresent() && answer.get().type() == HEADERS ? peer.status(answer.get()) : 0;
  }

  @Test
  void aHostBesideAnotherAuthorityIsRefused() throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (Http2Peer peer = peer()) {
      peer.send(HEADERS, END_STREAM | END_HEADERS, 1, head("GET", "/4", "host", "evil.example"));
      assertThat(outcome(peer)).isNotEqualTo(200);
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void aWindowThatOverflowsEndsTheConnection() throws Exception {
    start(OPTIONS, TlsOptions.best());
    for (int grow : new int[] {Integer.MAX_VALUE, 0}) {
      try (Http2Peer peer = peer()) {
        peer.send(WINDOW_UPDATE, 0, 0, number(grow));
        assertThat(peer.await(frame -> frame.type() == GOAWAY).orElseThrow().error())
            .isEqualTo(grow == 0 ? PROTOCOL_ERROR : FLOW_CONTROL_ERROR);
      }
    }
  }

  @Test
  void aStreamWhoseWindowOverflowsIsReset() throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (Http2Peer peer = peer()) {
      peer.send(HEADERS, END_HEADERS, 1, head("PUT", "/count"));
      peer.send(WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE));
      assertThat(peer.await(Http2Test::ends).orElseThrow().error()).isEqualTo(FLOW_CONTROL_ERROR);
    }
  }

  private static boolean ends(Frame frame) {
    return frame.type() == RST_STREAM || frame.type() == GOAWAY;
  }

  @Test
  void aHeadThatGrowsWhenItIsUnpackedIsRefused() throws Exception {
    start(OPTIONS, TlsOptions.best());
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(head("GET", "/4"));
    // RFC 7541 section 6.2.1: into the table, where index 62 brings it back with a single byte.
    bomb.write(0x40);
    Http2Peer.text(bomb, "x");
    Http2Peer.text(bomb, "y".repeat(4_000));
    bomb.writeBytes("\u00be".repeat(10_000).getBytes(ISO_8859_1));
    try (Http2Peer peer = peer()) {
      peer.send(HEADERS, END_STREAM | END_HEADERS, 1, bomb.toByteArray());
      assertThat(outcome(peer)).isIn(0, 431);
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void aHundredStreamsAreServedAndOneMoreIsRefused() throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (Http2Peer peer = peer()) {
      for (int i = 0; i <= 100; i++) {
        peer.get(2 * i + 1, "/slow");
      }
      Frame refused = peer.await(Http2Test::ends).orElseThrow();
      assertThat(refused.stream()).isEqualTo(201);
      assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
    }
  }

  @Test
  void aPeerThatTakesNothingLosesItsStream() throws Exception {
    Deadlines hasty = new Deadlines(Duration.ofSeconds(10), Duration.ofMillis(300), 1024);
    start(OPTIONS.withDeadlines(hasty), TlsOptions.best());
    try (Http2Peer peer = peer(INITIAL_WINDOW, 0)) {
      peer.get(1, "/1000000");
      assertThat(peer.await(Http2Test::ends).orElseThrow().error()).isEqualTo(CANCEL);
    }
  }

  @Test
  void aStopIsToldAndLetsStreamsEnd() throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (Http2Peer peer = peer()) {
      peer.get(1, "/slow");
      assertThat(seen.take()).isEqualTo("running");
      CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(listener::stop);
      assertThat(peer.await(frame -> frame.type() == GOAWAY).orElseThrow().error()).isZero();
      goOn.countDown();
      assertThat(peer.await(frame -> frame.type() == DATA && frame.flags() == END_STREAM))
          .isPresent();
      assertThat(stop).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0);
    }
  }

  @Test
  void whoFindsNoPlaceIsToldToComeAgain() throws Exception {
    start(OPTIONS.withConnections(1, 1), TlsOptions.best());
    // Room for two places: a connection and one request.
    try (Http2Peer peer = peer()) {
      peer.get(1, "/slow");
      assertThat(seen.take()).isEqualTo("running");
      peer.get(3, "/4");
      for (int status : new int[] {200, 503}) {
        Frame head = peer.await(frame -> frame.type() == HEADERS).orElseThrow();
        assertThat(peer.status(head)).isEqualTo(status);
      }
      goOn.countDown();
      assertThat(peer.await(frame -> frame.type() == DATA && frame.stream() == 1)).isPresent();
    }
  }
}
