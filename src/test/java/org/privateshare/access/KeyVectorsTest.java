package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateshare.model.Refusal;

/// The vectors of `docs/keys.md`, which were made without this code.
final class KeyVectorsTest {
  private static final Path PAGE = Path.of("docs/keys.md");

  private final KeyText keys = new KeyText(List.of(Forge.secret()));

  private static List<String> block(String kind) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int start = lines.lastIndexOf("```" + kind) + 1;
    return lines.subList(start, start + lines.subList(start, lines.size()).indexOf("```"));
  }

  private static Stream<String> keysThatAre(String kind) throws IOException {
    List<String> lines = block("vectors");
    List<String> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      if (lines.get(i).startsWith(kind + " ")) {
        found.add(lines.get(i + 1));
      }
    }
    assertThat(found).hasSizeGreaterThan(2);
    return found.stream();
  }

  static Stream<String> bad() throws IOException {
    return keysThatAre("bad");
  }

  @Test
  void theGoodKeysSayTheClaimsAndAreSpelledSo() throws IOException, Refusal {
    List<String> claims = block("json");
    List<String> good = keysThatAre("good").toList();
    assertThat(good).hasSameSizeAs(claims);
    for (int i = 0; i < good.size(); i++) {
      Capability key = keys.read(good.get(i)).orElseThrow();
      assertThat(Claims.print(key)).isEqualTo(claims.get(i));
      assertThat(Claims.parse(1, claims.get(i))).isEqualTo(key);
      assertThat(keys.print(key)).isEqualTo(good.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void theBadKeysAreRefused(String key) {
    assertThat(keys.read(key)).isEmpty();
  }

  @Test
  void theKeyringIsReadAndSpelledSo() throws IOException {
    byte[] text = (String.join("\n", block("keyring")) + "\n").getBytes(StandardCharsets.UTF_8);
    Keyring ring = KeyringText.parse(text);
    assertThat(KeyringText.print(ring)).isEqualTo(text);
    assertThat(ring.clock()).isEqualTo(1_700_000_600);
    assertThat(ring.owner().id()).hasToString(Forge.PARENT);
    assertThat(ring.keys()).containsOnlyKeys(new KeyId(Forge.ID));
    assertThat(ring.revoked()).hasSize(2);
  }
}
