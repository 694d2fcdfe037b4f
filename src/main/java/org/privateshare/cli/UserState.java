package org.privateshare.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.Alias;
import org.privateshare.client.Aliases;
import org.privateshare.client.Credential;
import org.privateshare.client.HttpRemote;
import org.privateshare.client.Known;
import org.privateshare.client.Place;
import org.privateshare.client.Places;
import org.privateshare.client.Remote;
import org.privateshare.client.http.Deadlines;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Tls;
import org.privateshare.client.http.Trust;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;

/// What this user's machine knows about servers, and so what a target means to this user: the
/// aliases, the servers of the user's own, and `PRIVATESHARE_KEY`. Each is looked at once a run.
final class UserState implements Known {
  private static final String VARIABLE = "PRIVATESHARE_KEY";

  private final Shell shell;
  private @Nullable Aliases aliases;

  UserState(Shell shell) {
    this.shell = shell;
  }

  /// Reads a target as this user means it.
  Target target(String text) throws Mistake {
    return Target.parse(text, known());
  }

  /// The aliases, for reading a command line with.
  Aliases known() throws Mistake {
    try {
      return aliases();
    } catch (IOException e) {
      throw new Mistake(ExitCode.NOT_ALLOWED, Printable.escape(String.valueOf(e.getMessage())));
    }
  }

  /// Reads a target that is not the share itself.
  Target targetInside(String text) throws Mistake {
    Target target = target(text);
    if (target.path().isRoot()) {
      throw new Mistake(Paths.shown(text) + " is a whole share; what is meant in it?");
    }
    return target;
  }

  /// The share that a target is in. The caller closes it.
  FarEnd farEnd(Target target) throws Mistake {
    Invitation given = given();
    if (given.key().isEmpty() || target.place() instanceof Place.Classic) {
      return new FarEnd(target.share(), () -> new Places(this).open(target.place()));
    }
    String key = given.key().get();
    return new FarEnd(target.share(), () -> open(target.place(), key, given));
  }

  private Remote open(Place place, String key, Invitation given) throws Refusal, IOException {
    Origin origin = origin(place);
    if (place instanceof Place.Url(var secure, var _) && !secure) {
      return new HttpRemote(HttpClient.plain(origin, Deadlines.USUAL), key);
    }
    Trust trust =
        given.server().isPresent()
            ? new Trust.Pinned(given.server().get())
            : trust(place).orElseGet(Trust.Authorities::new);
    return new HttpRemote(HttpClient.secure(origin, Tls.of(trust), Deadlines.USUAL), key);
  }

  /// Where a place is.
  ///
  /// @throws Refusal.Missing where it is no alias any more
  Origin origin(Place place) throws Refusal.Missing, IOException {
    return switch (place) {
      case Place.Saved(var name) -> alias(name).origin();
      case Place.Url(var _, var origin) -> origin;
      case Place.Classic(var origin) -> origin;
      case Place.Host(var origin) -> origin;
    };
  }

  /// How the server at a place is recognised, where that is known.
  Optional<Trust> trust(Place place) throws Refusal, IOException {
    return new Places(this).credentialFor(origin(place)).map(Credential::trust);
  }

  /// Whether both mean one server, as far as names tell.
  boolean isSameShare(Place one, Place other) throws Mistake {
    try {
      return origin(one).equals(origin(other));
    } catch (Refusal | IOException e) {
      throw new Mistake(ExitCode.of(e), String.valueOf(e.getMessage()));
    }
  }

  private Alias alias(String name) throws Refusal.Missing, IOException {
    return aliases().named(name).orElseThrow(() -> Refusal.Missing.alias(name));
  }

  @Override
  public Aliases aliases() throws IOException {
    Aliases known = aliases;
    if (known == null) {
      known = file().read();
      aliases = known;
    }
    return known;
  }

  /// Where the aliases are kept.
  AliasFile file() {
    return new AliasFile(shell.state().path());
  }

  @Override
  public Optional<Credential> here() throws IOException {
    Optional<Fingerprint> identity = shell.state().identity();
    Optional<String> key = shell.state().ownerKey();
    return identity.isPresent() && key.isPresent()
        ? Optional.of(new Credential(new Trust.Pinned(identity.get()), key.get()))
        : Optional.empty();
  }

  /// What the environment says.
  private Invitation given() throws Mistake {
    Invitation given = Invitation.parse(shell.environment().getOrDefault(VARIABLE, ""));
    if (given.key().isEmpty() && given.server().isPresent()) {
      throw new Mistake(VARIABLE + " has a fingerprint, but no key before it");
    }
    return given;
  }
}
