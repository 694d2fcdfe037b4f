package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.Deadlines;
import org.privateshare.net.RawPeer;
import org.privateshare.share.Limits;

/// What the door turns down, on the wire: nothing changes, nothing is left, the next one is served.
@Timeout(60)
final class ClassicDoorRefusalTest {
  private static final String[] ADDRESSES = {"127.0.0.1", "::1"};

  @TempDir private static Path temp;
  private static DoorFixture door;
  private static Map<String, String> before;

  @BeforeAll
  static void fillTheShare() throws Exception {
    Path share = Files.createDirectory(temp.resolve("share"));
    Path beside = Files.writeString(temp.resolve("beside"), "not served");
    Path file = Files.writeString(share.resolve("a"), "the file a");
    Path folder = Files.createDirectory(share.resolve("dir"));
    Path inside = Files.createSymbolicLink(share.resolve("inside"), file);
    Path outside = Files.createSymbolicLink(share.resolve("outside"), beside);
    Path dangling = Files.createSymbolicLink(share.resolve("dangling"), temp.resolve("target"));
    Path loop = Files.createSymbolicLink(share.resolve("loop"), share.resolve("loop"));
    assertThat(new ProcessBuilder("mkfifo", share.resolve("fifo").toString()).start().waitFor())
        .isZero();
    assertThat(Stream.of(folder, inside, outside, dangling, loop)).hasSize(5);
    ClassicOptions quick =
        new ClassicOptions(
            Callers.LOOPBACK,
            false,
            Duration.ofMillis(40),
            Duration.ofMillis(1),
            Duration.ofSeconds(2));
    door = DoorFixture.over(share, quick, Limits.DEFAULT, Deadlines.DEFAULT);
    before = door.snapshot();
  }

  @AfterAll
  static void close() throws IOException {
    door.close();
  }

  static Stream<Arguments> refusedByTheCodec() {
    return Stream.of(ADDRESSES)
        .flatMap(address -> Vectors.refused().stream().map(row -> Arguments.of(address, row)));
  }

  @ParameterizedTest
  @MethodSource("refusedByTheCodec")
  void whatIsNoRequestIsCancelledOrNotSpokenTo(String address, Vectors.Vector vector)
      throws Exception {
    String text = new String(vector.request(), ISO_8859_1);
    try (RawPeer peer = door.connect(address)) {
      peer.tell(vector.request());
      if (text.isEmpty()) {
        peer.end();
      }
      String answer = text.matches("(?s)[a-z]{3}.*") ? "cancel" : "";
      assertThat(peer.readAll()).asString(UTF_8).isEqualTo(answer);
    }
    assertNothingHappened();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get,missing",
        "put,a",
        "put,A",
        "put,new ",
        "put,new.",
        "put, new",
        "put,n:w",
        "put,CON",
        "put,new\u202e",
        "put,new\u200b",
        "put,\ufeffnew",
        "put,e\u0301",
        "put,dir",
        "get,dir",
        "get,inside",
        "get,outside",
        "get,dangling",
        "get,loop",
        "put,inside",
        "put,outside",
        "put,dangling",
        "put,loop",
        "get,fifo"
      })
  void whatIsNotHereOrMayNotBeIsCancelled(String request) throws Exception {
    try (RawPeer peer = door.connect()) {
      assertThat(peer.send(request).readAll()).asString(UTF_8).isEqualTo("cancel");
    }
    assertNothingHappened();
  }

  private static void assertNothingHappened() throws IOException {
    assertThat(door.snapshot()).isEqualTo(before);
    assertThat(door.isStagingEmpty()).isTrue();
    try (RawPeer next = door.connect()) {
      assertThat(next.send("get,a").fin().readAll()).asString(UTF_8).isEqualTo("passthe file a");
    }
  }
}
