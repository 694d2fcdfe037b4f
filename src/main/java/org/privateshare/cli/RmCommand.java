package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.privateshare.client.RemoteChanges;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rm [-r] TARGET...`.
@Command(
    name = "rm",
    description =
        "Remove files, which go into the share's history, and empty folders; with -r also folders"
            + " with all below them.",
    customSynopsis = "privateshare rm [OPTIONS] TARGET...")
final class RmCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Option(
      names = {"-r", "--recursive"},
      description = "Remove folders with all below them; the files go into the history.")
  private boolean recursive;

  @Parameters(arity = "0..*", paramLabel = "TARGET", description = "The files and folders.")
  private List<String> words = List.of();

  RmCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    return new ChangeEach(shell, manner, "removed")
        .of("remove", words, (far, path) -> remove(RemoteChanges.of(far.open()), path))
        .number();
  }

  private void remove(RemoteChanges share, SharePath path) throws Refusal, IOException {
    try {
      share.remove(path);
    } catch (Refusal.NotEmpty full) {
      if (!recursive) {
        throw full.with("; -r removes it with all that is in it");
      }
      share.removeTree(path);
    }
  }
}
