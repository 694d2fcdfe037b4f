package org.privateshare.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;

/// What a sender says the body of a request sums up to. Sums run along only where they are needed.
/// For one request and thread.
///
/// `Repr-Digest` (RFC 9530) is of the file, `Content-Digest`, `Content-MD5` (RFC 1864) and tus'
/// `Upload-Checksum` are of the body; where the body is the whole file that is the same, for there
/// is no content coding.
final class BodyDigests {
  private static final String REPR_DIGEST = "Repr-Digest";
  private static final String CONTENT_DIGEST = "Content-Digest";
  private static final String UPLOAD_CHECKSUM = "Upload-Checksum";

  /// The algorithms of tus, each by the name that HTTP has for it.
  private static final Map<String, String> TUS_NAMES =
      Map.of(
          "crc32c", "crc32c", "sha1", "sha", "sha-1", "sha", "sha256", "sha-256", "sha-256",
          "sha-256");

  /// What `Tus-Checksum-Algorithm` says.
  static final String TUS_ALGORITHMS = "crc32c,sha1,sha-1,sha256,sha-256";

  /// A sum, and what it should be in the end.
  ///
  /// @param field where that was said
  private record Claim(String field, String algorithm, RunningSum sum, String expected) {}

  private final List<Claim> claims = new ArrayList<>();

  private BodyDigests() {}

  /// Reads the fields of a request whose body is a whole file. Algorithms that aren't known are
  /// left out, as RFC 9530 demands.
  ///
  /// @throws Problem where a field can't be read, or a value hasn't its algorithm's length
  static BodyDigests of(HttpFields fields) throws Problem {
    BodyDigests digests = ofPart(fields);
    digests.addAll(REPR_DIGEST, fields);
    return digests;
  }

  /// Reads those fields that are of the body, whatever part of a file that is.
  ///
  /// @throws Problem as [#of]
  static BodyDigests ofPart(HttpFields fields) throws Problem {
    BodyDigests digests = new BodyDigests();
    digests.addAll(CONTENT_DIGEST, fields);
    digests.addMd5(fields);
    return digests;
  }

  /// The same, and `Upload-Checksum`.
  ///
  /// @throws Problem as [#of]
  static BodyDigests ofTusPart(HttpFields fields) throws Problem {
    BodyDigests digests = ofPart(fields);
    List<String> lines = fields.getValuesList(UPLOAD_CHECKSUM);
    if (fields.contains(UPLOAD_CHECKSUM)) {
      String[] words = lines.size() == 1 ? lines.getFirst().split(" ", -1) : new String[0];
      String algorithm = words.length == 2 ? TUS_NAMES.get(words[0]) : null;
      if (algorithm == null) {
        throw Problem.badRequest(
            UPLOAD_CHECKSUM + " is an algorithm of " + TUS_ALGORITHMS + " and Base64");
      }
      digests.add(UPLOAD_CHECKSUM, algorithm, decode(UPLOAD_CHECKSUM, words[1]));
    }
    return digests;
  }

  /// What the whole file is said to sum up to, of which the body is only the last part.
  ///
  /// @throws Problem where the field can't be read, or has a sum that would take the whole file
  static Optional<Digest> ofWhole(HttpFields fields) throws Problem {
    Optional<Digest> whole = Optional.empty();
    for (var value : values(REPR_DIGEST, fields).entrySet()) {
      if (!value.getKey().equals(Digest.Algorithm.CRC32C.label())) {
        throw Problem.badRequest(
            REPR_DIGEST + " of a file that comes in parts is crc32c: no other is put together");
      }
      requireLength(REPR_DIGEST, value.getKey(), value.getValue());
      whole = Optional.of(new Digest(Digest.Algorithm.CRC32C, value.getValue()));
    }
    return whole;
  }

  /// Whether there is anything to verify.
  boolean isEmpty() {
    return claims.isEmpty();
  }

  private void addAll(String field, HttpFields fields) throws Problem {
    for (var value : values(field, fields).entrySet()) {
      if (RunningSum.of(value.getKey()).isPresent()) {
        add(field, value.getKey(), value.getValue());
      }
    }
  }

  private static Map<String, String> values(String field, HttpFields fields) throws Problem {
    return DigestFields.parse(fields.getValuesList(field))
        .orElseThrow(() -> Problem.badRequest(field + " is no dictionary of byte sequences"));
  }

  private void addMd5(HttpFields fields) throws Problem {
    String field = HttpHeader.CONTENT_MD5.asString();
    for (String line : fields.getValuesList(field)) {
      add(field, "md5", decode(field, line));
    }
  }

  private static String decode(String field, String base64) throws Problem {
    try {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(field + " is no Base64");
    }
  }

  private void add(String field, String algorithm, String expected) throws Problem {
    requireLength(field, algorithm, expected);
    claims.add(new Claim(field, algorithm, sum(algorithm), expected));
  }

  private static void requireLength(String field, String algorithm, String expected)
      throws Problem {
    if (expected.length() != sum(algorithm).value().length()) {
      throw Problem.badRequest(
          field + " has a value of " + algorithm + " with another length than its");
    }
  }

  private static RunningSum sum(String algorithm) {
    return RunningSum.of(algorithm).orElseThrow();
  }

  /// Reads at least one byte of the body into `into`, which has room for one, and adds what it
  /// read.
  ///
  /// @return how many; -1 at its end
  int read(Body body, ByteBuffer into) throws IOException {
    int start = into.position();
    int count = body.read(into);
    if (count > 0) {
      add(into.slice(start, count));
    }
    return count;
  }

  /// Adds the next bytes of the body; the buffer stays as it is.
  void add(ByteBuffer bytes) {
    for (Claim claim : claims) {
      claim.sum.add(bytes.duplicate());
    }
  }

  /// Compares, at the end of the body.
  ///
  /// @throws Refusal.Mismatch where other bytes came than were announced
  void verify() throws Refusal.Mismatch {
    for (Claim claim : claims) {
      if (!claim.sum.value().equals(claim.expected)) {
        throw new Refusal.Mismatch(
            "the bytes that came don't have the "
                + claim.algorithm
                + " that "
                + claim.field
                + " says");
      }
    }
  }
}
