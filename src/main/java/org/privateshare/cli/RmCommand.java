package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.privateshare.client.RemoteChanges;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `rm TARGET...`.
@Command(
    name = "rm",
    description = "Remove files, which go into the share's history, and empty folders.",
    customSynopsis = "privateshare rm [OPTIONS] TARGET...")
final class RmCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Parameters(arity = "0..*", paramLabel = "TARGET", description = "The files and folders.")
  private List<String> words = List.of();

  RmCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    return new ChangeEach(shell, manner, "removed")
        .of("remove", words, (far, path) -> RemoteChanges.of(far.open()).remove(path))
        .number();
  }
}
