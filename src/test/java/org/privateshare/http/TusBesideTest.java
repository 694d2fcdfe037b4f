package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.net.RawPeer;

/// Several connections that bring one upload, through the real server.
@Timeout(60)
final class TusBesideTest {
  /// Where a run may begin.
  private static final int BLOCK = 1 << 20;

  private static final String BESIDE = "Upload-Beside: ?1";

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

  @Test
  void partsComeInAnyOrderAndTheLastOneIsAnsweredAsTheFile() throws Exception {
    String url = owner.begin("any/order", BLOCK + 5);
    String second = owner.patch(url, BLOCK, "123", BESIDE);
    assertThat(status(second)).isEqualTo(204);
    assertThat(field(second, "Upload-Offset")).isEqualTo(String.valueOf(BLOCK + 3));
    assertThat(field(second, "ETag")).isEmpty();
    assertThat(owner.offset(url)).isEqualTo("0");
    String shown = body(door.owner("GET " + url + "?json", ""));
    assertThat(shown).contains("\"runs\":[{\"start\":1048576,\"end\":1048579,\"digest\":\"crc32c:");
    String first = owner.patch(url, 0, "x".repeat(BLOCK), BESIDE);
    assertThat(field(first, "Upload-Offset")).isEqualTo(String.valueOf(BLOCK));
    assertThat(owner.offset(url)).isEqualTo(String.valueOf(BLOCK + 3));
    assertThat(body(door.owner("GET " + url + "?json", ""))).doesNotContain("runs");
    String last = owner.patch(url, BLOCK + 3, "45", BESIDE);
    assertThat(status(last)).isEqualTo(204);
    assertThat(field(last, "Upload-Offset")).isEqualTo(String.valueOf(BLOCK + 5));
    assertThat(field(last, "Content-Location")).isEqualTo("/any/order");
    assertThat(door.folder().resolve("any/order")).hasContent("x".repeat(BLOCK) + "12345");
  }

  @Test
  void aPlaceThatCantBeIsRefusedAndChangesNothing() throws Exception {
    String url = owner.begin("refused", BLOCK + 5);
    assertThat(status(owner.patch(url, BLOCK, "12", BESIDE))).isEqualTo(204);
    for (long offset : new long[] {1, BLOCK, BLOCK + 1, BLOCK + 3}) {
      String refused = owner.patch(url, offset, "1", BESIDE);
      assertThat(status(refused)).as("at %d", offset).isEqualTo(409);
      assertThat(field(refused, "Upload-Offset")).isEqualTo("0");
    }
    assertThat(status(owner.patch(url, BLOCK + 2, "1234", BESIDE))).isEqualTo(413);
    assertThat(status(owner.patch(url, 0, "1", "Upload-Beside: 1"))).isEqualTo(400);
    assertThat(status(owner.patch(url, BLOCK + 2, "34", BESIDE))).isEqualTo(204);
  }

  @Test
  void whatAnotherConnectionIsBringingIsBusyAndTheRestIsNot() throws Exception {
    String url = owner.begin("busy", 2L * BLOCK);
    try (RawPeer first = owner.sendSome(url, 0, BLOCK, "123")) {
      while (!isBusy(url)) {
        Thread.onSpinWait();
      }
      assertThat(status(owner.patch(url, BLOCK, "1", BESIDE))).isEqualTo(423);
      first.reset();
    }
    // What it brought is told a moment before it has left.
    while (isBusy(url)) {
      Thread.onSpinWait();
    }
    assertThat(owner.offset(url)).isEqualTo("3");
    assertThat(status(owner.patch(url, BLOCK, "1", BESIDE))).isEqualTo(204);
  }

  private static boolean isBusy(String url) throws IOException {
    return body(door.owner("GET " + url + "?json", "")).contains("\"busy\":true");
  }
}
