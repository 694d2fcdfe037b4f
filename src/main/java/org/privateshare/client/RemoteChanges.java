package org.privateshare.client;

import java.io.IOException;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Changes of names in a share. Obligations as for [Remote].
public interface RemoteChanges {
  /// What `remote` can change.
  ///
  /// @throws Refusal.Denied where its protocol has no words for it
  static RemoteChanges of(Remote remote) throws Refusal.Denied {
    return Ability.of(remote, RemoteChanges.class, "remove, rename or make folders");
  }

  /// Removes a file, which goes into the history, or an empty folder.
  void remove(SharePath path) throws Refusal, IOException;

  /// Removes a folder with all below it; the files go into the history.
  ///
  /// @throws Refusal.NotEmpty where something came meanwhile, or is in it that isn't shown; the
  ///   rest is gone by then
  void removeTree(SharePath folder) throws Refusal, IOException;

  /// Whether there is such a folder.
  boolean isFolder(SharePath path) throws Refusal, IOException;

  /// Gives a file or folder another name, in another folder if need be.
  ///
  /// @throws Refusal.Taken where `to` is taken; nothing is ever overwritten
  void move(SharePath from, SharePath to) throws Refusal, IOException;

  /// Makes a folder in a folder that is there.
  void makeFolder(SharePath folder) throws Refusal, IOException;
}
