package org.privateshare.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.privateshare.client.http.Deadlines;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.NotTls;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Tls;
import org.privateshare.client.http.TlsProbe;
import org.privateshare.client.http.Trust;
import org.privateshare.model.Refusal;

/// Finds the way to a share: which protocol, whom to trust, which key. The rules, in
/// `docs/client.md` too, come down to one: where an identity is known, nothing weaker is ever
/// tried.
public final class Places {
  private final Known known;
  private final Deadlines limits;

  /// Ways that start from what is known.
  public Places(Known known) {
    this(known, Deadlines.USUAL);
  }

  Places(Known known, Deadlines limits) {
    this.known = known;
    this.limits = limits;
  }

  /// The share at `place`. The caller closes it.
  ///
  /// @throws Refusal.Missing where there is no such alias
  /// @throws Refusal.Denied where a login has to come first
  /// @throws org.privateshare.client.http.UntrustedServer where another server than the known one
  ///   is there
  public Remote open(Place place) throws Refusal, IOException {
    return switch (place) {
      case Place.Saved(var alias) -> saved(alias);
      case Place.Url url when url.secure() -> secure(url.origin());
      case Place.Url url -> new HttpRemote(HttpClient.plain(url.origin(), limits));
      case Place.Classic(var origin) -> new ClassicRemote(origin.host(), origin.port());
      case Place.Host(var origin) -> whateverIsAt(origin);
    };
  }

  private Remote saved(String name) throws Refusal, IOException {
    Alias alias = known.aliases().named(name).orElseThrow(() -> Refusal.Missing.alias(name));
    return pinned(alias.origin(), alias.credential());
  }

  private Remote secure(Origin origin) throws IOException {
    Optional<Credential> credential = credentialFor(origin);
    return credential.isPresent()
        ? pinned(origin, credential.get())
        : new HttpRemote(HttpClient.secure(origin, Tls.of(new Trust.Authorities()), limits));
  }

  private Remote whateverIsAt(Origin origin) throws Refusal, IOException {
    Optional<Alias> alias = known.aliases().at(origin);
    if (alias.isPresent()) {
      return pinned(origin, alias.get().credential());
    }
    Optional<Credential> here = here(origin);
    if (here.isPresent()) {
      return ours(origin, here.get());
    }
    if (TlsProbe.speaksTls(origin, limits)) {
      throw new Refusal.Denied("the server at " + origin + " is one that you haven't logged in to");
    }
    return new ClassicRemote(origin.host(), origin.port());
  }

  /// On this machine our own server is expected, or one of 2020: nobody can come in between.
  private Remote ours(Origin origin, Credential credential) throws IOException {
    HttpClient client = HttpClient.secure(origin, Tls.of(credential.trust()), limits);
    try {
      client.connect();
      return new HttpRemote(client, credential.key());
    } catch (NotTls e) {
      return new ClassicRemote(origin.host(), origin.port());
    }
  }

  private Remote pinned(Origin origin, Credential credential) {
    return new HttpRemote(
        HttpClient.secure(origin, Tls.of(credential.trust()), limits), credential.key());
  }

  /// What is known of the server at `origin`; empty for a stranger.
  public Optional<Credential> credentialFor(Origin origin) throws IOException {
    Optional<Alias> alias = known.aliases().at(origin);
    return alias.isPresent() ? alias.map(Alias::credential) : here(origin);
  }

  private Optional<Credential> here(Origin origin) throws IOException {
    return isHere(origin.host()) ? known.here() : Optional.empty();
  }

  private static boolean isHere(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
