package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.privateshare.client.Listed;
import org.privateshare.model.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `list TARGET`.
@Command(
    name = "list",
    description = "List the names in a share, or in a folder of it, one a line, as they come.",
    customSynopsis = {"privateshare list [OPTIONS] TARGET", "       privateshare HOST PORT list"})
final class ListCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Option(
      names = {"-l", "--long"},
      description = "Show the size in bytes and the time of the last change, too.")
  private boolean detailed;

  @Parameters(arity = "0..*", paramLabel = "TARGET", description = "The share or the folder.")
  private List<String> words = List.of();

  ListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (words.size() != 1) {
      throw new Mistake("'list' takes one HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    UserState state = new UserState(shell);
    Target target = state.target(words.getFirst());
    try (FarEnd far = state.farEnd(target)) {
      return new Rows(shell, manner)
          .run(
              "list " + Printable.escape(target.toString()),
              far,
              rows -> rows.leftOut(far.list(target.path(), entry -> tell(rows, entry))))
          .number();
    }
  }

  private void tell(Rows rows, Listed entry) {
    rows.row(() -> line(entry), "entry", Members.of(entry));
  }

  private String line(Listed entry) {
    String name = Printable.escape(entry.path().name()) + (entry.folder() ? "/" : "");
    return detailed
        ? String.format(
            Locale.ROOT,
            "%15s %20s %s",
            entry.size().isPresent() ? entry.size().getAsLong() : "-",
            entry.modified().map(Amounts::second).orElse("-"),
            name)
        : name;
  }
}
