package org.privateshare.store;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an old version is called in the history: since when it is kept (UTC, to the millisecond)
/// and 64 random bits, so that two of one moment differ.
///
/// ```text
/// .20260102T030405.678Z-0f1e2d3c4b5a6978
/// ```
///
/// The dot in front makes it a name that no [org.privateshare.model.SharePath] can say, and so
/// different from every folder of the history. Without the dot it is the version's id.
///
/// @param id the name without its dot
/// @param since the moment it says
record KeptName(String id, Instant since) {
  private static final Pattern SHAPE =
      Pattern.compile("([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z)-[0-9a-f]{16}");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  /// A name that nothing has yet.
  static KeptName fresh(Instant since) {
    byte[] tail = new byte[8];
    RANDOM.nextBytes(tail);
    String stamp = STAMP.format(since);
    return new KeptName(
        stamp + "-" + HexFormat.of().formatHex(tail), STAMP.parse(stamp, Instant::from));
  }

  /// Reads an id, or nothing where it is none.
  static Optional<KeptName> ofId(String id) {
    var shape = SHAPE.matcher(id);
    if (!shape.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new KeptName(id, STAMP.parse(shape.group(1), Instant::from)));
    } catch (DateTimeException e) {
      return Optional.empty(); // the 31st of February
    }
  }

  /// Reads the name of an entry of the history, or nothing where it is no old version.
  static Optional<KeptName> ofEntry(String name) {
    return name.startsWith(".") ? ofId(name.substring(1)) : Optional.empty();
  }

  /// The name of its entry.
  String entry() {
    return "." + id;
  }
}
