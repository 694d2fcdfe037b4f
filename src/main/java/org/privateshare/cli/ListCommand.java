package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `list HOST[:PORT]`.
@Command(
    name = "list",
    description = "List the names in a share, one a line, as they come.",
    customSynopsis = {
      "privateshare list [OPTIONS] HOST[:PORT]",
      "       privateshare HOST PORT list"
    })
final class ListCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Parameters(
      arity = "0..*",
      paramLabel = "HOST[:PORT]",
      hideParamSyntax = true,
      description = "Where the share is; port 3650 unless said otherwise.")
  private List<String> words = List.of();

  private long told;

  ListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake {
    manner.check();
    if (words.size() != 1) {
      throw new Mistake("'list' takes HOST[:PORT]");
    }
    Target target = Target.parse(words.getFirst());
    return (manner.json() ? json(target) : plain(target)).number();
  }

  private ExitCode plain(Target target) {
    try {
      long leftOut =
          target
              .remote()
              .list(SharePath.ROOT, entry -> tell(Printable.escape(entry.path().name())));
      shell.out().flush();
      if (leftOut > 0) {
        shell.complain("left out " + leftOut + " names that no file may have");
      }
      return ExitCode.DONE;
    } catch (ReaderGone e) {
      return ExitCode.FAILED;
    } catch (Refusal | IOException e) {
      shell.out().flush();
      shell.complain("cannot list " + target + ": " + Explain.failure("", e, target));
      return ExitCode.of(e);
    }
  }

  private ExitCode json(Target target) {
    JsonLines lines = new JsonLines(shell.out());
    ExitCode exit = ExitCode.DONE;
    try {
      long leftOut =
          target.remote().list(SharePath.ROOT, entry -> lines.entry(entry.path().name()));
      lines.leftOut(leftOut);
    } catch (Refusal | IOException e) {
      lines.failed("", e, target);
      exit = ExitCode.of(e);
    }
    lines.end(exit);
    return exit;
  }

  /// Writes a name. Once in a while asks whether anybody still reads: `list | head` shall end.
  private void tell(String name) {
    shell.out().append(name).append('\n');
    if (++told % 4_096 == 0 && shell.out().checkError()) {
      throw new ReaderGone();
    }
  }

  /// Nobody reads standard output any more; not worth a word, as with every program in a pipe.
  private static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
