package org.privateshare.cli;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.client.Place;
import org.privateshare.client.http.Origin;

/// A target that is written as a URL (RFC 3986), its path percent-encoded: exactly one spelling of
/// every byte is not asked for, but nothing that a URL can't hold is taken.
final class ShareUrl {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final Pattern REST = Pattern.compile("([^/?#]*)(?:/([^?#]*))?", Pattern.DOTALL);

  /// What stands in a path as it is: `pchar` of section 3.3, and the slashes between segments.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/-]*");

  private ShareUrl() {}

  /// Reads what stands before and behind `://`.
  static Target parse(String scheme, String rest) throws Mistake {
    Matcher matcher = REST.matcher(rest);
    if (!matcher.matches()) {
      // The text is not repeated: there may be a key in it.
      throw new Mistake(
          "a share's URL has no ? and no #; a line with a key in it is for 'privateshare login'");
    }
    String path = matcher.group(2) == null ? "" : decoded(matcher.group(2));
    return Target.of(place(scheme, matcher.group(1)), path);
  }

  private static Place place(String scheme, String authority) throws Mistake {
    if (authority.contains("@")) {
      throw new Mistake("a share's URL has no user; 'privateshare login' saves a key");
    }
    return switch (scheme) {
      case "https" -> new Place.Url(true, Origins.parse(authority, HTTPS_PORT));
      case "http" -> new Place.Url(false, thisMachine(Origins.parse(authority, HTTP_PORT)));
      case "classic" -> new Place.Classic(Origins.parse(authority, Target.DEFAULT_PORT));
      default ->
          throw new Mistake(
              Paths.shown(scheme) + " is not one of https, http and classic before the ://");
    };
  }

  private static Origin thisMachine(Origin origin) throws Mistake {
    if (!isThisMachine(origin.host())) {
      throw new Mistake(
          "http:// sends everything in clear, so to this machine only; use https://" + origin);
    }
    return origin;
  }

  private static boolean isThisMachine(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String decoded(String path) throws Mistake {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int plain = 0;
    for (int percent = path.indexOf('%'); percent >= 0; percent = path.indexOf('%', plain)) {
      bytes.writeBytes(plain(path.substring(plain, percent)));
      bytes.write(encoded(path, percent));
      plain = percent + 3;
    }
    bytes.writeBytes(plain(path.substring(plain)));
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Mistake(Paths.shown(path) + " is not percent-encoded UTF-8");
    }
  }

  private static byte[] plain(String text) throws Mistake {
    if (!PLAIN.matcher(text).matches()) {
      throw new Mistake(
          Paths.shown(text) + " can't stand in a URL; percent-encode it, or use ALIAS:PATH");
    }
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int encoded(String path, int percent) throws Mistake {
    String digits = path.substring(percent + 1, Math.min(path.length(), percent + 3));
    if (!digits.matches("[0-9A-Fa-f]{2}") || digits.equalsIgnoreCase("2F")) {
      throw new Mistake(Paths.shown("%" + digits) + " can't stand in a share's URL");
    }
    return Integer.parseInt(digits, 16);
  }
}
