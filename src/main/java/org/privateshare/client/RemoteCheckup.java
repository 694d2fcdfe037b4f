package org.privateshare.client;

import java.io.IOException;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Finds out what works with a share. Obligations as for [Remote].
public interface RemoteCheckup {
  /// The checks of `remote`.
  ///
  /// @throws Refusal.Denied where its protocol has no words for it
  static RemoteCheckup of(Remote remote) throws Refusal.Denied {
    return Ability.of(remote, RemoteCheckup.class, "be examined: it has one word for every no");
  }

  /// Tries what the key may do in a folder and tells each finding as it comes. Nothing is left
  /// behind: a few MiB are sent for an upload that is never finished, and dropped.
  ///
  /// @throws IOException where there is no connection at all
  void examine(SharePath folder, Consumer<Finding> findings) throws Refusal, IOException;
}
