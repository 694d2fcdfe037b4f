package org.privateshare.client;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Many files of a folder in one request. Obligations as for [Remote].
public interface RemoteArchives {
  /// What `remote` can do with folders.
  ///
  /// @throws Refusal.Denied where its protocol has no words for it
  static RemoteArchives of(Remote remote) throws Refusal.Denied {
    return Ability.of(remote, RemoteArchives.class, "send or bring folders");
  }

  /// Sends files and folders into `folder`, which is made where it lacks. Returns when all of
  /// `parcels` were acknowledged.
  ///
  /// @throws Refusal where the far end takes no more of them, whatever they are
  void unpack(SharePath folder, IfTaken ifTaken, Parcels parcels) throws Refusal, IOException;

  /// Brings files of `folder`, each whole or not at all, in any order. Returns when something was
  /// said of each.
  ///
  /// @param wanted files below the folder, as they were listed, each with its size
  void fetch(SharePath folder, List<Listed> wanted, Arrivals arrivals) throws Refusal, IOException;

  /// What is brought. One thread.
  interface Arrivals {
    /// Told that so many bytes of files have come.
    void moved(long bytes);

    /// Takes a file that has come whole, with the sum that the far end has said.
    void arrived(Listed wanted, Parcel parcel) throws IOException;

    /// Told that a file doesn't come.
    void failed(Listed wanted, Refusal why);
  }

  /// What is sent, in its order. One thread.
  interface Parcels {
    /// What is sent next; empty at the end.
    Optional<Parcel> next();

    /// Told that so many bytes of files have gone over.
    void moved(long bytes);

    /// Told what has become of the first that nothing was said of yet.
    void settled(Verdict verdict);
  }

  /// What has become of a file or folder that was sent.
  sealed interface Verdict {
    /// It is there, for good.
    ///
    /// @param digest of a file's bytes, as both ends have computed it
    record Stored(Optional<Digest> digest) implements Verdict {}

    /// The very same was there.
    record Unchanged() implements Verdict {}

    /// It is not there.
    record Refused(Refusal why) implements Verdict {}
  }
}
