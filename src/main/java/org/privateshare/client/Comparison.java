package org.privateshare.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Tells whether a file here and one in a share have the same bytes, without moving them: by size
/// and CRC-32C, or where the share doesn't know that sum, by SHA-256.
public record Comparison(Remote remote) {
  /// Has the share prove that it holds the bytes of a file here: it reads them for SHA-256. Returns
  /// that sum.
  ///
  /// @throws Refusal.Missing where there is no such file
  /// @throws Refusal.Mismatch where it has other bytes, or the share proves nothing
  public Digest verify(Path local, SharePath there) throws Refusal, IOException {
    try (LocalFile file = LocalFile.open(local, Memory.NONE)) {
      RemoteFile found =
          remote
              .find(there, Digest.Algorithm.SHA_256)
              .orElseThrow(() -> new Refusal.Missing(there));
      if (found.size() != file.length()) {
        throw new Refusal.Mismatch(
            "the file there has " + found.size() + " bytes, the one here " + file.length());
      }
      Digest theirs =
          found
              .digest()
              .orElseThrow(() -> new Refusal.Mismatch("the server doesn't say what it holds"));
      if (!theirs.equals(file.sum(Digest.Algorithm.SHA_256))) {
        throw new Refusal.Mismatch("the file there has other bytes than the one here");
      }
      return theirs;
    }
  }

  /// Whether they are the same; not where the share doesn't let us know.
  boolean same(Path local, SharePath there) throws Refusal, IOException {
    try (LocalFile file = LocalFile.open(local, Memory.NONE)) {
      for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
        Optional<RemoteFile> found = remote.find(there, algorithm);
        if (found.isEmpty() || found.get().size() != file.length()) {
          return false;
        }
        if (found.get().digest().isPresent()) {
          return found.get().digest().get().equals(file.sum(algorithm));
        }
      }
      return false;
    } catch (Refusal.Denied e) {
      return false;
    }
  }
}
