package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import org.privateshare.client.RemoteHistory;
import org.privateshare.model.Printable;
import org.privateshare.model.SharePath;

/// `restore TARGET ID`.
final class RestoreCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "restore",
          "Bring an old version of a file back, as that file or as another.",
          "privateshare restore [OPTIONS] TARGET ID");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final Given<String> to =
      syntax.text("PATH", "As this file of the same share, where the name is free.", "--to");

  private final List<String> words =
      syntax.operands("TARGET ID", "The file, and the old version's id as 'history' shows it.");

  RestoreCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (words.size() != 2) {
      throw new Mistake("'restore' takes HOST[:PORT]/PATH or ALIAS:PATH, and an ID");
    }
    UserState state = new UserState(shell);
    Target target = state.targetInside(words.getFirst());
    if (target.isFolder()) {
      throw new Mistake("'restore' takes a file; " + Paths.shown(words.getFirst()) + " is none");
    }
    SharePath goal = goal(target);
    Errands errands = new Errands(shell, manner);
    try (FarEnd far = state.farEnd(target)) {
      errands.run(
          "restore",
          target.path().toString(),
          far,
          success(target.path(), goal, far),
          () -> RemoteHistory.of(far.open()).restore(target.path(), words.getLast(), goal));
    }
    return errands.end().number();
  }

  private SharePath goal(Target target) throws Mistake {
    if (!to.isThere()) {
      return target.path();
    }
    String text = to.value().orElseThrow();
    Target goal = Target.of(target.place(), text);
    if (goal.isFolder()) {
      throw new Mistake("--to takes a file's whole path; " + Paths.shown(text) + " is none");
    }
    return goal.path();
  }

  private static Errands.Success success(SharePath path, SharePath goal, FarEnd far) {
    String as = goal.equals(path) ? "" : " as " + Printable.escape(goal.toString());
    return new Errands.Success(
        "restored "
            + Printable.escape(path.toString())
            + as
            + " on "
            + Printable.escape(far.name()),
        "restored",
        json -> {
          json.writeStringField("name", path.toString());
          json.writeStringField("to", goal.toString());
        });
  }
}
