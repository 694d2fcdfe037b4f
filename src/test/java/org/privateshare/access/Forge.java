package org.privateshare.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs whatever it is given with the secret of the vectors: what a careless or hostile holder of
/// the secret could make. Independent of the library that the keys are made with.
final class Forge {
  static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"1\"}";

  static final String ID = "BBBBBBBBBBBBBBBBBBBBBA";
  static final String PARENT = "AAAAAAAAAAAAAAAAAAAAAA";

  static final String CLAIMS =
      "{\"jti\":\"BBBBBBBBBBBBBBBBBBBBBA\",\"chain\":[\"AAAAAAAAAAAAAAAAAAAAAA\"],"
          + "\"rights\":\"list,get,put\",\"path\":\"inbox/\",\"iat\":1700000000,"
          + "\"exp\":1800000000,\"label\":\"Ada\"}";

  private static final byte[] SECRET = new byte[32];

  static {
    for (int i = 0; i < SECRET.length; i++) {
      SECRET[i] = (byte) i;
    }
  }

  private Forge() {}

  static Secret secret() {
    return Secret.parse(1, base64(SECRET)).orElseThrow();
  }

  static String key(String header, String claims) {
    return key(header, claims.getBytes(StandardCharsets.UTF_8));
  }

  static String key(String header, byte[] claims) {
    return signed(base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims));
  }

  /// A key whose first two parts are as given.
  static String signed(String parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      byte[] signature = mac.doFinal(parts.getBytes(StandardCharsets.US_ASCII));
      return "ps1_" + parts + "." + base64(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
