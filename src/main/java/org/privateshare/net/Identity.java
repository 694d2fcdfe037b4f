package org.privateshare.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.privateshare.model.Fingerprint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who the server is: its key and certificates, which may change while it runs.
///
/// Everything is checked when an identity is made, so a server that started has a good one. Files
/// that were given are looked at again when connections come in, at most once a second; when they
/// changed they are read, and what can't be used is logged once and leaves the old ones in place.
/// Thread-safe.
public final class Identity {
  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);
  private static final String FILE = "identity.pem";
  private static final String PIN = "identity.pin";

  private final List<Path> watched;
  private final Seldom looks = new Seldom();
  private List<Stamp> stamps = List.of();
  private String complaint = "";
  private Optional<Path> announced = Optional.empty();

  /// The newest, and what a handshake that runs now may have begun with.
  private Generation current;

  private Generation previous;

  private record Generation(int number, Credentials credentials) {}

  private record Stamp(FileTime modified, long size, Optional<Object> inode) {}

  private Identity(Credentials first, List<Path> watched, List<Stamp> stamps) {
    this.watched = watched;
    this.stamps = stamps;
    this.current = new Generation(0, first);
    this.previous = current;
    warnIfInvalid(first);
  }

  /// The identity kept in a folder, made at the first call: `identity.pem`, mode 0600, with the key
  /// (PKCS#8) and the certificate that it signed itself. The folder is made with mode 0700.
  ///
  /// @throws IOException where the folder or the file is open to others, a symbolic link or damaged
  public static Identity kept(Path folder) throws IOException {
    PrivateFiles.makeFolder(folder);
    Path file = folder.resolve(FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      make(folder, file);
    }
    Credentials kept = Credentials.read(file, file, LinkOption.NOFOLLOW_LINKS);
    return new Identity(kept, List.of(), List.of());
  }

  /// Writes the fingerprint into a folder of mode 0700, now and whenever it changes:
  /// `identity.pin`, one line, mode 0600. By it the same user's client on this machine knows the
  /// server, whatever identity it was given last.
  ///
  /// @throws IOException where that is not possible now; later that is logged
  public synchronized void announce(Path folder) throws IOException {
    PrivateFiles.makeFolder(folder);
    announced = Optional.of(folder);
    writePin(folder, current.credentials());
  }

  private static void writePin(Path folder, Credentials credentials) throws IOException {
    Path staging = folder.resolve(PIN + "." + UUID.randomUUID());
    try {
      PrivateFiles.create(staging, (credentials.fingerprint() + "\n").getBytes(US_ASCII));
      var _ =
          Files.move(
              staging,
              folder.resolve(PIN),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
    } finally {
      var _ = Files.deleteIfExists(staging);
    }
    PrivateFiles.force(folder);
  }

  private static void make(Path folder, Path file) throws IOException {
    Credentials made = SelfSigned.make(Clock.systemUTC());
    Path staging = folder.resolve(FILE + "." + UUID.randomUUID());
    try {
      PrivateFiles.create(staging, Pem.write(made.key(), made.chain().getFirst()));
      // A link never replaces: of two servers that start for the first time, both use one identity.
      var _ = Files.createLink(file, staging);
    } catch (FileAlreadyExistsException theOtherWasFaster) {
      LOG.debug("another server has just made {}", file);
    } finally {
      var _ = Files.deleteIfExists(staging);
    }
    PrivateFiles.force(folder);
  }

  /// The identity in files of the user's own; symbolic links are followed.
  ///
  /// @param chain certificates in PEM form, the server's first
  /// @param key the private key to it, PKCS#8 in PEM form, EC or RSA, open to nobody else
  /// @throws IOException where they can't be used, with the reason and without any key text
  public static Identity ofFiles(Path chain, Path key) throws IOException {
    List<Path> files = List.of(chain, key);
    List<Stamp> stamps = stampsOf(files);
    return new Identity(Credentials.read(chain, key), files, stamps);
  }

  /// What the server is known by now.
  public Fingerprint fingerprint() {
    return newest().credentials().fingerprint();
  }

  /// The name of the newest credentials for a handshake that begins; [#find] knows it as long as
  /// nothing newer but one came.
  String alias() {
    return Integer.toString(newest().number());
  }

  /// Whether the newest key is of this algorithm, `EC` or `RSA`.
  boolean hasKeyOf(String algorithm) {
    return newest().credentials().key().getAlgorithm().equals(algorithm);
  }

  /// The credentials of an alias.
  synchronized Optional<Credentials> find(String alias) {
    for (Generation generation : List.of(current, previous)) {
      if (Integer.toString(generation.number()).equals(alias)) {
        return Optional.of(generation.credentials());
      }
    }
    return Optional.empty();
  }

  private synchronized Generation newest() {
    if (!watched.isEmpty() && looks.isDue()) {
      reloadIfChanged();
    }
    return current;
  }

  private void reloadIfChanged() {
    try {
      List<Stamp> now = stampsOf(watched);
      if (now.equals(stamps) && complaint.isEmpty()) {
        return;
      }
      Credentials fresh = Credentials.read(watched.getFirst(), watched.getLast());
      stamps = now;
      complaint = "";
      previous = current;
      current = new Generation(current.number() + 1, fresh);
      LOG.info("the identity was reloaded: {}", fresh.fingerprint());
      announceAgain(fresh);
      warnIfInvalid(fresh);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(complaint)) {
        LOG.error("the identity stays as it was: {}", reason);
      }
      complaint = reason;
    }
  }

  private void announceAgain(Credentials fresh) {
    try {
      if (announced.isPresent()) {
        writePin(announced.get(), fresh);
      }
    } catch (IOException e) {
      LOG.error("clients on this machine won't know the new identity: {}", e.getMessage());
    }
  }

  private static void warnIfInvalid(Credentials credentials) {
    if (!credentials.isValidAt(Instant.now())) {
      LOG.warn(
          "the certificate is valid from {} to {} only: clients that don't pin the key refuse it",
          credentials.chain().getFirst().getNotBefore().toInstant(),
          credentials.chain().getFirst().getNotAfter().toInstant());
    }
  }

  private static List<Stamp> stampsOf(List<Path> files) throws IOException {
    List<Stamp> stamps = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes there = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(
            new Stamp(
                there.lastModifiedTime(), there.size(), Optional.ofNullable(there.fileKey())));
      } catch (IOException e) {
        throw new IOException("cannot read " + file + ": " + kindOf(e), e);
      }
    }
    return stamps;
  }

  private static String kindOf(IOException e) {
    return e instanceof NoSuchFileException
        ? "it does not exist"
        : Objects.toString(e.getMessage(), "it fails");
  }
}
