package org.privateshare.cli;

import java.util.Optional;

/// The person at the terminal, who can be asked. One thread.
interface Prompt {
  /// Asks for a line, which isn't shown while it is typed; empty where nobody is there to answer.
  Optional<String> secret(String question);

  /// Asks for a line; empty where nobody is there to answer.
  Optional<String> line(String question);

  /// Asks whether to go on. Only `yes`, in full, means so; empty where nobody is there to answer.
  Optional<Boolean> consent(String question);
}
