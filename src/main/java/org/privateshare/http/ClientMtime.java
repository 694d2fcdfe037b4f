package org.privateshare.http;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/// `X-OC-Mtime`, in which rclone and the clients of ownCloud and Nextcloud say when a file last
/// changed: seconds since 1970, with or without a fraction.
final class ClientMtime {
  /// The field of the request, and of the answer that keeps the time.
  static final String FIELD = "X-OC-Mtime";

  /// What the answer says then.
  static final String ACCEPTED = "accepted";

  private static final Pattern SECONDS =
      Pattern.compile("(-?[0-9]{1,11})(?:\\.([0-9]{1,9})[0-9]*)?");

  private ClientMtime() {}

  /// The time, if there is one.
  ///
  /// @throws Problem 400 where the field is there and says none
  static Optional<Instant> of(HttpFields fields) throws Problem {
    if (!fields.contains(FIELD)) {
      return Optional.empty();
    }
    Matcher found = SECONDS.matcher(String.join(",", fields.getValuesList(FIELD)));
    if (!found.matches()) {
      throw Problem.badRequest(FIELD + " is no number of seconds");
    }
    long seconds = Long.parseLong(found.group(1));
    String fraction = Optional.ofNullable(found.group(2)).orElse("");
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    boolean isBefore = found.group(1).startsWith("-");
    return Optional.of(Instant.ofEpochSecond(seconds, isBefore ? -nanos : nanos));
  }
}
