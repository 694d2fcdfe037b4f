package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.privateshare.client.RemoteChanges;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mkdir TARGET...`.
@Command(
    name = "mkdir",
    description = "Make folders in a share, each in a folder that is there.",
    customSynopsis = "privateshare mkdir [OPTIONS] TARGET...")
final class MkdirCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Parameters(arity = "0..*", paramLabel = "TARGET", description = "The folders to make.")
  private List<String> words = List.of();

  MkdirCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    return new ChangeEach(shell, manner, "made")
        .of("mkdir", words, (far, path) -> RemoteChanges.of(far.open()).makeFolder(path))
        .number();
  }
}
