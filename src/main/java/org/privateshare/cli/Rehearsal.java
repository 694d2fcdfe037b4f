package org.privateshare.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What `./privateshare` runs once after it has built, against a server of its own: every kind of
/// transfer in one process, so that the virtual machine can keep the classes they need, loaded and
/// linked, for the start of all later commands. Then the file again and again, so that the server
/// also keeps which of its code is hot. Ends as the first command that fails does.
public final class Rehearsal {
  private static final int REQUESTS = 10_000;

  /// Enough small files for the code on their way to be known as hot.
  private static final int FILES = 1_500;

  private static final int FILES_A_FOLDER = 50;

  /// The build doesn't wait longer for them, on a busy machine.
  private static final Duration AT_MOST = Duration.ofSeconds(8);

  private Rehearsal() {}

  /// Takes where the server is, a file to put, and where to bring it back to. A folder is made, and
  /// brought back to, beside these.
  public static void main(String[] arguments) throws Mistake, Refusal, IOException {
    String share = arguments[0];
    String file = arguments[1];
    String name = file.substring(file.lastIndexOf('/') + 1);
    Path tree = Files.createDirectory(Path.of(file + ".tree"));
    plant(tree);
    String treeName = String.valueOf(tree.getFileName());
    List<List<String>> lines =
        List.of(
            List.of("put", file, share),
            List.of("list", share),
            List.of("get", name, share, "-o", arguments[2]),
            List.of("put", tree.toString(), share),
            List.of("put", "--replace", tree.toString(), share),
            List.of("list", "-r", share),
            List.of("get", treeName, share, "-o", arguments[2] + ".tree"));
    Shell shell = Shell.ofProcess();
    for (List<String> line : lines) {
      int exit = Privateshare.run(shell, line.toArray(String[]::new));
      if (exit != ExitCode.DONE.number()) {
        System.exit(exit);
      }
    }
    getOften(new UserState(shell), share, SharePath.parse(name));
    shell.out().flush();
  }

  private static void plant(Path tree) throws IOException {
    byte[] content = new byte[4_096];
    for (int i = 0; i < FILES; i++) {
      Path folder = tree.resolve("folder-" + i / FILES_A_FOLDER);
      if (i % FILES_A_FOLDER == 0) {
        var _ = Files.createDirectory(folder);
      }
      var _ = Files.write(folder.resolve("file-" + i), content);
    }
  }

  private static void getOften(UserState user, String share, SharePath file)
      throws Mistake, Refusal, IOException {
    try (FarEnd server = user.farEnd(user.target(share))) {
      long begin = System.nanoTime();
      for (int i = 0; i < REQUESTS && System.nanoTime() - begin < AT_MOST.toNanos(); i++) {
        var _ = server.get(file, bytes -> bytes.position(bytes.limit()), (_, _) -> {});
      }
    }
  }
}
