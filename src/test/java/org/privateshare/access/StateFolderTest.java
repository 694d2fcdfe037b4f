package org.privateshare.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client needs of this package costs it no library.
final class StateFolderTest {
  @TempDir Path temp;

  @Test
  void theOwnerKeyIsFoundWithoutAnyLibrary()
      throws IOException, URISyntaxException, InterruptedException {
    StateFolder state = new StateFolder(temp.resolve("state"));
    Access access = Access.open(state, new SteppableClock());
    String bare =
        String.join(
            System.getProperty("path.separator"),
            home(StateFolder.class),
            home(StateFolderTest.class));
    Process process = KeyProcess.java(bare, StateFolderTest.class, state.path());
    try (var said = process.inputReader(StandardCharsets.US_ASCII)) {
      assertThat(said.readLine()).isEqualTo(access.ownerKey());
    }
    assertThat(process.waitFor()).isZero();
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /// Another process, with nothing but our own classes on its path.
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    out.println(new StateFolder(Path.of(arguments[0])).ownerKey().orElseThrow());
  }
}
