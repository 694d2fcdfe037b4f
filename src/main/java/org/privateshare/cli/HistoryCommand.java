package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.privateshare.client.RemoteHistory;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Printable;

/// `history TARGET`.
final class HistoryCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "history",
          "Show the old versions of a file, or of all files in a folder or in the share: id, size,"
              + " since when it is kept, path.",
          "privateshare history [OPTIONS] TARGET");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final List<String> words = syntax.operands("TARGET", "The file or folder.");

  HistoryCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (words.size() != 1) {
      throw new Mistake("'history' takes one HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    UserState state = new UserState(shell);
    Target target = state.target(words.getFirst());
    try (FarEnd far = state.farEnd(target)) {
      return new Rows(shell, manner)
          .run(
              "show the history of " + Printable.escape(target.toString()),
              far,
              rows ->
                  RemoteHistory.of(far.open())
                      .history(
                          target.path(),
                          old -> rows.row(() -> line(old), "version", Members.of(old))))
          .number();
    }
  }

  private static String line(OldVersion old) {
    return String.format(
        Locale.ROOT,
        "%s %15d %s %s",
        Printable.escape(old.id()),
        old.size(),
        Amounts.second(old.kept()),
        Printable.escape(old.path().toString()));
  }
}
