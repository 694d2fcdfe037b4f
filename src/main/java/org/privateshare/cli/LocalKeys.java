package org.privateshare.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.privateshare.access.Access;
import org.privateshare.access.Capability;
import org.privateshare.access.Grant;
import org.privateshare.access.IssuedKey;
import org.privateshare.access.KeyId;
import org.privateshare.access.Scope;
import org.privateshare.access.StateFolder;
import org.privateshare.access.Terms;
import org.privateshare.client.RemoteKeys;
import org.privateshare.model.Refusal;

/// The keys of this user's servers, by way of the state folder: no server needs to run. All is done
/// with the owner key, which whoever can read the folder has anyway.
final class LocalKeys implements RemoteKeys {
  private final Access access;

  private LocalKeys(Access access) {
    this.access = access;
  }

  /// The keys kept in `state`.
  ///
  /// @throws Refusal.Denied where no server of this user ever ran, so that there are none
  static LocalKeys of(StateFolder state) throws Refusal.Denied, IOException {
    if (!state.isInUse()) {
      throw new Refusal.Denied(
          "there is no keyring in "
              + state.path()
              + ": no server of yours has run here; --on asks a server elsewhere");
    }
    return new LocalKeys(Access.open(state, InstantSource.system()));
  }

  private Grant owner() throws Refusal.Denied, IOException {
    return access.authenticate(access.ownerKey());
  }

  @Override
  public Issued issue(Wish wish) throws Refusal, IOException {
    Terms terms =
        Terms.of(
            wish.label(),
            wish.rights(),
            Scope.parse(wish.path()),
            wish.expires().orElse(Terms.NEVER),
            wish.link());
    IssuedKey issued = access.issue(owner(), terms);
    return new Issued(known(issued.capability()), issued.text());
  }

  @Override
  public void keys(Consumer<Known> keys) throws Refusal, IOException {
    access.keys(owner()).stream().map(LocalKeys::known).forEach(keys);
  }

  @Override
  public void revoke(String id) throws Refusal, IOException {
    access.revoke(owner(), KeyId.parse(id));
  }

  /// A new secret for new keys; old keys stay good.
  void rotate() throws Refusal, IOException {
    access.rotate(owner());
  }

  /// A new secret, and no key is good any more but a new owner key.
  void renew() throws Refusal, IOException {
    access.renew(owner());
  }

  private static Known known(Capability key) {
    List<KeyId> ancestors = key.ancestors();
    Terms terms = key.terms();
    return new Known(
        key.id().text(),
        ancestors.isEmpty() ? Optional.empty() : Optional.of(ancestors.getLast().text()),
        key.issued(),
        new Wish(
            terms.label(),
            terms.rights(),
            terms.scope().toString(),
            terms.expires().equals(Terms.NEVER) ? Optional.empty() : Optional.of(terms.expires()),
            terms.isLink()));
  }
}
