package org.privateshare.client;

import java.io.IOException;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;

/// The uploads that a share keeps to be gone on with. Obligations as for [Remote].
public interface RemoteUploads {
  /// The uploads of `remote`.
  ///
  /// @throws Refusal.Denied where its protocol has no words for them
  static RemoteUploads of(Remote remote) throws Refusal.Denied {
    return Ability.of(remote, RemoteUploads.class, "go on with uploads");
  }

  /// Hands over those that this caller's key may see, one by one, the oldest first. Ends early
  /// where `uploads` throws.
  void uploads(Consumer<Unfinished> uploads) throws Refusal, IOException;

  /// Drops one with what came of it.
  ///
  /// @throws Refusal.Missing where there is none that the key may see
  void dropUpload(String id) throws Refusal, IOException;
}
