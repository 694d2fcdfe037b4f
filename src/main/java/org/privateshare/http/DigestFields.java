package org.privateshare.http;

import static java.util.stream.Collectors.joining;

import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateshare.model.Digest;

/// `Repr-Digest`, `Content-Digest` and what is wanted of them (RFC 9530).
final class DigestFields {
  private static final int MOST_WANTED = 10;

  private DigestFields() {}

  /// The value of a field that says these: `crc32c=:BASE64:, sha-256=:BASE64:`.
  static String print(Collection<Digest> digests) {
    return digests.stream()
        .map(digest -> digest.algorithm().label() + "=:" + base64(digest) + ":")
        .collect(joining(", "));
  }

  private static String base64(Digest digest) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
  }

  /// The values of a field in hexadecimal by their algorithm's name; empty where the field can't be
  /// read or a value is none.
  static Optional<Map<String, String>> parse(List<String> lines) {
    Optional<Map<String, Dictionary.Item>> members = Dictionary.parse(String.join(",", lines));
    return members.isEmpty() ? Optional.empty() : onlyBytes(members.get());
  }

  private static Optional<Map<String, String>> onlyBytes(Map<String, Dictionary.Item> members) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Map.Entry<String, Dictionary.Item> member : members.entrySet()) {
      if (!(member.getValue() instanceof Dictionary.Item.Bytes bytes)) {
        return Optional.empty();
      }
      var _ = all.put(member.getKey(), bytes.hex());
    }
    return Optional.of(all);
  }

  /// Whether the lines of `Want-Repr-Digest` ask for that algorithm. A wish that can't be read is
  /// none.
  static boolean isWanted(Digest.Algorithm algorithm, List<String> lines) {
    return Dictionary.parse(String.join(",", lines))
        .map(members -> members.get(algorithm.label()))
        .filter(Dictionary.Item.Whole.class::isInstance)
        .map(Dictionary.Item.Whole.class::cast)
        .filter(weight -> weight.value() >= 1 && weight.value() <= MOST_WANTED)
        .isPresent();
  }
}
