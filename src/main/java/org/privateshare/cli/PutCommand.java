package org.privateshare.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.privateshare.client.Chooser;
import org.privateshare.client.IfTaken;
import org.privateshare.client.LocalStream;
import org.privateshare.client.Transfers;

/// `put FILE... TARGET` and `put - TARGET`.
final class PutCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "put",
          "Send files, and folders with all below them, into a folder of a share, or one of them"
              + " under another name. What is there is not overwritten unasked; what is replaced"
              + " goes into the history.",
          "privateshare put [OPTIONS] FILE... TARGET",
          "       privateshare put [OPTIONS] - TARGET",
          "       privateshare HOST PORT put FILE");
  private static final String STANDARD_INPUT = "-";

  private final Shell shell;

  private final Manner manner = new Manner(syntax);
  private final TransferOptions options = new TransferOptions(syntax);

  private final List<String> words =
      syntax.operands(
          "FILE... TARGET",
          "The files and folders, - for standard input; a folder of the share, its path empty or"
              + " with / at the end, or one name there.");

  PutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    options.check();
    if (words.size() < 2) {
      throw new Mistake("'put' takes FILE... and HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    UserState state = new UserState(shell);
    Target target = state.target(words.getLast());
    Consumer<Transfers> work = work(words.subList(0, words.size() - 1), target);
    try (FarEnd far = state.farEnd(target)) {
      return new Run(shell, manner, options).of(Request.PUT, far, work).number();
    }
  }

  private Consumer<Transfers> work(List<String> sources, Target target) throws Mistake {
    IfTaken ifTaken =
        options.ifTaken() == Chooser.Choice.REPLACE ? IfTaken.REPLACE : IfTaken.REFUSE;
    if (sources.size() > 1 && !target.isFolder()) {
      throw new Mistake(
          "several files need a folder: " + Paths.shown(words.getLast()) + " has no / at its end");
    }
    if (sources.contains(STANDARD_INPUT)) {
      return streamed(sources, target, ifTaken);
    }
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      files.add(Paths.inside(shell, source));
    }
    return transfers -> {
      if (target.isFolder()) {
        files.forEach(file -> transfers.put(file, target.path(), ifTaken));
      } else {
        transfers.putAs(files.getFirst(), target.path(), ifTaken);
      }
    };
  }

  private Consumer<Transfers> streamed(List<String> sources, Target target, IfTaken ifTaken)
      throws Mistake {
    if (sources.size() > 1) {
      throw new Mistake("standard input is put alone; a file called - is ./-");
    }
    if (target.isFolder()) {
      throw new Mistake("what comes on standard input needs a name in the share: nas:notes.txt");
    }
    return transfers ->
        transfers.putAs(new LocalStream("standard input", shell.in()), target.path(), ifTaken);
  }
}
