package org.privateshare.cli;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.client.RemoteKeys;
import org.privateshare.model.Refusal;

/// Whose keys a command is about: those of this user's own servers, or with `--on` another's.
final class KeysOf {
  private final Given<String> on;

  KeysOf(Syntax syntax) {
    this.on =
        syntax.text("TARGET", "Ask this server, with a key that has the admin right.", "--on");
  }

  /// The server that was asked for; empty for this user's own, without asking it.
  Optional<Target> target(UserState state) throws Mistake {
    return on.isThere()
        ? Optional.of(wholeShare(state.target(on.value().orElseThrow())))
        : Optional.empty();
  }

  private Target wholeShare(Target target) throws Mistake {
    if (!target.path().isRoot()) {
      throw new Mistake("keys are a whole server's: --on takes no path");
    }
    return target;
  }

  /// What messages call the server; who is asked is [#keys].
  FarEnd farEnd(UserState state) throws Mistake {
    Optional<Target> target = target(state);
    return target.isPresent() ? state.farEnd(target.get()) : FarEnd.HERE;
  }

  /// The keys.
  RemoteKeys keys(Shell shell, FarEnd far) throws Refusal, IOException {
    return on.isThere() ? RemoteKeys.of(far.open()) : LocalKeys.of(shell.state());
  }
}
