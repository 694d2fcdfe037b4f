package org.privateshare.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.privateshare.client.Comparison;
import org.privateshare.client.LocalFile;
import org.privateshare.model.Digest;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// `verify FILE TARGET`.
final class VerifyCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "verify",
          "Have the server prove that it holds the bytes of a file: it reads its own and says what"
              + " they sum up to.",
          "privateshare verify [OPTIONS] FILE TARGET");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final List<String> words =
      syntax.operands(
          "FILE TARGET", "The file here; the file in the share, or the folder that holds it.");

  VerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (words.size() != 2) {
      throw new Mistake("'verify' takes FILE and HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    Path file = Paths.inside(shell, words.getFirst());
    UserState state = new UserState(shell);
    Target target = state.target(words.getLast());
    Errands errands = new Errands(shell, manner);
    try (FarEnd far = state.farEnd(target)) {
      var proof = new Proof(file, target, far);
      errands.run("verify", words.getFirst(), far, proof.success(), proof::demand);
    }
    return errands.end().number();
  }

  /// What is asked and what came of it.
  private static final class Proof {
    private final Path file;
    private final Target target;
    private final FarEnd far;
    private String digest = "";

    Proof(Path file, Target target, FarEnd far) {
      this.file = file;
      this.target = target;
      this.far = far;
    }

    void demand() throws Refusal, IOException {
      SharePath there =
          target.isFolder() ? target.path().child(LocalFile.nameOf(file)) : target.path();
      var _ = far.open();
      if (far.speaksClassic()) {
        throw new Refusal.Denied("the classic protocol can't prove what it holds");
      }
      Digest sum = new Comparison(far).verify(file, there);
      digest = sum.toString();
    }

    Errands.Success success() {
      String name = Printable.escape(String.valueOf(file.getFileName()));
      return new Errands.Success(
          "verified " + name + ": " + Printable.escape(far.name()) + " holds these bytes",
          "verified",
          json -> {
            json.writeStringField("name", String.valueOf(file.getFileName()));
            json.writeStringField("digest", digest);
          });
    }
  }
}
