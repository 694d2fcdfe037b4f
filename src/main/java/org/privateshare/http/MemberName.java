package org.privateshare.http;

import java.util.regex.Pattern;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// How a path is called in an archive, and what path a name of one is.
final class MemberName {
  /// Other programs can have made a name that is a drive on other systems.
  private static final Pattern LIKE_A_DRIVE = Pattern.compile("[A-Za-z]:.*");

  private MemberName() {}

  /// The path as seen from the folder `around`, which it is below.
  static String of(SharePath path, SharePath around) {
    String name =
        String.join("/", path.segments().subList(around.segments().size(), path.segments().size()));
    return LIKE_A_DRIVE.matcher(name).matches() ? "./" + name : name;
  }

  /// The path in the share of what is called `path` in that folder.
  ///
  /// @throws Refusal.BadName where it grows too long or too deep
  static SharePath below(SharePath folder, SharePath path) throws Refusal.BadName {
    return folder.isRoot() ? path : SharePath.parse(folder + "/" + path);
  }
}
