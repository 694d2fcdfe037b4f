package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.RemoteHistory;
import org.privateshare.model.Printable;
import org.privateshare.model.SharePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `restore TARGET ID`.
@Command(
    name = "restore",
    description = "Bring an old version of a file back, as that file or as another.",
    customSynopsis = "privateshare restore [OPTIONS] TARGET ID")
final class RestoreCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description = "As this file of the same share, where the name is free.")
  private @Nullable String to;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET ID",
      hideParamSyntax = true,
      description = "The file, and the old version's id as 'history' shows it.")
  private List<String> words = List.of();

  RestoreCommand(Shell shell) {
    this.shell = shell;
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
    if (to == null) {
      return target.path();
    }
    Target goal = Target.of(target.place(), to);
    if (goal.isFolder()) {
      throw new Mistake("--to takes a file's whole path; " + Paths.shown(to) + " is none");
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
