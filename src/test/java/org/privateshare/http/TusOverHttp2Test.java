package org.privateshare.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.status;
import static org.privateshare.net.Http2Peer.CANCEL;
import static org.privateshare.net.Http2Peer.DATA;
import static org.privateshare.net.Http2Peer.END_HEADERS;
import static org.privateshare.net.Http2Peer.END_STREAM;
import static org.privateshare.net.Http2Peer.HEADERS;
import static org.privateshare.net.Http2Peer.RST_STREAM;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.net.Http2Peer;

/// Uploads that are begun over HTTP/1.1 and go on over HTTP/2, frame by frame.
@Timeout(60)
final class TusOverHttp2Test {
  @TempDir static Path root;
  private static DoorFixture door;
  private static TusPeer owner;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    owner = new TusPeer(door, door.ownerKey());
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static void patch(Http2Peer peer, int stream, String url, long offset, long length)
      throws IOException {
    byte[] head =
        Http2Peer.head(
            "PATCH",
            url,
            "authorization",
            "Bearer " + owner.key(),
            "tus-resumable",
            "1.0.0",
            "content-type",
            "application/offset+octet-stream",
            "upload-offset",
            "" + offset,
            "content-length",
            "" + length);
    peer.send(HEADERS, END_HEADERS, stream, head);
  }

  private static int answer(Http2Peer peer, int stream) throws IOException {
    return peer.status(
        peer.await(frame -> frame.type() == HEADERS && frame.stream() == stream).orElseThrow());
  }

  private static void awaitEnd(String end) throws InterruptedException {
    while (!door.nextVisit().end().equals(end)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anUploadGoesOnOverAnotherVersion() throws Exception {
    String url = owner.begin("crossed.txt", 9);
    assertThat(status(owner.patch(url, 0, "1234"))).isEqualTo(204);
    try (Http2Peer peer = Http2Peer.to(door.port())) {
      patch(peer, 1, url, 4, 2);
      peer.send(DATA, END_STREAM, 1, "56".getBytes(US_ASCII));
      assertThat(answer(peer, 1)).isEqualTo(204);
      patch(peer, 3, url, 6, 3);
      peer.send(DATA, END_STREAM, 3, "789".getBytes(US_ASCII));
      assertThat(answer(peer, 3)).isEqualTo(204);
    }
    assertThat(door.folder().resolve("crossed.txt")).hasContent("123456789");
  }

  @Test
  void whatCameBeforeAResetCounts() throws Exception {
    String url = owner.begin("reset.txt", 9);
    try (Http2Peer peer = Http2Peer.to(door.port())) {
      patch(peer, 1, url, 0, 9);
      peer.send(DATA, 0, 1, "12345".getBytes(US_ASCII));
      while (door.owner("GET " + url + "?json", "").contains("\"busy\":false")) {
        Thread.onSpinWait();
      }
      peer.send(RST_STREAM, 0, 1, Http2Peer.number(CANCEL));
      awaitEnd("cut");
      assertThat(owner.offset(url)).isEqualTo("5");
      patch(peer, 3, url, 5, 4);
      peer.send(DATA, END_STREAM, 3, "6789".getBytes(US_ASCII));
      assertThat(answer(peer, 3)).isEqualTo(204);
    }
    assertThat(door.folder().resolve("reset.txt")).hasContent("123456789");
  }

  @Test
  void aWrongOffsetIsToldWhileTheBodyIsStillSent() throws Exception {
    String url = owner.begin("wrong.txt", 100_000_000);
    try (Http2Peer peer = Http2Peer.to(door.port())) {
      patch(peer, 1, url, 5, 10_000_000);
      peer.send(DATA, 0, 1, new byte[16_000]);
      assertThat(answer(peer, 1)).isEqualTo(409);
      awaitEnd("offset");
    }
    assertThat(owner.offset(url)).isEqualTo("0");
  }
}
