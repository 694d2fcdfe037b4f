package org.privateshare.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Fingerprint;

/// What a client needs of this package costs it no library.
final class StateFolderTest {
  private static final String PIN = "sha256//XnLxJXKEPNSloZpKpIwsOt2N8OnomX0vXkhUemYaE6U=";

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

  @Test
  void theServersIdentityIsReadToTheLetter() throws IOException {
    StateFolder state = new StateFolder(temp.resolve("state"));
    assertThat(state.identity()).isEmpty();
    new PrivateFolder(state.path()).create();
    assertThat(state.identity()).isEmpty();
    for (String good : List.of(PIN, PIN + "\n")) {
      new PrivateFolder(state.path()).replace("identity.pin", good.getBytes(UTF_8));
      assertThat(state.identity()).map(Fingerprint::toString).contains(PIN);
    }
    for (String bad : List.of("", "sha256//", PIN + "x", PIN + "\n" + PIN)) {
      new PrivateFolder(state.path()).replace("identity.pin", bad.getBytes(UTF_8));
      assertThatThrownBy(state::identity)
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("identity.pin holds no fingerprint");
    }
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
