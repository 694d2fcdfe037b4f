package org.privateshare.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.privateshare.client.IfTaken;
import org.privateshare.model.SharePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `put FILE... HOST[:PORT]`.
@Command(
    name = "put",
    description = "Send files into a share. A name that is taken there is never overwritten.",
    customSynopsis = {
      "privateshare put [OPTIONS] FILE... HOST[:PORT]",
      "       privateshare HOST PORT put FILE"
    })
final class PutCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE... HOST[:PORT]",
      hideParamSyntax = true,
      description = "The files, and where the share is; port 3650 unless said otherwise.")
  private List<String> words = List.of();

  PutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake {
    manner.check();
    if (words.size() < 2) {
      throw new Mistake("'put' takes FILE... HOST[:PORT]");
    }
    Target target = Target.parse(words.getLast());
    List<Path> files = new ArrayList<>();
    for (String file : words.subList(0, words.size() - 1)) {
      files.add(Paths.inside(shell, file));
    }
    return new Run(shell, manner)
        .of(
            Request.PUT,
            target,
            transfers -> files.forEach(file -> transfers.put(file, SharePath.ROOT, IfTaken.REFUSE)))
        .number();
  }
}
