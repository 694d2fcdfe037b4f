package org.privateshare.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Does the same to each of several targets: what `mkdir` and `rm` have in common. All are tried.
final class ChangeEach {
  private final Shell shell;
  private final Manner manner;
  private final String past;

  /// @param past the word for what has been done, also the event
  ChangeEach(Shell shell, Manner manner, String past) {
    this.shell = shell;
    this.manner = manner;
    this.past = past;
  }

  /// What is done to one.
  @FunctionalInterface
  interface Change {
    void make(FarEnd far, SharePath path) throws Refusal, IOException;
  }

  ExitCode of(String doing, List<String> words, Change change) throws Mistake, IOException {
    manner.check();
    if (words.isEmpty()) {
      throw new Mistake("there is nothing to " + doing + "; give HOST[:PORT]/PATH or ALIAS:PATH");
    }
    UserState state = new UserState(shell);
    List<Target> targets = new ArrayList<>();
    for (String word : words) {
      targets.add(state.targetInside(word));
    }
    Errands errands = new Errands(shell, manner);
    for (Target target : targets) {
      // One connection after the other: few names, and they may be on several servers.
      try (FarEnd far = state.farEnd(target)) {
        String name = target.pathAsWritten();
        errands.run(doing, name, far, success(name, far), () -> change.make(far, target.path()));
      }
    }
    return errands.end();
  }

  private Errands.Success success(String name, FarEnd far) {
    return new Errands.Success(
        past + " " + Printable.escape(name) + " on " + Printable.escape(far.name()),
        past,
        json -> json.writeStringField("name", name));
  }
}
