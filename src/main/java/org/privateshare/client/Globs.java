package org.privateshare.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;

/// Which files and folders of a tree are left out.
///
/// ```
/// *.tmp     any name at any depth: there is no slash in it
/// a/*.tmp   a path from the folder on
/// /a        as well, with one name
/// build/    folders only
/// ```
///
/// `*` stands for any characters but a slash, `?` for one, `[a-c]` and `[!a-c]` for one of these or
/// of all others, `**` for any characters. What is in a folder that is left out is left out too.
public final class Globs {
  /// Leaves nothing out.
  public static final Globs NONE = new Globs(List.of());

  private final List<Glob> globs;

  private record Glob(Pattern pattern, boolean wholePath, boolean foldersOnly) {
    boolean matches(String path, boolean isFolder) {
      String text = wholePath ? path : path.substring(path.lastIndexOf('/') + 1);
      return (isFolder || !foldersOnly) && pattern.matcher(text).matches();
    }
  }

  private Globs(List<Glob> globs) {
    this.globs = globs;
  }

  /// Reads patterns.
  ///
  /// @throws Refusal.BadName where one is empty or its brackets don't close
  public static Globs of(List<String> patterns) throws Refusal.BadName {
    List<Glob> globs = new ArrayList<>();
    for (String pattern : patterns) {
      boolean foldersOnly = pattern.endsWith("/");
      String text = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
      boolean wholePath = text.indexOf('/') >= 0;
      String path = text.startsWith("/") ? text.substring(1) : text;
      if (path.isEmpty()) {
        throw new Refusal.BadName("a pattern is empty");
      }
      globs.add(new Glob(Pattern.compile(regex(path), Pattern.DOTALL), wholePath, foldersOnly));
    }
    return new Globs(List.copyOf(globs));
  }

  /// Whether a path is left out, by itself or by a folder that it is in.
  ///
  /// @param path from the folder on, its names joined by slashes
  boolean leaveOut(String path, boolean isFolder) {
    if (globs.isEmpty()) {
      return false;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (matches(path.substring(0, slash), true)) {
        return true;
      }
    }
    return matches(path, isFolder);
  }

  private boolean matches(String path, boolean isFolder) {
    return globs.stream().anyMatch(glob -> glob.matches(path, isFolder));
  }

  private static String regex(String glob) throws Refusal.BadName {
    var regex = new StringBuilder();
    int at = 0;
    while (at < glob.length()) {
      char c = glob.charAt(at);
      if (c == '[') {
        int end = glob.indexOf(']', at + (glob.startsWith("!", at + 1) ? 3 : 2));
        if (end < 0) {
          throw new Refusal.BadName(
              "the pattern \"" + Printable.escape(glob) + "\" has a [ without ]");
        }
        regex.append(oneOf(glob.substring(at + 1, end)));
        at = end + 1;
      } else if (glob.startsWith("**/", at) && (at == 0 || glob.charAt(at - 1) == '/')) {
        regex.append("(?:.*/)?");
        at += 3;
      } else if (glob.startsWith("**", at)) {
        regex.append(".*");
        at += 2;
      } else {
        regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : literal(c));
        at++;
      }
    }
    return regex.toString();
  }

  /// Ranges stay; nothing else in brackets means anything. None of them is ever a slash.
  private static String oneOf(String members) {
    boolean others = members.startsWith("!");
    var set = new StringBuilder(others ? "(?!/)[^" : "(?!/)[");
    for (char c : members.substring(others ? 1 : 0).toCharArray()) {
      set.append(c == '-' ? "-" : literal(c));
    }
    return set.append(']').toString();
  }

  private static String literal(char c) {
    return c < 0x80 && !Character.isLetterOrDigit(c) ? "\\" + c : String.valueOf(c);
  }
}
