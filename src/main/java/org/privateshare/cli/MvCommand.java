package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import org.privateshare.client.RemoteChanges;
import org.privateshare.model.Printable;
import org.privateshare.model.SharePath;

/// `mv TARGET TARGET`.
final class MvCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "mv",
          "Give a file or folder of a share another name, or the same in another folder.",
          "privateshare mv [OPTIONS] TARGET TARGET");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final List<String> words =
      syntax.operands(
          "TARGET TARGET",
          "What is to be moved; its new name, or with / at the end the folder it shall lie in.");

  MvCommand(Shell shell) {
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
      throw new Mistake("'mv' takes two of HOST[:PORT]/PATH or ALIAS:PATH, from and to");
    }
    UserState state = new UserState(shell);
    Target from = state.targetInside(words.getFirst());
    Target to = state.target(words.getLast());
    if (!state.isSameShare(from.place(), to.place())) {
      throw new Mistake("'mv' can't move from one share to another: get, put and rm do");
    }
    SharePath goal = to.isFolder() ? to.inside(from.path().name()) : to.path();
    Errands errands = new Errands(shell, manner);
    try (FarEnd far = state.farEnd(from)) {
      errands.run(
          "move",
          from.path().toString(),
          far,
          success(from.path(), goal, far),
          () -> RemoteChanges.of(far.open()).move(from.path(), goal));
    }
    return errands.end().number();
  }

  private static Errands.Success success(SharePath from, SharePath to, FarEnd far) {
    return new Errands.Success(
        "moved "
            + Printable.escape(from.toString())
            + " to "
            + Printable.escape(to.toString())
            + " on "
            + Printable.escape(far.name()),
        "moved",
        json -> {
          json.writeStringField("name", from.toString());
          json.writeStringField("to", to.toString());
        });
  }
}
