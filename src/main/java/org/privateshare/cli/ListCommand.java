package org.privateshare.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.Listed;
import org.privateshare.client.RemoteFile;
import org.privateshare.client.RemoteTree;
import org.privateshare.model.Digest;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `list TARGET`.
@Command(
    name = "list",
    description = "List the names in a share, or in a folder of it, one a line, as they come.",
    customSynopsis = {"privateshare list [OPTIONS] TARGET", "       privateshare HOST PORT list"})
final class ListCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Option(
      names = {"-l", "--long"},
      description = "Show the size and the time of the last change, too.")
  private boolean detailed;

  @Option(
      names = {"-r", "--recursive"},
      description = "List all below the folder.")
  private boolean recursive;

  @Option(
      names = "--sort",
      paramLabel = "name|size|time",
      converter = ListOrder.Converter.class,
      description = "Show them in order, the largest or newest first, when all have come.")
  private @Nullable ListOrder sort;

  @Option(names = "--reverse", description = "Show them in the opposite order.")
  private boolean reverse;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description = "The share, the folder or the file.")
  private List<String> words = List.of();

  ListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (words.size() != 1) {
      throw new Mistake("'list' takes one HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    if (reverse && sort == null) {
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
    if (sort == null) {
      rows.leftOut(list(far, target, row -> tell(rows, row)));
      return;
    }
    var sorted = new SortedRows(sort, reverse);
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
      return recursive ? RemoteTree.of(far.open()).list(path, false, below) : far.list(path, below);
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
    rows.row(() -> detailed ? row.longLine() : row.line(), "entry", Members.of(row));
  }
}
