package org.privateshare.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Reads the path of a URL, as it came over the wire. One spelling names one thing: what would have
/// to be mended is refused.
///
/// It is split at its slashes first and decoded then, so that an encoded slash never separates, and
/// exactly once. What a segment may be is [SharePath]'s to say.
final class PathReader {
  private static final String OURS = "/.privateshare/";

  /// A dot, slash, backslash or control character, percent-encoded.
  private static final Pattern ENCODED =
      Pattern.compile("%(?:2[ef]|5c|[01][0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

  private PathReader() {}

  /// The target of a path, which is the part of a URL from its first slash up to a `?`.
  ///
  /// @throws Refusal.BadName where no file, folder or place of ours can be meant
  /// @throws Problem 404 for what isn't there below `/.privateshare/`
  static Target read(String raw) throws Refusal.BadName, Problem {
    if (raw.equals("*")) {
      return new Target(Area.SERVER, SharePath.ROOT, false);
    }
    if (!raw.startsWith("/")) {
      throw new Refusal.BadName("a path begins with /");
    }
    if (raw.startsWith(OURS)) {
      return ours(raw.substring(OURS.length()));
    }
    boolean isFolder = raw.endsWith("/");
    return new Target(isFolder ? Area.FOLDER : Area.FILE, path(raw.substring(1)), isFolder);
  }

  private static Target ours(String raw) throws Refusal.BadName, Problem {
    int slash = raw.indexOf('/');
    Area area =
        Area.below(slash < 0 ? raw : raw.substring(0, slash)).orElseThrow(Problem::nothingHere);
    if (slash < 0) {
      return new Target(area, SharePath.ROOT, false);
    }
    String rest = raw.substring(slash + 1);
    return area == Area.UPLOADS ? upload(rest) : new Target(area, path(rest), raw.endsWith("/"));
  }

  /// One of the uploads; what can't be the name of any is not there, whatever the method.
  private static Target upload(String raw) throws Problem {
    try {
      return new Target(Area.UPLOAD, path(raw), raw.endsWith("/"));
    } catch (Refusal.BadName e) {
      throw Problem.nothingHere();
    }
  }

  /// Lets only a new name pass that stays what it is if somebody decodes it once more. What was put
  /// there in another way can be read by its name all the same.
  ///
  /// @throws Refusal.BadName where it was encoded twice
  static void requireDecoded(SharePath path) throws Refusal.BadName {
    if (ENCODED.matcher(path.toString()).find()) {
      throw new Refusal.BadName("the name is percent-encoded twice");
    }
  }

  /// A path without its first slash, with or without one at the end.
  private static SharePath path(String raw) throws Refusal.BadName {
    String inner = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    if (inner.isEmpty() && !raw.isEmpty()) {
      throw new Refusal.BadName("there is a slash too many");
    }
    // An encoded slash would be one more separator for those who come after.
    if (inner.toLowerCase(Locale.ROOT).contains("%2f")) {
      throw new Refusal.BadName("a name has no slash in it");
    }
    String decoded =
        PercentCode.decode(inner)
            .orElseThrow(() -> new Refusal.BadName("the path is no percent-encoded UTF-8"));
    return SharePath.parse(decoded);
  }
}
