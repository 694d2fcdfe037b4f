package org.privateshare.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.model.Refusal;

/// Keys as people carry them: `ps1_` and a JWS in its compact form, under the secrets of one
/// keyring. Thread-safe; the same text always has the same answer.
///
/// Reading is strict and cheap first: length, shape, then a header that must be one of ours letter
/// for letter, then the signature, and only then is anything parsed.
final class KeyText {
  /// What every key starts with: what it is (so that scanners for leaked secrets find it) and the
  /// version of the format.
  static final String PREFIX = "ps1_";

  /// The longest key, in characters.
  static final int MAX_LENGTH = 4_096;

  /// The longest session: with its name it still is a cookie that browsers take.
  static final int MAX_SESSION_LENGTH = 4_000;

  /// Base64url without padding. The 256 bits of a signature leave two bits of its last character
  /// unused; they are zero.
  private static final Pattern SHAPE =
      Pattern.compile(
          PREFIX
              + "(?<header>[A-Za-z0-9_-]+)"
              + "\\.(?<payload>[A-Za-z0-9_-]+)"
              + "\\.(?<signature>[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])");

  /// One signer a generation, by the header of its keys.
  private final Map<String, Map.Entry<Integer, KeySigner>> byHeader = new HashMap<>();

  private final Map<Integer, KeySigner> byGeneration = new HashMap<>();

  private final RecentKeys recent = new RecentKeys();

  KeyText(Collection<Secret> secrets) {
    for (Secret secret : secrets) {
      KeySigner signer = new KeySigner(secret);
      byGeneration.put(secret.generation(), signer);
      byHeader.put(signer.header(), Map.entry(secret.generation(), signer));
    }
  }

  /// The key that says this, signed with the secret of its generation, which must be one of ours.
  ///
  /// @throws Refusal.BadName where it would be longer than [#MAX_LENGTH], or a session longer than
  ///   [#MAX_SESSION_LENGTH]
  String print(Capability key) throws Refusal.BadName {
    KeySigner signer = byGeneration.get(key.generation());
    if (signer == null) {
      throw new IllegalArgumentException("no secret of generation " + key.generation());
    }
    String text = PREFIX + signer.sign(Claims.print(key));
    if (text.length() > (key.isSession() ? MAX_SESSION_LENGTH : MAX_LENGTH)) {
      throw new Refusal.BadName("the path is too long to stand in a key");
    }
    return text;
  }

  /// What a key says, if it was made by [#print(Capability)] with one of these secrets.
  Optional<Capability> read(String text) {
    return text.length() > MAX_LENGTH ? Optional.empty() : recent.read(text, this::verify);
  }

  private Optional<Capability> verify(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var signer = byHeader.get(parts.group("header"));
    String payload = parts.group("payload");
    if (signer == null || !signer.getValue().verify(payload, parts.group("signature"))) {
      return Optional.empty();
    }
    return claims(signer.getKey(), payload);
  }

  private static Optional<Capability> claims(int generation, String payload) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(payload);
      String json = new String(bytes, StandardCharsets.UTF_8);
      // Encoded again and compared: the unused bits of the last character are zero, and the bytes
      // were well-formed UTF-8.
      return encode(json).equals(payload)
          ? Optional.of(Claims.parse(generation, json))
          : Optional.empty();
    } catch (Refusal.BadName | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
