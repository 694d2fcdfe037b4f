package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import org.privateshare.client.RemoteChanges;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// `mkdir [-p] TARGET...`.
final class MkdirCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "mkdir",
          "Make folders in a share, each in a folder that is there, or with -p also these.",
          "privateshare mkdir [OPTIONS] TARGET...");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final Flag parents =
      syntax.flag(
          "Make the folders around them too; one that is there is no failure.", "-p", "--parents");

  private final List<String> words = syntax.operands("TARGET...", "The folders to make.");

  MkdirCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
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
      if (!parents.isOn() || !share.isFolder(folder)) {
        throw taken;
      }
    } catch (Refusal.Missing missing) {
      if (!parents.isOn() || folder.parent().isRoot()) {
        throw missing;
      }
      make(share, folder.parent());
      share.makeFolder(folder);
    }
  }
}
