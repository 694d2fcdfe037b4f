package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A folder of very many files, listed in a heap of 64 MiB on both sides.
@Tag("load")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LongListingTest {
  private static final int FILES = 50_000;
  private static final int OTHERS = 1_000;
  private static final List<String> HEAP = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

  /// So long that the whole listing is more than both ends, and what lies between them, can buffer.
  private static final String STEM = "x".repeat(200);

  private static List<String> list(int port, String... options) {
    List<String> command = new ArrayList<>(ServerProcess.java());
    command.addAll(HEAP);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", ServerProcess.jar().toString(), "list"));
    command.addAll(List.of(options));
    command.add("127.0.0.1:" + port + "/many/");
    return command;
  }

  private static void make(Path folder, String name, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path _ = Files.createFile(folder.resolve(name + i));
    }
  }

  @Test
  void itComesFromTheFirstLineOnWhileFilesComeAndGo() throws Exception {
    try (Mount memory = Mount.tmpfs("size=1g,nr_inodes=0")) {
      Path share = memory.folder("share");
      Path many = Files.createDirectory(share.resolve("many"));
      make(many, "goes", OTHERS);
      make(many, STEM, FILES);
      try (ServerProcess server =
          ServerProcess.Setup.of(share).asLaunched(HEAP.toArray(String[]::new)).start()) {
        Process client = Shell.builder(Path.of("."), list(server.port())).start();
        List<String> names = new ArrayList<>();
        try (BufferedReader lines = client.inputReader()) {
          names.add(lines.readLine());
          // Nobody reads on, so the server is still in the midst of it.
          assertThat(server.log()).doesNotContain(": listed");
          for (int i = 0; i < OTHERS; i++) {
            Files.delete(many.resolve("goes" + i));
          }
          make(many, "comes", OTHERS);
          lines.lines().forEach(names::add);
        }
        assertThat(Shell.exitCode(client)).isZero();
        Await.until("the server is done, too", () -> server.log().contains(": listed"));
        requireEachOnce(names);
        requireSorted(server);
      }
    }
  }

  private static void requireEachOnce(List<String> names) {
    Set<String> seen = new HashSet<>();
    assertThat(names).allMatch(seen::add);
    assertThat(IntStream.range(0, FILES).mapToObj(i -> STEM + i)).allMatch(seen::contains);
    Pattern passing = Pattern.compile("(?:goes|comes)[0-9]{1,3}");
    assertThat(names).allMatch(name -> name.startsWith(STEM) || passing.matcher(name).matches());
  }

  /// What has to be held till all have come fits as well.
  private static void requireSorted(ServerProcess server) {
    String[] sorted = list(server.port(), "--sort", "name").toArray(String[]::new);
    List<String> names = Shell.run(sorted).lines().toList();
    assertThat(names).hasSize(FILES + OTHERS).isSorted().startsWith("comes0");
  }
}
