package org.privateshare.cli;

import java.util.Optional;
import java.util.regex.Pattern;
import org.privateshare.model.Fingerprint;

/// A key and whom it is for, written `KEY@FINGERPRINT`: the fragment of a [LoginLine], and what
/// `PRIVATESHARE_KEY` holds.
///
/// @param key what opens the share, as text; only its shape is known to be right
/// @param server whom the key may be shown to; empty where an authority has to vouch for the server
record Invitation(Optional<String> key, Optional<Fingerprint> server) {
  /// No key and no fingerprint.
  static final Invitation NONE = new Invitation(Optional.empty(), Optional.empty());

  private static final Pattern KEY = Pattern.compile("ps1_[A-Za-z0-9_.-]{1,4092}");

  /// Reads `KEY@FINGERPRINT`, `KEY`, `@FINGERPRINT` or nothing. What is wrong is told without
  /// repeating the text: it may be a key.
  static Invitation parse(String text) throws Mistake {
    int at = text.indexOf('@');
    String key = at < 0 ? text : text.substring(0, at);
    return new Invitation(
        key.isEmpty() ? Optional.empty() : Optional.of(checkedKey(key)),
        at < 0 ? Optional.empty() : Optional.of(fingerprint(text.substring(at + 1))));
  }

  /// The same text, if it has the shape of a key.
  static String checkedKey(String text) throws Mistake {
    if (!KEY.matcher(text).matches()) {
      throw new Mistake("this is no key, or only a part of one; a key begins with ps1_");
    }
    return text;
  }

  private static Fingerprint fingerprint(String text) throws Mistake {
    return Fingerprint.parse(text)
        .orElseThrow(
            () ->
                new Mistake(
                    "this is no fingerprint, or only a part of one; it has sha256// and 44"
                        + " characters"));
  }

  /// What [#parse] reads, with the key in it.
  String text() {
    return key.orElse("") + server.map(pin -> "@" + pin).orElse("");
  }

  /// Without the key, so that no message holds it.
  @Override
  public String toString() {
    return (key.isPresent() ? "a key" : "no key") + server.map(pin -> " for " + pin).orElse("");
  }
}
