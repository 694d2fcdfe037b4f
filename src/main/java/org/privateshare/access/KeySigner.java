package org.privateshare.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/// Signs and verifies with one generation of the secret: JWS (RFC 7515) with HMAC-SHA-256 (RFC 7518
/// section 3.2) and nothing else.
///
/// The header is fixed text, `{"alg":"HS256","kid":"GENERATION"}`. It is never read from a key,
/// only compared: a key with any other header belongs to no signer. Thread-safe.
final class KeySigner {
  private final JWSHeader header;
  private final MACSigner signer;
  private final MACVerifier verifier;

  KeySigner(Secret secret) {
    String json = "{\"alg\":\"HS256\",\"kid\":\"" + secret.generation() + "\"}";
    try {
      header = JWSHeader.parse(Base64URL.encode(json));
      signer = new MACSigner(secret.bytes());
      verifier = new MACVerifier(secret.bytes());
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("HS256 does not work here", e);
    }
  }

  /// The first part of every key of this generation.
  String header() {
    return header.toBase64URL().toString();
  }

  /// `header.payload.signature` over the JSON.
  String sign(String json) {
    JWSObject jws = new JWSObject(header, new Payload(json));
    try {
      jws.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 does not work here", e);
    }
    return jws.serialize();
  }

  /// Whether `signature` is the one of `header.payload`. Nimbus computes the right one and compares
  /// the two in constant time: how long that takes tells nothing of where they differ.
  boolean verify(String payload, String signature) {
    byte[] signed = (header() + "." + payload).getBytes(StandardCharsets.US_ASCII);
    try {
      return verifier.verify(header, signed, new Base64URL(signature));
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 does not work here", e);
    }
  }
}
