package org.privateshare.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The status line and the header fields of a response, parsed strictly (RFC 9112 sections 4 and
/// 5): lines end in CR LF, no folded lines, no blank around a field's name.
///
/// @param minor the version's last digit: 1 for HTTP/1.1, 0 for HTTP/1.0
/// @param status 100 to 599
/// @param fields at most [#FIELDS]
record ResponseHead(int minor, int status, Fields fields) {
  /// The most bytes that a head or a trailer may have.
  static final int BYTES = 32 * 1024;

  /// The most fields that a head or a trailer may have.
  static final int FIELDS = 100;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2}) [\\t -~\\x80-\\xff]*+");

  /// Parses the lines of a head, without their ends and without the empty one that closes it.
  static ResponseHead parse(List<String> lines) throws ProtocolFault {
    if (lines.isEmpty()) {
      throw new ProtocolFault("no status line");
    }
    Matcher status = STATUS_LINE.matcher(lines.getFirst());
    if (!status.matches()) {
      throw new ProtocolFault("not a status line");
    }
    return new ResponseHead(
        Integer.parseInt(status.group(1)),
        Integer.parseInt(status.group(2)),
        fields(lines.subList(1, lines.size())));
  }

  /// Parses the lines of a header or a trailer.
  static Fields fields(List<String> lines) throws ProtocolFault {
    if (lines.size() > FIELDS) {
      throw new ProtocolFault("more than " + FIELDS + " header fields");
    }
    var fields = new ArrayList<Fields.Field>(lines.size());
    for (String line : lines) {
      fields.add(field(line));
    }
    return new Fields(fields);
  }

  private static Fields.Field field(String line) throws ProtocolFault {
    int colon = line.indexOf(':');
    String name = line.substring(0, Math.max(0, colon));
    if (!Grammar.isToken(name)) {
      throw new ProtocolFault("a header field without a proper name");
    }
    int start = colon + 1;
    int end = line.length();
    while (start < end && Grammar.isBlank(line.charAt(start))) {
      start++;
    }
    while (start < end && Grammar.isBlank(line.charAt(end - 1))) {
      end--;
    }
    String value = line.substring(start, end);
    if (!Grammar.isFieldValue(value)) {
      throw new ProtocolFault("a header field with control characters");
    }
    return new Fields.Field(name, value);
  }

  /// Whether more responses to the same request follow (RFC 9110 section 15.2).
  boolean isInterim() {
    return status < 200;
  }

  /// Whether the server means to keep the connection open (RFC 9112 section 9.3).
  boolean keepsAlive() {
    return minor == 1 && !fields.lists("Connection", "close");
  }
}
