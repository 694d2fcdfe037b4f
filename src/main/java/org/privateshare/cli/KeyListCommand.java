package org.privateshare.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.privateshare.client.RemoteKeys;
import org.privateshare.model.Refusal;

/// `key list`.
final class KeyListCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "list",
          "Show the living keys: id, rights, path, end, label. Never a key itself.",
          "privateshare key list [OPTIONS]");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final KeysOf server = new KeysOf(syntax);

  KeyListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    UserState state = new UserState(shell);
    try (FarEnd far = server.farEnd(state)) {
      return new Rows(shell, manner)
          .run("show the keys", far, rows -> tell(rows, server.keys(shell, far)))
          .number();
    }
  }

  private static void tell(Rows rows, RemoteKeys from) throws Refusal, IOException {
    List<RemoteKeys.Known> keys = new ArrayList<>();
    from.keys(keys::add);
    List<String> lines = Keys.aligned(keys.stream().map(Keys::row).toList());
    for (int i = 0; i < keys.size(); i++) {
      String line = lines.get(i);
      RemoteKeys.Known key = keys.get(i);
      rows.row(() -> line, "key", json -> Keys.write(json, key));
    }
  }
}
