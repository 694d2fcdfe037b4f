package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import org.privateshare.access.KeyId;
import org.privateshare.model.Refusal;

/// `key revoke ID`.
final class KeyRevokeCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "revoke",
          "End a key and all keys made from it, for every request from now on.",
          "privateshare key revoke ID [OPTIONS]");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final KeysOf server = new KeysOf(syntax);

  private final List<String> words = syntax.operands("ID", "As 'key list' shows it.");

  KeyRevokeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    String id = id();
    UserState state = new UserState(shell);
    Errands errands = new Errands(shell, manner);
    try (FarEnd far = server.farEnd(state)) {
      errands.run(
          "revoke",
          id,
          far,
          new Errands.Success(
              "revoked " + id + " and all keys made from it",
              "revoked",
              json -> json.writeStringField("id", id)),
          () -> server.keys(shell, far).revoke(id));
    }
    return errands.end().number();
  }

  private String id() throws Mistake {
    if (words.size() != 1) {
      throw new Mistake("'key revoke' takes one ID, as 'key list' shows it");
    }
    try {
      return KeyId.parse(words.getFirst()).text();
    } catch (Refusal.BadName e) {
      // Not repeated: it may be a key itself.
      throw new Mistake(e.reason());
    }
  }
}
