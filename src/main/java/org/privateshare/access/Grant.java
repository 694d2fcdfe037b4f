package org.privateshare.access;

import java.util.Optional;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;

/// What one request may do: a key that [Access] found to be genuine and alive a moment ago. Only
/// `Access` makes these. Good for one request; a revocation shows at the next one.
public final class Grant {
  private final Capability key;
  private final Optional<Capability> session;

  private Grant(Capability key, Optional<Capability> session) {
    this.key = key;
    this.session = session;
  }

  Grant(Capability key) {
    this(key, Optional.empty());
  }

  /// A session's: it acts as the key that opened it.
  static Grant ofSession(Capability session) {
    return new Grant(session.parent(), Optional.of(session));
  }

  /// The session where it isn't the key itself that was shown.
  Optional<Capability> session() {
    return session;
  }

  /// Whether it is a session's.
  public boolean isSession() {
    return session.isPresent();
  }

  /// What the key says; of a session's, what it says itself, under the name of its key.
  public Capability capability() {
    return key;
  }

  /// The key's id.
  public KeyId id() {
    return key.id();
  }

  /// The name under which logs know the caller.
  public String label() {
    return key.terms().label();
  }

  /// Whether the key may stand in the query of a URL, where histories and logs see it: true for
  /// links. The door takes it from there for GET and HEAD only.
  public boolean mayTravelInQuery() {
    return key.terms().isLink();
  }

  /// Whether the key allows that at that path. A key for a folder may list and read the folder and
  /// everything below, and change everything below, but not the folder itself.
  public boolean permits(Right right, SharePath path) {
    return key.terms().rights().contains(right) && reaches(right, path);
  }

  private boolean reaches(Right right, SharePath path) {
    Scope scope = key.terms().scope();
    return switch (right) {
      case LIST, GET, ADMIN -> scope.contains(path);
      case PUT, REPLACE, DELETE -> scope.containsEntry(path);
    };
  }

  /// Lets only pass what the key permits. The answer depends on the key and the path alone, never
  /// on what is in the share: so call this before looking there.
  ///
  /// @throws Refusal.Missing where the path is out of the key's reach: the same refusal that a path
  ///   gets where nothing is
  /// @throws Refusal.Denied where the key hasn't that right, anywhere or there
  public void require(Right right, SharePath path) throws Refusal.Missing, Refusal.Denied {
    if (permits(right, path)) {
      return;
    }
    if (!key.terms().scope().contains(path)) {
      throw new Refusal.Missing(path);
    }
    throw new Refusal.Denied("this key may not " + right + " here");
  }

  /// The id alone.
  @Override
  public String toString() {
    return "grant of " + key.id();
  }
}
