package org.privateshare.blackbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A system call at whose entry the server dies, so that everything before it has been done and the
/// call itself has not.
enum KillStep {
  FIRST_WRITE(Act.PUT, "pwrite64", "/staging/", 1 << 20, false),
  SOME_LATER_WRITE(Act.PUT, "pwrite64", "when=3", "/staging/", 16 << 20, false),
  FORCE_OF_A_BLOCK(Act.PUT, Words.FORCE, "/staging/", 40 << 20, false),
  FORCE_OF_THE_FILE(Act.PUT, Words.FORCE, "/staging/", 1 << 20, false),
  LINK(Act.PUT, "link", ".part", 1 << 20, false),
  FORCE_OF_THE_FOLDER(Act.PUT, Words.FORCE, Words.SHARE, 1 << 20, true),
  UNLINK(Act.PUT, "unlink", ".part", 1 << 20, true),

  FORCE_OF_THE_NEW_VERSION(Act.REPLACE, Words.FORCE, "/staging/", 1 << 20, false),
  LINK_INTO_THE_HISTORY(Act.REPLACE, "link", Words.OLD_VERSION, 1 << 20, false),
  FORCE_OF_THE_HISTORY(Act.REPLACE, Words.FORCE, Words.HISTORY, 1 << 20, false),
  RENAME(Act.REPLACE, "rename", ".part", 1 << 20, false),
  FORCE_AFTER_THE_RENAME(Act.REPLACE, Words.FORCE, Words.SHARE, 1 << 20, true),

  RENAME_INTO_THE_HISTORY(Act.REMOVE, "rename", Words.OLD_VERSION, 0, false),
  FORCE_OF_THE_FOLDER_IT_CAME_TO(Act.REMOVE, Words.FORCE, Words.HISTORY, 0, true),
  FORCE_OF_THE_FOLDER_IT_LEFT(Act.REMOVE, Words.FORCE, Words.SHARE, 0, true),

  RENAME_TO_A_FREE_NAME(Act.MOVE, "renameat2", "RENAME_NOREPLACE", 0, false),
  FORCE_AFTER_THE_MOVE(Act.MOVE, Words.FORCE, Words.SHARE, 0, true);

  /// A change of one file.
  enum Act {
    PUT,
    REPLACE,
    REMOVE,
    MOVE
  }

  private final Act act;
  private final String call;
  private final String when;

  /// A path that ends with `>` is that of a folder, and only calls on it are traced. `VICTIM`
  /// stands for the file's name.
  private final String about;

  private final long size;
  private final boolean made;

  KillStep(Act act, String call, String about, long size, boolean made) {
    this(act, call, "when=1", about, size, made);
  }

  /// @param when counts the calls of one thread, of which the server has several
  KillStep(Act act, String call, String when, String about, long size, boolean made) {
    this.act = act;
    this.call = call;
    this.when = when;
    this.about = about;
    this.size = size;
    this.made = made;
  }

  /// The file that is changed; the classic door takes no more than 28 bytes.
  String victim() {
    return name().toLowerCase(Locale.ROOT);
  }

  Act act() {
    return act;
  }

  String call() {
    return call;
  }

  /// Whether the share shows the change then.
  boolean isMade() {
    return made;
  }

  /// What the traced call must mention, so that the right one was hit.
  String about() {
    return about.replace("VICTIM", victim());
  }

  /// For strace.
  String[] rules(Path home) {
    List<String> rules = new ArrayList<>(List.of("-e", "trace=" + call));
    rules.addAll(List.of("-e", "inject=" + call + ":signal=SIGKILL:" + when));
    if (about.endsWith(">")) {
      rules.addAll(List.of("-P", home + about().replace(">", "")));
    }
    return rules.toArray(String[]::new);
  }

  /// Asks for the change.
  Door.Fate ask(Journal journal, Door door, int port) {
    return switch (act) {
      case PUT -> journal.put(door, port, victim(), new Content(1, size));
      case REPLACE -> journal.replace(port, victim(), new Content(1, size));
      case REMOVE -> journal.remove(port, victim());
      case MOVE -> journal.move(port, victim(), victim() + "-moved");
    };
  }

  private static final class Words {
    static final String FORCE = "fsync,fdatasync";
    static final String SHARE = "/share>";
    static final String HISTORY = "/share/.privateshare/history/VICTIM>";
    static final String OLD_VERSION = "/.20";

    private Words() {}
  }
}
