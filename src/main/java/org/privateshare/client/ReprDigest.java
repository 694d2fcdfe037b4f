package org.privateshare.client;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.privateshare.client.http.Fields;
import org.privateshare.model.Digest;

/// The sum of a whole file in `Repr-Digest` (RFC 9530): a dictionary of RFC 8941 whose values are
/// byte sequences between colons.
final class ReprDigest {
  private ReprDigest() {}

  /// The CRC-32C, where the field has one.
  ///
  /// @throws IOException where it has one that can't be
  static Optional<Digest> crc32c(Fields fields) throws IOException {
    return of(fields, Digest.Algorithm.CRC32C);
  }

  /// The sum of that kind, where the field has one.
  ///
  /// @throws IOException where it has one that can't be
  static Optional<Digest> of(Fields fields, Digest.Algorithm algorithm) throws IOException {
    String key = algorithm.label() + "=:";
    Optional<Digest> found = Optional.empty();
    for (String value : fields.all("Repr-Digest")) {
      for (String member : value.split(",", -1)) {
        String text = member.strip();
        if (text.startsWith(key)) {
          // As with all dictionaries of RFC 8941 the last one counts.
          found = Optional.of(value(algorithm, text.substring(key.length())));
        }
      }
    }
    return found;
  }

  /// The field's value for a sum.
  static String print(Digest digest) {
    byte[] bytes = HexFormat.of().parseHex(digest.hex());
    return digest.algorithm().label() + "=:" + Base64.getEncoder().encodeToString(bytes) + ":";
  }

  private static Digest value(Digest.Algorithm algorithm, String text) throws IOException {
    int end = text.indexOf(':');
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(0, Math.max(0, end)));
      if (end > 0) {
        return new Digest(algorithm, HexFormat.of().formatHex(bytes));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ServerFault("the server announces a sum that can't be");
  }
}
