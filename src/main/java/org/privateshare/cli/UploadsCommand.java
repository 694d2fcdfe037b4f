package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.privateshare.client.RemoteUploads;
import org.privateshare.client.Unfinished;
import org.privateshare.model.Printable;

/// `uploads TARGET`.
final class UploadsCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "uploads",
          "Show the uploads that a share keeps to be gone on with: id, bytes it has, bytes in all,"
              + " when it drops them, path, and the key that sends.",
          "privateshare uploads [OPTIONS] TARGET",
          "       privateshare uploads --drop ID TARGET");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final Given<String> dropped =
      syntax.text("ID", "Drop this one, and what the share has of it, instead.", "--drop");

  private final List<String> words = syntax.operands("TARGET", "The share.");

  UploadsCommand(Shell shell) {
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
      throw new Mistake("'uploads' takes one HOST[:PORT] or ALIAS:");
    }
    UserState state = new UserState(shell);
    Target target = state.target(words.getFirst());
    if (!target.path().isRoot()) {
      throw new Mistake("'uploads' takes a share, without a path");
    }
    try (FarEnd far = state.farEnd(target)) {
      return dropped.value().map(id -> drop(far, id)).orElseGet(() -> show(far)).number();
    }
  }

  private ExitCode show(FarEnd far) {
    return new Rows(shell, manner)
        .run(
            "show the uploads of " + Printable.escape(far.name()),
            far,
            rows ->
                RemoteUploads.of(far.open())
                    .uploads(upload -> rows.row(() -> line(upload), "upload", Members.of(upload))));
  }

  private static String line(Unfinished upload) {
    return String.format(
        Locale.ROOT,
        "%s %15d %15s %s %s (%s)",
        Printable.escape(upload.id()),
        upload.offset(),
        upload.length().isPresent() ? upload.length().getAsLong() : "-",
        Amounts.second(upload.expires()),
        upload.path().isEmpty() ? "-" : Printable.escape(upload.path()),
        Printable.escape(upload.label()));
  }

  private ExitCode drop(FarEnd far, String id) {
    Errands errands = new Errands(shell, manner);
    errands.run(
        "drop the upload",
        id,
        far,
        new Errands.Success(
            "dropped the upload " + Printable.escape(id) + " on " + Printable.escape(far.name()),
            "dropped",
            json -> json.writeStringField("name", id)),
        () -> RemoteUploads.of(far.open()).dropUpload(id));
    return errands.end();
  }
}
