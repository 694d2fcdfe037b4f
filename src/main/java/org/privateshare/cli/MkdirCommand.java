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

/// `mkdir [-p] TARGET...`.
@Command(
    name = "mkdir",
    description = "Make folders in a share, each in a folder that is there, or with -p also these.",
    customSynopsis = "privateshare mkdir [OPTIONS] TARGET...")
final class MkdirCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Option(
      names = {"-p", "--parents"},
      description = "Make the folders around them too; one that is there is no failure.")
  private boolean parents;

  @Parameters(arity = "0..*", paramLabel = "TARGET", description = "The folders to make.")
  private List<String> words = List.of();

  MkdirCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    return new ChangeEach(shell, manner, "made")
        .of("mkdir", words, (far, path) -> make(RemoteChanges.of(far.open()), path))
        .number();
  }

  private void make(RemoteChanges share, SharePath folder) throws Refusal, IOException {
    try {
      share.makeFolder(folder);
    } catch (Refusal.Taken taken) {
      if (!parents || !share.isFolder(folder)) {
        throw taken;
      }
    } catch (Refusal.Missing missing) {
      if (!parents || folder.parent().isRoot()) {
        throw missing;
      }
      make(share, folder.parent());
      share.makeFolder(folder);
    }
  }
}
