package org.privateshare.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;

/// A [Keyring] as a text file. Pure.
///
/// ```
/// privateshare keyring 1
/// clock SECONDS
/// secret GENERATION BASE64URL        one a generation, oldest first
/// owner GENERATION CLAIMS            claims: the JSON of the key
/// key GENERATION CLAIMS              one a living key
/// revoked ID SECONDS|never           one a revoked key: when it would have expired
/// end crc32c:HEX                     over all bytes before this line
/// ```
///
/// UTF-8, each line ended by LF, in this order. The last line is there so that a file that was cut
/// short never passes for one with fewer revocations. One spelling: what is read must print the
/// same.
final class KeyringText {
  private static final String TITLE = "privateshare keyring 1";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,11}");
  private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,8}");

  private final Deque<String> lines;

  private KeyringText(String text) {
    lines = new ArrayDeque<>(Arrays.asList(text.split("\n", -1)));
  }

  static byte[] print(Keyring ring) {
    StringBuilder out = new StringBuilder(TITLE).append('\n');
    line(out, "clock", ring.clock(), "");
    ring.secrets().forEach(secret -> line(out, "secret", secret.generation(), secret.reveal()));
    line(out, "owner", ring.owner().generation(), Claims.print(ring.owner()));
    ring.keys().values().forEach(key -> line(out, "key", key.generation(), Claims.print(key)));
    ring.revoked().forEach((id, until) -> line(out, "revoked", id, second(until)));
    line(out, "end", checksum(out.toString().getBytes(StandardCharsets.UTF_8)), "");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder out, String word, Object first, String rest) {
    out.append(word).append(' ').append(first);
    out.append(rest.isEmpty() ? "" : " ").append(rest).append('\n');
  }

  private static String second(Instant time) {
    return time.equals(Terms.NEVER) ? "never" : String.valueOf(time.getEpochSecond());
  }

  private static Digest checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Digest.crc32c(crc.getValue());
  }

  /// Reads what [#print(Keyring)] gives.
  ///
  /// @throws IOException saying what is wrong, without any of the content
  static Keyring parse(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("it is empty");
    }
    Keyring ring;
    try {
      ring = new KeyringText(new String(bytes, StandardCharsets.UTF_8)).read();
    } catch (Refusal.BadName e) {
      throw new IOException("a key in it is damaged", e);
    }
    if (!Arrays.equals(print(ring), bytes)) {
      throw new IOException("it is damaged: its checksum or its spelling is wrong");
    }
    return ring;
  }

  private Keyring read() throws IOException, Refusal.BadName {
    if (!TITLE.equals(lines.poll())) {
      throw new IOException("its first line is not \"" + TITLE + "\"");
    }
    long clock = number(NUMBER, next("clock", 1)[0]);
    List<Secret> secrets = secrets();
    Capability owner = capability("owner");
    Map<KeyId, Capability> keys = new LinkedHashMap<>();
    while (nextIs("key")) {
      Capability key = capability("key");
      keys.put(key.id(), key);
    }
    Map<KeyId, Instant> revoked = revoked();
    if (!Terms.isSecond(clock) || !isFit(owner, secrets) || !owner.isOwner()) {
      throw new IOException("its clock or its owner key is damaged");
    }
    if (keys.values().stream()
        .anyMatch(key -> key.isOwner() || key.isSession() || !isSigned(key, secrets))) {
      throw new IOException("a key in it has no parent or no secret");
    }
    return new Keyring(clock, secrets, owner, keys, revoked);
  }

  private static boolean isFit(Capability owner, List<Secret> secrets) {
    Terms terms = owner.terms();
    return isSigned(owner, secrets)
        && terms.rights().equals(Rights.ALL)
        && terms.scope().equals(Scope.ALL)
        && terms.expires().equals(Terms.NEVER);
  }

  private static boolean isSigned(Capability key, List<Secret> secrets) {
    return secrets.stream().anyMatch(secret -> secret.generation() == key.generation());
  }

  private List<Secret> secrets() throws IOException {
    List<Secret> secrets = new ArrayList<>();
    int last = 0;
    while (nextIs("secret")) {
      String[] words = next("secret", 2);
      int generation = (int) number(GENERATION, words[0]);
      Secret secret =
          Secret.parse(generation, words[1])
              .orElseThrow(() -> new IOException("a secret in it is too short or damaged"));
      if (generation <= last) {
        throw new IOException("its secrets are out of order");
      }
      last = generation;
      secrets.add(secret);
    }
    if (secrets.isEmpty() || secrets.size() > Keyring.MAX_SECRETS) {
      throw new IOException("it has no secret, or too many");
    }
    return secrets;
  }

  private Capability capability(String word) throws IOException, Refusal.BadName {
    String[] words = next(word, 2);
    return Claims.parse((int) number(GENERATION, words[0]), words[1]);
  }

  private Map<KeyId, Instant> revoked() throws IOException, Refusal.BadName {
    Map<KeyId, Instant> revoked = new LinkedHashMap<>();
    while (nextIs("revoked")) {
      String[] words = next("revoked", 2);
      Instant until =
          words[1].equals("never") ? Terms.NEVER : Instant.ofEpochSecond(number(NUMBER, words[1]));
      revoked.put(KeyId.parse(words[0]), until);
    }
    return revoked;
  }

  private boolean nextIs(String word) {
    String line = lines.peek();
    return line != null && line.startsWith(word + " ");
  }

  /// What follows the word on the next line, cut at the first `count - 1` spaces.
  private String[] next(String word, int count) throws IOException {
    String line = lines.poll();
    if (line == null || !line.startsWith(word + " ")) {
      throw new IOException("its line \"" + word + "\" is missing");
    }
    String[] words = line.substring(word.length() + 1).split(" ", count);
    if (words.length != count) {
      throw new IOException("its line \"" + word + "\" is cut short");
    }
    return words;
  }

  private static long number(Pattern shape, String text) throws IOException {
    if (!shape.matcher(text).matches()) {
      throw new IOException("a number in it is damaged");
    }
    return Long.parseLong(text);
  }
}
