package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that sends a file and goes on by itself when it is cut off.
enum Sender {
  /// tus-js-client in node.
  TUS_JS {
    @Override
    List<String> command(ServerProcess server, int port, Path file, String name) {
      String endpoint = "https://127.0.0.1:" + port + "/.privateshare/uploads";
      return node(file, endpoint, name);
    }
  },

  /// curl in a loop of the shell that follows the server's advice.
  CURL {
    @Override
    List<String> command(ServerProcess server, int port, Path file, String name)
        throws IOException {
      String loop = Path.of("src/it/sh/put-on.sh").toAbsolutePath().toString();
      List<String> command = new ArrayList<>(List.of(loop, file.toString()));
      command.add("https://127.0.0.1:" + port + "/" + name);
      command.addAll(List.of("-k", "--pinnedpubkey", server.fingerprint()));
      command.addAll(List.of("-u", ":" + server.ownerKey()));
      return command;
    }
  },

  /// `privateshare put`.
  OURS {
    @Override
    List<String> command(ServerProcess server, int port, Path file, String name) {
      return ours("put", "-j", "1", file.toString(), "https://127.0.0.1:" + port + "/" + name);
    }
  },

  /// `privateshare put` over several connections at once.
  OURS_BESIDE {
    @Override
    List<String> command(ServerProcess server, int port, Path file, String name) {
      return ours("put", "-j", "4", file.toString(), "https://127.0.0.1:" + port + "/" + name);
    }
  };

  /// A command that sends a file under a name.
  ///
  /// @param port where the server is reached
  abstract List<String> command(ServerProcess server, int port, Path file, String name)
      throws IOException;

  /// Our program with these words.
  static List<String> ours(String... words) {
    List<String> command = new ArrayList<>(ServerProcess.java());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", ServerProcess.jar().toString()));
    command.addAll(List.of(words));
    return command;
  }

  /// tus-js-client on an upload that somebody has begun.
  static List<String> tusAt(Path file, String url) {
    return node(file, "--at", url);
  }

  private static List<String> node(Path file, String where, String what) {
    String program = Path.of("src/it/node/upload.cjs").toAbsolutePath().toString();
    return List.of("node", program, file.toString(), where, what);
  }

  /// Starts such a command in a folder, in which tus-js-client also keeps what it remembers.
  static Process start(List<String> command, Path folder) throws IOException {
    ProcessBuilder builder = Shell.builder(folder, command);
    if (command.getFirst().equals("node")) {
      Path modules = Path.of("target/node/node_modules").toAbsolutePath();
      if (!Files.isDirectory(modules.resolve("tus-js-client"))) {
        throw new AssertionError("no tus-js-client in " + modules + "; ./check installs it");
      }
      builder.environment().put("NODE_PATH", modules.toString());
      builder
          .environment()
          .put(
              "NODE_EXTRA_CA_CERTS", Shell.state().resolve("privateshare/identity.pem").toString());
      builder.environment().put("PRIVATESHARE_KEY", RawHttps.ownerKey());
      builder.environment().put("UPLOADS", folder.resolve("uploads.json").toString());
    }
    return builder.start();
  }

  /// Kills a program and what it has started.
  static void kill(Process program) {
    program.descendants().forEach(ProcessHandle::destroyForcibly);
    program.destroyForcibly();
  }
}
