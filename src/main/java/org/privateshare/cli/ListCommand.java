package org.privateshare.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.client.Listed;
import org.privateshare.client.RemoteFile;
import org.privateshare.client.RemoteTree;
import org.privateshare.model.Digest;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// `list TARGET`.
final class ListCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "list",
          "List the names in a share, or in a folder of it, one a line, as they come.",
          "privateshare list [OPTIONS] TARGET",
          "       privateshare HOST PORT list");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final Flag detailed =
      syntax.flag("Show the size and the time of the last change, too.", "-l", "--long");

  private final Flag recursive = syntax.flag("List all below the folder.", "-r", "--recursive");

  private final Given<ListOrder> sort =
      syntax.value(
          ListOrder.class,
          "name|size|time",
          "Show them in order, the largest or newest first, when all have come.",
          ListOrder::parse,
          "--sort");

  private final Flag reverse = syntax.flag("Show them in the opposite order.", "--reverse");

  private final List<String> words =
      syntax.operands("TARGET", "The share, the folder or the file.");

  ListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (words.size() != 1) {
      throw new Mistake("'list' takes one HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    if (reverse.isOn() && !sort.isThere()) {
      throw new Mistake("--reverse needs --sort name, size or time");
    }
    UserState state = new UserState(shell);
    Target target = state.target(words.getFirst());
    try (FarEnd far = state.farEnd(target)) {
      return new Rows(shell, manner)
          .run("list " + Printable.escape(target.toString()), far, rows -> show(rows, far, target))
          .number();
    }
  }

  private void show(Rows rows, FarEnd far, Target target) throws Refusal, IOException {
    if (!sort.isThere()) {
      rows.leftOut(list(far, target, row -> tell(rows, row)));
      return;
    }
    var sorted = new SortedRows(sort.value().orElseThrow(), reverse.isOn());
    try {
      long leftOut = list(far, target, row -> hold(sorted, row));
      sorted.forEach(row -> tell(rows, row));
      rows.leftOut(leftOut);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void hold(SortedRows sorted, ListRow row) {
    if (!sorted.add(row)) {
      throw new UncheckedIOException(
          new FileSystemException(
              "--sort", null, "has no room for so many names; list them without it"));
    }
  }

  private long list(FarEnd far, Target target, Consumer<ListRow> to) throws Refusal, IOException {
    SharePath path = target.path();
    Consumer<Listed> below = listed -> to.accept(ListRow.of(listed, path));
    try {
      return recursive.isOn()
          ? RemoteTree.of(far.open()).list(path, false, below)
          : far.list(path, below);
    } catch (Refusal.Missing missing) {
      Optional<RemoteFile> file =
          target.isFolder() ? Optional.empty() : far.find(path, Digest.Algorithm.CRC32C);
      to.accept(file.map(found -> row(path, found)).orElseThrow(() -> missing));
      return 0;
    }
  }

  private static ListRow row(SharePath path, RemoteFile file) {
    return new ListRow(path.name(), false, OptionalLong.of(file.size()), file.modified());
  }

  private void tell(Rows rows, ListRow row) {
    rows.row(() -> detailed.isOn() ? row.longLine() : row.line(), "entry", Members.of(row));
  }
}
