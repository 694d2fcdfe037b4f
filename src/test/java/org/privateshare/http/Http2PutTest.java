package org.privateshare.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.net.Http2Peer.CANCEL;
import static org.privateshare.net.Http2Peer.DATA;
import static org.privateshare.net.Http2Peer.END_HEADERS;
import static org.privateshare.net.Http2Peer.END_STREAM;
import static org.privateshare.net.Http2Peer.HEADERS;
import static org.privateshare.net.Http2Peer.PROTOCOL_ERROR;
import static org.privateshare.net.Http2Peer.RST_STREAM;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.Http2Peer;

/// PUT over HTTP/2, frame by frame.
@Timeout(60)
final class Http2PutTest {
  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static void begin(Http2Peer peer, int stream, String path, String length)
      throws IOException {
    String key = "Bearer " + door.ownerKey();
    byte[] head = Http2Peer.head("PUT", path, "authorization", key, "content-length", length);
    peer.send(HEADERS, END_HEADERS, stream, head);
  }

  /// Begins an upload and waits until it is under way: what is reset before is no request at all.
  private static void upload(Http2Peer peer, int stream, String path) throws IOException {
    begin(peer, stream, path, "5");
    peer.send(DATA, 0, stream, "hel".getBytes(US_ASCII));
    while (door.isStagingEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static int status(Http2Peer peer, int stream) throws IOException {
    return peer.status(
        peer.await(frame -> frame.type() == HEADERS && frame.stream() == stream).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"l", "lo!", ""})
  void aBodyOfAnotherLengthThanAnnouncedIsResetAndNotPublished(String body) throws Exception {
    Map<String, String> before = door.snapshot();
    try (Http2Peer peer = Http2Peer.to(door.port())) {
      upload(peer, 1, "/new");
      peer.send(DATA, END_STREAM, 1, body.getBytes(US_ASCII));
      assertThat(peer.await(frame -> frame.type() == RST_STREAM).orElseThrow().error())
          .isEqualTo(PROTOCOL_ERROR);
      assertThat(door.nextVisit().end()).isEqualTo("cut");
      door.assertHarmless(before, "");
      assertThat(door.nextVisit().action()).isEqualTo("GET");
    }
  }

  @Test
  void anUploadThatIsResetIsNotPublishedAndItsNeighboursGoOn() throws Exception {
    try (Http2Peer peer = Http2Peer.to(door.port())) {
      upload(peer, 1, "/cut");
      begin(peer, 3, "/whole", "5");
      peer.send(DATA, 0, 3, "hel".getBytes(US_ASCII));
      peer.send(RST_STREAM, 0, 1, Http2Peer.number(CANCEL));
      assertThat(door.nextVisit().end()).isEqualTo("cut");
      peer.send(DATA, END_STREAM, 3, "lo".getBytes(US_ASCII));
      assertThat(status(peer, 3)).isEqualTo(201);
      assertThat(door.nextVisit().end()).isEqualTo("stored");
    }
    assertThat(door.folder().resolve("whole")).hasContent("hello");
    assertThat(door.folder().resolve("cut")).doesNotExist();
    assertThat(door.isStagingEmpty()).isTrue();
  }

  @Test
  void aRefusalComesWhileTheBodyIsStillSent() throws Exception {
    try (Http2Peer peer = Http2Peer.to(door.port())) {
      begin(peer, 1, "/a%2fb", "100000000");
      peer.send(DATA, 0, 1, new byte[16_000]);
      assertThat(status(peer, 1)).isEqualTo(400);
      assertThat(door.nextVisit().end()).isEqualTo("bad-name");
    }
  }
}
