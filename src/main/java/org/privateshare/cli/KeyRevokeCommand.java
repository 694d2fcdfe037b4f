package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.privateshare.access.KeyId;
import org.privateshare.model.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `key revoke ID`.
@Command(
    name = "revoke",
    description = "End a key and all keys made from it, for every request from now on.",
    customSynopsis = "privateshare key revoke ID [OPTIONS]")
final class KeyRevokeCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Mixin private final KeysOf server = new KeysOf();

  @Parameters(arity = "0..*", paramLabel = "ID", description = "As 'key list' shows it.")
  private List<String> words = List.of();

  KeyRevokeCommand(Shell shell) {
    this.shell = shell;
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
