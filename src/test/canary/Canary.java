package org.privateshare.canary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Code that must not compile here: each mistake names the check that has to find it.
@NullMarked
final class Canary {
  String unset; // expect NullAway

  String returnsNull() {
    return null; // expect NullAway
  }

  int usesWhatMayBeNull(@Nullable String text) {
    return text.length(); // expect NullAway
  }

  void passesNull() {
    var _ = usesPath(null); // expect NullAway
  }

  void ignoresOurOwnResult(Path path) {
    usesPath(path); // expect CheckReturnValue
  }

  void ignoresAShortWrite(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    channel.write(bytes); // expect CheckReturnValue
  }

  void ignoresAPureResult(String text) {
    text.trim(); // expect ReturnValueIgnored
  }

  void ignoresAFailureToCome(ExecutorService threads, Runnable work) {
    threads.submit(work); // expect FutureReturnValueIgnored
  }

  private static Path usesPath(Path path) {
    return path.getFileName() == null ? path : path.toAbsolutePath();
  }
}
