package org.privateshare.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.privateshare.client.Transfers;

/// `get TARGET` and `get NAME... TARGET`.
final class GetCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "get",
          "Bring files, and folders with all below them, from a share into the current folder. What"
              + " is here is not overwritten unasked.",
          "privateshare get [OPTIONS] TARGET",
          "       privateshare get [OPTIONS] NAME... TARGET",
          "       privateshare HOST PORT get NAME");
  private static final String STANDARD_OUTPUT = "-";

  private final Shell shell;

  private final Manner manner = new Manner(syntax);
  private final TransferOptions options = new TransferOptions(syntax);

  private final Given<String> output =
      syntax.text(
          "FILE|DIR|-",
          "Where to: a new file's name, an existing folder, or - for standard output.",
          "-o",
          "--output");

  private final List<String> words =
      syntax.operands(
          "[NAME...] TARGET",
          "The file or folder; or names of some, and the folder of the share that they are in.");

  GetCommand(Shell shell) {
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
    if (words.isEmpty()) {
      throw new Mistake("'get' takes [NAME...] and HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    UserState state = new UserState(shell);
    Target target = state.target(words.getLast());
    Consumer<Transfers> work = work(names(target));
    try (FarEnd far = state.farEnd(target)) {
      return new Run(shell, manner, options).of(Request.GET, far, work).number();
    }
  }

  /// The files' paths in the share; that they can be is checked one by one later.
  private List<String> names(Target target) throws Mistake {
    List<String> names = words.subList(0, words.size() - 1);
    String last = Paths.shown(words.getLast());
    if (names.isEmpty()) {
      if (target.path().isRoot() && !output.isThere()) {
        throw new Mistake("the whole of a share needs -o DIR; or give NAME... before " + last);
      }
      return List.of(target.pathAsWritten());
    }
    if (!target.isFolder()) {
      throw new Mistake("the names before " + last + " are in a folder: it has no / at its end");
    }
    String folder = target.path().isRoot() ? "" : target.path() + "/";
    return names.stream().map(name -> folder + name).toList();
  }

  private Consumer<Transfers> work(List<String> names) throws Mistake {
    if (!output.isThere()) {
      return into(shell.folder(), names);
    }
    String where = output.value().orElseThrow();
    if (where.equals(STANDARD_OUTPUT)) {
      return streamed(names);
    }
    Path path = Paths.inside(shell, where);
    if (names.getFirst().isEmpty()) {
      return transfers -> transfers.getAs("", path);
    }
    if (Files.isDirectory(path)) {
      return into(path, names);
    }
    boolean newFolder = names.size() == 1 && names.getFirst().endsWith("/");
    if (names.size() > 1 || (where.endsWith("/") && !newFolder)) {
      throw new Mistake("there is no folder " + Paths.shown(where));
    }
    return transfers -> transfers.getAs(names.getFirst(), path);
  }

  private static Consumer<Transfers> into(Path folder, List<String> names) {
    return transfers -> names.forEach(name -> transfers.get(name, folder));
  }

  private Consumer<Transfers> streamed(List<String> names) throws Mistake {
    if (names.size() > 1 || names.getFirst().isEmpty() || names.getFirst().endsWith("/")) {
      throw new Mistake("only one file can go to standard output");
    }
    if (manner.json()) {
      throw new Mistake("--json and the file can't both go to standard output");
    }
    return transfers -> transfers.getInto(names.getFirst(), new StandardOutput(shell.out()));
  }
}
