package org.privateshare.client;

import java.io.IOException;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// All below a folder of a share at once. Obligations as for [Remote].
public interface RemoteTree {
  /// `remote` as one that shows trees.
  ///
  /// @throws Refusal.Denied where its protocol has no words for it
  static RemoteTree of(Remote remote) throws Refusal.Denied {
    return Ability.of(remote, RemoteTree.class, "list what is below a folder");
  }

  /// Hands over all below a folder one by one, as it comes, in the far end's order but for this: a
  /// folder comes before what is in it, and all that is in it before anything that isn't. Returns
  /// how many were left out because their names are none at all. Ends early where `entries` throws.
  ///
  /// @param digests whether to ask for the CRC-32C of the files, for which the far end may have to
  ///   read them; one that it can't read comes without
  /// @throws Refusal.Missing where there is no such folder
  long list(SharePath folder, boolean digests, Consumer<Listed> entries)
      throws Refusal, IOException;
}
