package org.privateshare.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;

/// What a sender says the body of a request sums up to: `Repr-Digest` and `Content-Digest` (RFC
/// 9530), which are the same where there is no content coding, and `Content-MD5` (RFC 1864). Sums
/// run along only where they are needed. For one request and thread.
final class BodyDigests {
  private static final String REPR_DIGEST = "Repr-Digest";
  private static final String CONTENT_DIGEST = "Content-Digest";

  /// The algorithms by their registered names, each as the JDK calls it.
  private static final Map<String, String> JDK_NAMES =
      Map.of("sha-256", "SHA-256", "sha-512", "SHA-512", "md5", "MD5", "sha", "SHA-1");

  private static final String CRC32C_NAME = "crc32c";

  /// A sum that runs along.
  private interface Sum {
    void add(ByteBuffer bytes);

    String value();
  }

  /// A sum, and what it should be in the end.
  ///
  /// @param field where that was said
  private record Claim(String field, String algorithm, Sum sum, String expected) {}

  private final List<Claim> claims = new ArrayList<>();

  private BodyDigests() {}

  /// Reads the fields of a request. Algorithms that aren't known are left out, as RFC 9530 demands.
  ///
  /// @throws Problem where a field can't be read, or a value hasn't its algorithm's length
  static BodyDigests of(HttpFields fields) throws Problem {
    BodyDigests digests = new BodyDigests();
    digests.addAll(REPR_DIGEST, fields);
    digests.addAll(CONTENT_DIGEST, fields);
    digests.addMd5(fields);
    return digests;
  }

  private void addAll(String field, HttpFields fields) throws Problem {
    var values =
        DigestFields.parse(fields.getValuesList(field))
            .orElseThrow(() -> Problem.badRequest(field + " is no dictionary of byte sequences"));
    for (var value : values.entrySet()) {
      String algorithm = value.getKey();
      if (algorithm.equals(CRC32C_NAME) || JDK_NAMES.containsKey(algorithm)) {
        add(field, algorithm, value.getValue());
      }
    }
  }

  private void addMd5(HttpFields fields) throws Problem {
    String field = HttpHeader.CONTENT_MD5.asString();
    List<String> lines = fields.getValuesList(field);
    for (String line : lines) {
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
    Sum sum = sum(algorithm);
    if (expected.length() != sum(algorithm).value().length()) {
      throw Problem.badRequest(
          field + " has a value of " + algorithm + " with another length than its");
    }
    claims.add(new Claim(field, algorithm, sum, expected));
  }

  private static Sum sum(String algorithm) {
    return algorithm.equals(CRC32C_NAME)
        ? new Crc()
        : new Message(jdk(String.valueOf(JDK_NAMES.get(algorithm))));
  }

  private static MessageDigest jdk(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + name, e);
    }
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

  private record Message(MessageDigest digest) implements Sum {
    @Override
    public void add(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public String value() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private record Crc(CRC32C crc) implements Sum {
    Crc() {
      this(new CRC32C());
    }

    @Override
    public void add(ByteBuffer bytes) {
      crc.update(bytes);
    }

    @Override
    public String value() {
      return HexFormat.of().toHexDigits((int) crc.getValue());
    }
  }
}
