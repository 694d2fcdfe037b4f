package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import org.privateshare.client.RemoteChanges;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// `rm [-r] TARGET...`.
final class RmCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "rm",
          "Remove files, which go into the share's history, and empty folders; with -r also folders"
              + " with all below them.",
          "privateshare rm [OPTIONS] TARGET...");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final Flag recursive =
      syntax.flag(
          "Remove folders with all below them; the files go into the history.",
          "-r",
          "--recursive");

  private final List<String> words = syntax.operands("TARGET...", "The files and folders.");

  RmCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
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
      if (!recursive.isOn()) {
        throw full.with("; -r removes it with all that is in it");
      }
      share.removeTree(path);
    }
  }
}
