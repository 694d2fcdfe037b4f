package org.privateshare.http;

import java.io.IOException;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What must hold of a name for a change of it to go ahead. The store decides it, in one step with
/// the change.
///
/// @param path the name
/// @param must what must hold
/// @param demandsFolder whether it holds of folders only, because a slash was behind the name
record ChangeConditions(SharePath path, Precondition must, boolean demandsFolder) {
  /// What the store says is the version of a folder; so a folder can be demanded, and a file that
  /// takes its place in the last moment isn't taken for it.
  private static final Precondition A_FOLDER = Precondition.Version.of("");

  /// A change under a condition.
  interface Change {
    void make(Precondition must) throws Refusal, IOException;
  }

  /// The conditions for taking away what the URL names.
  static ChangeConditions of(Call call) {
    return of(call, call.target().endsWithSlash());
  }

  /// The same where it is known elsewhere whether that must be a folder.
  static ChangeConditions of(Call call, boolean demandsFolder) {
    return new ChangeConditions(
        call.path(), demandsFolder ? A_FOLDER : Precondition.Existence.ANY, demandsFolder);
  }

  /// Makes the change if the conditions hold.
  void make(Change change) throws Refusal, IOException {
    try {
      change.make(must);
    } catch (Refusal.Changed changed) {
      throw demandsFolder ? new Refusal.Missing(path) : changed;
    }
  }
}
