package org.privateshare.access;

import java.util.List;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The part of a share that a key reaches: one file, or a folder with all that is in it.
///
/// Printed, a folder ends with a slash (`inbox/`, the whole share is `/`) and a file doesn't
/// (`inbox/a.txt`). What a name stands for later doesn't matter: `inbox` never reaches into a
/// folder, even if one of that name is made.
///
/// @param path the file or folder
/// @param isFolder whether everything below `path` is meant too
public record Scope(SharePath path, boolean isFolder) {
  /// The whole share.
  public static final Scope ALL = new Scope(SharePath.ROOT, true);

  /// Checks that the share itself is a folder.
  public Scope {
    if (path.isRoot() && !isFolder) {
      throw new IllegalArgumentException("the share itself is a folder");
    }
  }

  /// Reads what [#toString()] prints.
  ///
  /// @throws Refusal.BadName where the text is no path
  public static Scope parse(String text) throws Refusal.BadName {
    if (text.equals("/")) {
      return ALL;
    }
    if (text.isEmpty()) {
      throw new Refusal.BadName("a path is missing; the whole share is /");
    }
    return text.endsWith("/")
        ? new Scope(SharePath.parse(text.substring(0, text.length() - 1)), true)
        : new Scope(SharePath.parse(text), false);
  }

  /// Whether `other` is this scope's file or folder itself or, for a folder, anything below it.
  public boolean contains(SharePath other) {
    return isFolder ? startsWith(other) : path.equals(other);
  }

  /// Whether `other` is this scope's file or, for a folder, anything below it, but not the folder.
  boolean containsEntry(SharePath other) {
    return contains(other) && !(isFolder && path.equals(other));
  }

  /// Whether whoever has this scope may do all that somebody with the other one may. The file
  /// `inbox` isn't within `inbox/`: it may be changed, the folder itself may not.
  public boolean contains(Scope other) {
    return other.isFolder ? isFolder && startsWith(other.path) : containsEntry(other.path);
  }

  private boolean startsWith(SharePath other) {
    List<String> prefix = path.segments();
    return other.segments().size() >= prefix.size()
        && other.segments().subList(0, prefix.size()).equals(prefix);
  }

  /// The path, with a slash at the end for a folder.
  @Override
  public String toString() {
    return isFolder ? path + "/" : path.toString();
  }
}
