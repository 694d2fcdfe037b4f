package org.privateshare.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.client.Listed;
import org.privateshare.model.Printable;
import org.privateshare.model.SharePath;

/// One row of `list`.
///
/// @param name its last name; in a tree its path from the folder on
/// @param folder whether it is a folder
/// @param size of a file, in bytes, where it is known
/// @param modified when its content last changed, where that is known
record ListRow(String name, boolean folder, OptionalLong size, Optional<Instant> modified) {
  /// What a share says of something below `folder`.
  static ListRow of(Listed listed, SharePath folder) {
    String path = listed.path().toString();
    String name = folder.isRoot() ? path : path.substring(folder.toString().length() + 1);
    return new ListRow(name, listed.folder(), listed.size(), listed.modified());
  }

  /// The name for a terminal, a folder's with a slash behind it.
  String line() {
    String shown = Printable.escape(name);
    return folder ? shown + "/" : shown;
  }

  /// The same behind size and time, in columns that need not know what else will come.
  String longLine() {
    String amount = size.isPresent() ? Amounts.size(size.getAsLong()) : "-";
    String time = modified.map(Amounts::second).orElse("-");
    return right(amount, 10) + "  " + right(time, 20) + "  " + line();
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
