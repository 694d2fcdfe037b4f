package org.privateshare.client;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;

/// The keys that a share lets people in with; see `docs/keys.md`. Obligations as for [Remote].
public interface RemoteKeys {
  /// The keys of `remote`.
  ///
  /// @throws Refusal.Denied where its protocol has no words for it
  static RemoteKeys of(Remote remote) throws Refusal.Denied {
    return Ability.of(remote, RemoteKeys.class, "make, show or revoke keys");
  }

  /// What a new key shall say. The far end checks it.
  ///
  /// @param label how people call it
  /// @param rights what its holder may do
  /// @param path what it reaches: `/` for all, `inbox/` a folder, `inbox/a.txt` a file
  /// @param expires the first second at which it is dead; empty for never
  /// @param link whether it may stand in the query of a URL
  record Wish(String label, Rights rights, String path, Optional<Instant> expires, boolean link) {}

  /// A key as the far end knows it; its text is not among that.
  ///
  /// @param id tells it from the others
  /// @param parent the key that it was made from; empty for the owner's
  /// @param issued when it was made
  /// @param terms what it says
  record Known(String id, Optional<String> parent, Instant issued, Wish terms) {}

  /// A key that was just made.
  ///
  /// @param known what the far end knows of it
  /// @param text the key itself, which is never shown again
  record Issued(Known known, String text) {}

  /// Makes a key out of our own.
  Issued issue(Wish wish) throws Refusal, IOException;

  /// Hands over our own key and those made from it. Ends early where `keys` throws.
  void keys(Consumer<Known> keys) throws Refusal, IOException;

  /// Ends a key and all made from it.
  ///
  /// @throws Refusal.Missing where there is none of this id
  void revoke(String id) throws Refusal, IOException;
}
