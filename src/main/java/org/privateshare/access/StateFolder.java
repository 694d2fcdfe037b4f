package org.privateshare.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.privateshare.model.Fingerprint;

/// Where a user's privateshare keeps what outlives a run: the owner key and the server's
/// fingerprint in it.
///
/// Free of JSON and signatures: a client that only looks for the owner key starts quickly.
///
/// @param path the folder, made 0700 by the first server that starts
public record StateFolder(Path path) {
  private static final String OWNER_KEY = "owner.key";

  /// Written by the server's listener; see `docs/tls.md`.
  private static final String PIN = "identity.pin";

  private static final int MAX_BYTES = 8_192;

  /// The default by the XDG Base Directory Specification 0.8: `$XDG_STATE_HOME/privateshare`, or
  /// `~/.local/state/privateshare` where the variable is unset, empty or not absolute.
  public static StateFolder of(Map<String, String> environment, Path home) {
    Path named = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
    Path base = named.isAbsolute() ? named : home.resolve(".local/state");
    return new StateFolder(base.resolve("privateshare"));
  }

  /// The file that has the owner key, on one line.
  public Path ownerKeyFile() {
    return path.resolve(OWNER_KEY);
  }

  /// The key with which the owner's own programs reach the servers that this user runs; empty where
  /// no server ever started. Not verified here: the server does that.
  ///
  /// @throws IOException where the folder or the file isn't private (see [PrivateFolder]) or can't
  ///   be read
  public Optional<String> ownerKey() throws IOException {
    return line(OWNER_KEY);
  }

  /// What the server that this user started last is known by; empty where none ever started.
  ///
  /// @throws IOException where the folder or the file isn't private or can't be read, or holds
  ///   something else
  public Optional<Fingerprint> identity() throws IOException {
    Optional<String> line = line(PIN);
    Optional<Fingerprint> identity = line.flatMap(Fingerprint::parse);
    if (line.isPresent() && identity.isEmpty()) {
      throw new IOException(path.resolve(PIN) + " holds no fingerprint");
    }
    return identity;
  }

  private Optional<String> line(String name) throws IOException {
    PrivateFolder folder = new PrivateFolder(path);
    try {
      folder.require();
      return Optional.of(new String(folder.read(name, MAX_BYTES), StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Whether a server of this user ever kept keys here. What is there may still be unusable.
  public boolean isInUse() {
    PrivateFolder folder = new PrivateFolder(path);
    return folder.has(OWNER_KEY) || folder.has(KeyringFile.KEYRING);
  }

  /// Makes the file say this key.
  void ownerKey(String key) throws IOException {
    if (!ownerKey().equals(Optional.of(key))) {
      byte[] line = (key + "\n").getBytes(StandardCharsets.UTF_8);
      new PrivateFolder(path).replace(OWNER_KEY, line);
    }
  }
}
