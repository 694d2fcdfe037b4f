package org.privateshare.client;

import java.io.IOException;
import java.util.function.Consumer;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The old versions that a share keeps of what was replaced or removed. Obligations as for
/// [Remote].
public interface RemoteHistory {
  /// The history of `remote`.
  ///
  /// @throws Refusal.Denied where its protocol has no words for it
  static RemoteHistory of(Remote remote) throws Refusal.Denied {
    return Ability.of(remote, RemoteHistory.class, "show or restore old versions");
  }

  /// Hands over the old versions of the file `path`, or of all below the folder `path`, one by one
  /// in the far end's order. Ends early where `versions` throws.
  void history(SharePath path, Consumer<OldVersion> versions) throws Refusal, IOException;

  /// Brings the old version `id` of `path` back as the file `to`.
  ///
  /// @throws Refusal.Taken where `to` is taken
  void restore(SharePath path, String id, SharePath to) throws Refusal, IOException;
}
