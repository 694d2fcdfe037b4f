package org.privateshare.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.client.Aliases;
import org.privateshare.client.Place;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What a command is about: a share, and a file or folder in it. `docs/command-line.md` has the
/// grammar.
///
/// ```
/// HOST[/PATH]   HOST:PORT[/PATH]   ALIAS:[[/]PATH]   https://HOST[:PORT][/PATH]
/// ```
///
/// @param place where the share is
/// @param path the file or folder
/// @param isFolder whether it was said to be a folder: by a slash at the end, or by no path at all
record Target(Place place, SharePath path, boolean isFolder) {
  /// Where a share is when nobody says otherwise.
  static final int DEFAULT_PORT = 3650;

  private static final Pattern WITH_SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);

  /// Reads a target.
  ///
  /// @param aliases which words mean a server that the user has logged in to
  static Target parse(String text, Aliases aliases) throws Mistake {
    Matcher url = WITH_SCHEME.matcher(text);
    if (url.matches()) {
      return ShareUrl.parse(url.group(1), url.group(2));
    }
    boolean bracketed = text.startsWith("[");
    int slash = text.indexOf('/', bracketed ? Math.max(0, text.indexOf(']')) : 0);
    String first = slash < 0 ? text : text.substring(0, slash);
    String path = slash < 0 ? "" : text.substring(slash + 1);
    int colon = bracketed ? -1 : first.indexOf(':');
    if (colon >= 0 && !first.substring(colon + 1).matches("[0-9]+")) {
      return saved(text, colon, aliases);
    }
    boolean alias = colon < 0 && !bracketed && aliases.named(first).isPresent();
    Place place =
        alias ? new Place.Saved(first) : new Place.Host(Origins.parse(first, DEFAULT_PORT));
    return of(place, path);
  }

  private static Target saved(String text, int colon, Aliases aliases) throws Mistake {
    String name = text.substring(0, colon);
    String path = text.substring(colon + 1);
    if (Origins.isBareIpv6(text)) {
      throw Origins.needsBrackets(text);
    }
    if (aliases.named(name).isEmpty()) {
      throw new Mistake(
          Paths.shown(name)
              + " is no alias that 'privateshare login' has made, and "
              + Paths.shown(path)
              + " is no port");
    }
    return of(new Place.Saved(name), path.startsWith("/") ? path.substring(1) : path);
  }

  /// A path at a place, as it stands.
  ///
  /// @param path without a slash in front, with one at the end for a folder
  static Target of(Place place, String path) throws Mistake {
    boolean folder = path.isEmpty() || path.endsWith("/");
    try {
      SharePath parsed =
          folder && !path.isEmpty()
              ? nonEmpty(path.substring(0, path.length() - 1))
              : SharePath.parse(path);
      return new Target(place, parsed, folder);
    } catch (Refusal.BadName e) {
      throw new Mistake(Paths.shown(path) + " is no path in a share: " + e.reason());
    }
  }

  private static SharePath nonEmpty(String path) throws Refusal.BadName {
    if (path.isEmpty()) {
      throw new Refusal.BadName("a name is empty");
    }
    return SharePath.parse(path);
  }

  /// What is called so in this folder.
  SharePath inside(String name) throws Mistake {
    try {
      return path.child(name);
    } catch (Refusal.BadName e) {
      throw new Mistake(Paths.shown(name) + " is no name in a share: " + e.reason());
    }
  }

  /// The path with a slash at the end for a folder; empty for the share itself.
  String pathAsWritten() {
    return path + (isFolder && !path.isRoot() ? "/" : "");
  }

  /// The share as the user would type it, without the path.
  String share() {
    return switch (place) {
      case Place.Saved(var alias) -> alias;
      case Place.Url(var secure, var origin) -> (secure ? "https://" : "http://") + origin;
      case Place.Classic(var origin) -> "classic://" + origin;
      case Place.Host(var origin) -> origin.toString();
    };
  }

  /// The target as the user would type it, a port always there; fit for a terminal once escaped.
  @Override
  public String toString() {
    String shown = pathAsWritten();
    if (place instanceof Place.Saved) {
      return share() + ":" + shown;
    }
    return shown.isEmpty() ? share() : share() + "/" + shown;
  }
}
