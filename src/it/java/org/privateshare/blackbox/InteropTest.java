package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.blackbox.Programs.Client;

/// Old and new programs understand each other, each as its own process.
///
/// The old client with the old server is here for its puts and lists only: between these two a get
/// is a matter of luck, as it was in 2020.
@Tag("interop")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InteropTest {
  private static final Content APPLE = new Content(1, 100_000);
  private static final Map<String, Content> FILES = new LinkedHashMap<>();

  static {
    FILES.put("apple.jpg", APPLE);
    FILES.put("empty", new Content(2, 0));
    FILES.put("one", new Content(3, 1));
    FILES.put("a-name-with-28-bytes-in-it.x", new Content(4, 5_000));
    FILES.put("Ärger-世界.txt", new Content(5, 70_000));
    FILES.put("block", new Content(6, 33_554_432));
    FILES.put("more than a block", new Content(7, 33_554_432 + 12_345));
  }

  @TempDir private Path home;
  private Path share;
  private Path sender;
  private Path receiver;

  @BeforeEach
  void makeFolders() throws IOException {
    share = Files.createDirectory(home.resolve("share"));
    sender = Files.createDirectory(home.resolve("sender"));
    receiver = Files.createDirectory(home.resolve("receiver"));
    for (var file : FILES.entrySet()) {
      file.getValue().writeTo(sender.resolve(file.getKey()));
    }
  }

  @ParameterizedTest
  @CsvSource({"OURS, OURS", "OURS, OLD", "OLD, OURS"})
  void everyFileGoesThereAndBack(Client client, Client serverOf) throws IOException {
    try (Programs.Server server = serve(serverOf)) {
      for (var file : FILES.entrySet()) {
        succeeds(client, client.run(sender, server.port(), "put", file.getKey()));
        Await.until("it is whole", () -> isIn(file.getValue(), share.resolve(file.getKey())));
      }
      for (var file : FILES.entrySet()) {
        succeeds(client, client.run(receiver, server.port(), "get", file.getKey()));
        assertThat(file.getValue().isIn(receiver.resolve(file.getKey()))).isTrue();
      }
      String list = client.run(receiver, server.port(), "list").out();
      assertThat(FILES.keySet()).allSatisfy(name -> assertThat(list).contains(name));
    }
    Report.line(
        "interop: %s client, %s server: %d files there and back, and listed",
        client, serverOf, FILES.size());
  }

  @Test
  void theOldPairPutsAndLists() throws IOException {
    try (Programs.Server server = serve(Client.OLD)) {
      for (var file : FILES.entrySet()) {
        succeeds(Client.OLD, Client.OLD.run(sender, server.port(), "put", file.getKey()));
        Await.until("it is whole", () -> isIn(file.getValue(), share.resolve(file.getKey())));
      }
      assertThat(Client.OLD.run(receiver, server.port(), "list").out()).contains("apple.jpg, ");
    }
  }

  @ParameterizedTest
  @CsvSource({"OURS, OURS", "OURS, OLD", "OLD, OURS"})
  void aTakenNameIsRefusedAndAMissingOneIsNotMade(Client client, Client serverOf)
      throws IOException {
    Content old = new Content(99, 10);
    old.writeTo(share.resolve("apple.jpg"));
    Files.writeString(receiver.resolve("one"), "mine");
    try (Programs.Server server = serve(serverOf)) {
      Shell.Result put = client.run(sender, server.port(), "put", "apple.jpg");
      Shell.Result get = client.run(receiver, server.port(), "get", "nowhere");
      Shell.Result again = client.run(receiver, server.port(), "get", "one");
      assertThat(old.isIn(share.resolve("apple.jpg"))).isTrue();
      assertThat(receiver.resolve("nowhere")).doesNotExist();
      assertThat(receiver.resolve("one")).hasContent("mine");
      if (client == Client.OURS) {
        assertThat(put.exit()).as(put.out()).isEqualTo(6);
        assertThat(get.exit()).as(get.out()).isEqualTo(4);
        assertThat(again.exit()).as(again.out()).isEqualTo(6);
      }
    }
  }

  @Test
  void netcatGetsAndLists() throws IOException {
    Shell.need("nc");
    APPLE.writeTo(share.resolve("apple.jpg"));
    try (Programs.Server server = serve(Client.OURS)) {
      String nc = "nc -N 127.0.0.1 " + server.port();
      assertThat(shell("printf list | " + nc)).isEqualTo("apple.jpg, ");
      var _ = shell("printf get,apple.jpg | " + nc + " | tail -c +5 > got");
      assertThat(APPLE.isIn(receiver.resolve("got"))).isTrue();
      assertThat(shell("printf get,nothing | " + nc)).isEqualTo("cancel");
      assertThat(shell("printf put,file | " + nc)).isEqualTo("cancel");
      assertThat(Journal.visible(share)).containsExactly("apple.jpg");
    }
    Report.line("interop: nc -N lists and gets; a put that ends before pass is refused");
  }

  private String shell(String line) {
    Shell.Result result = Shell.attempt(receiver, "sh", "-c", line);
    assertThat(result.exit()).as(result.out()).isZero();
    return result.out();
  }

  private Programs.Server serve(Client kind) throws IOException {
    return switch (kind) {
      case OURS -> Programs.Ours.serving(share);
      case OLD -> Programs.Old.serving(share);
    };
  }

  /// The old client says by its exit code neither that it was refused nor that it gave up.
  private static void succeeds(Client client, Shell.Result result) {
    assertThat(result.exit()).as("%s: %s", client, result.out()).isZero();
  }

  private static boolean isIn(Content content, Path file) throws IOException {
    return Files.exists(file) && content.isIn(file);
  }
}
