package org.privateshare.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `get NAME... HOST[:PORT]`.
@Command(
    name = "get",
    description =
        "Bring files from a share into the current folder. A name that is taken here is never"
            + " overwritten.",
    customSynopsis = {
      "privateshare get [OPTIONS] NAME... HOST[:PORT]",
      "       privateshare HOST PORT get NAME"
    })
final class GetCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description = "Where to: a new file's name, or an existing folder.")
  private @Nullable String output;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME... HOST[:PORT]",
      hideParamSyntax = true,
      description =
          "The files' names in the share, and where it is; port 3650 unless said otherwise.")
  private List<String> words = List.of();

  GetCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake {
    manner.check();
    if (words.size() < 2) {
      throw new Mistake("'get' takes NAME... HOST[:PORT]");
    }
    Target target = Target.parse(words.getLast());
    List<String> names = words.subList(0, words.size() - 1);
    if (output == null) {
      return into(shell.folder(), names, target);
    }
    Path path = Paths.inside(shell, output);
    if (Files.isDirectory(path)) {
      return into(path, names, target);
    }
    if (names.size() > 1 || output.endsWith("/")) {
      throw new Mistake("there is no folder " + Paths.shown(output));
    }
    return new Run(shell, manner)
        .of(Request.GET, target, transfers -> transfers.getAs(names.getFirst(), path))
        .number();
  }

  private int into(Path folder, List<String> names, Target target) {
    return new Run(shell, manner)
        .of(Request.GET, target, transfers -> names.forEach(name -> transfers.get(name, folder)))
        .number();
  }
}
