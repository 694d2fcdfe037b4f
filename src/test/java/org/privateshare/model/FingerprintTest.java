package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FingerprintTest {
  private static final String KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEsK13NURAr40xX3/RUEEcy800OKxS"
          + "aw+l8MnscQmGtaer6NmIkKssxeDKrgt4Q1VCa2iiNvEAyhzJ0O3XY5HNVg==";

  /// `openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64`, as curl has it.
  private static final String PIN = "sha256//GV9a1SoV12dExu6qz7ouyI28eiNcpwLzlwxTvYluAY0=";

  @Test
  void itIsTheOneThatCurlPins() throws GeneralSecurityException {
    var key =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(KEY)));
    assertThat(Fingerprint.of(key)).hasToString(PIN);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(Fingerprint.parse(PIN)).get().hasToString(PIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256//",
        "sha1//" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "SHA256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
        "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ",
        "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sha256//AAAA-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "sha256//AAAA",
      })
  void anotherSpellingIsNone(String text) {
    assertThat(Fingerprint.parse(text)).isEmpty();
  }

  @Test
  void onlyAHashIsAFingerprint() {
    assertThatThrownBy(() -> new Fingerprint("AAAA")).isInstanceOf(IllegalArgumentException.class);
  }
}
