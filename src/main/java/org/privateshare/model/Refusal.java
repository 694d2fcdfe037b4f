package org.privateshare.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that was understood and turned down: the one checked failure beside `IOException`.
///
/// Each kind has a stable [#code()]; a door translates it once (to a status, to `cancel`, to an
/// exit code) with a `switch` over the sealed kinds. The message says what happened in words fit
/// for the caller: it names shares and paths by their outside names only and needs no escaping
/// beyond what the terminal or log does to every text.
///
/// A refusal changes nothing: whoever gets one may ask again.
public abstract sealed class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  private Refusal(String code, String message) {
    // No stack trace: a refusal is an answer, and hostile callers must not make it dear.
    super(message, null, false, false);
    this.code = code;
  }

  /// The stable name of this kind, for machines: lower-case words joined by `-`.
  public final String code() {
    return code;
  }

  /// The refusal of this code, as a far end has reported it: the inverse of [#code()] and
  /// [#reason()]. Empty where no kind has the code.
  ///
  /// @param reason fit for a terminal, whatever the far end has sent
  public static Optional<Refusal> of(String code, String reason) {
    return Optional.ofNullable(
        switch (code) {
          case "bad-name" -> new BadName(reason);
          case "missing" -> new Missing(reason);
          case "taken" -> new Taken(reason);
          case "changed" -> new Changed(reason);
          case "not-empty" -> new NotEmpty(reason);
          case "denied" -> new Denied(reason);
          case "too-large" -> new TooLarge(reason);
          case "no-space" -> new NoSpace(reason);
          case "mismatch" -> new Mismatch(reason);
          case "busy" -> new Busy(reason);
          case "too-many" -> new TooMany(reason);
          case "unavailable" -> new Unavailable(reason);
          default -> null;
        });
  }

  /// What happened, for a person. Never null, unlike the inherited text's declaration.
  public final String reason() {
    return String.valueOf(getMessage());
  }

  /// The text is no name here, or no name that may be created.
  public static final class BadName extends Refusal {
    private static final long serialVersionUID = 1L;

    /// Refuses a name for the given reason.
    public BadName(String message) {
      super("bad-name", message);
    }
  }

  /// Nothing of that name is here, or nothing that this caller may know of.
  public static final class Missing extends Refusal {
    private static final long serialVersionUID = 1L;

    private final boolean isFolder;

    private Missing(String message) {
      this(message, false);
    }

    private Missing(String message, boolean isFolder) {
      super("missing", message);
      this.isFolder = isFolder;
    }

    /// Says that nothing is at `path`.
    public Missing(SharePath path) {
      this("nothing here is called " + quoted(path));
    }

    /// Says that `path` is a folder where a file was asked for.
    public static Missing isFolder(SharePath path) {
      return new Missing(quoted(path) + " is a folder, not a file", true);
    }

    /// Whether a folder is there where a file was asked for.
    public boolean isFolder() {
      return isFolder;
    }

    /// Says that the user has no server of this name.
    public static Missing alias(String name) {
      return new Missing("you are logged in to no server called " + Printable.escape(name));
    }

    /// Says that there is no such upload, or none that the caller may see.
    public static Missing upload() {
      return new Missing("there is no such upload");
    }

    /// Says that no key has this id.
    public static Missing key(String id) {
      return new Missing("there is no key " + Printable.escape(id));
    }
  }

  /// The name is taken, by itself or by a twin that differs in case or normal form only.
  public static final class Taken extends Refusal {
    private static final long serialVersionUID = 1L;

    private Taken(String message) {
      super("taken", message);
    }

    /// Says that `path` exists already.
    public Taken(SharePath path) {
      this(quoted(path) + " exists already");
    }

    /// Says that `path` would differ from the existing name `twin` in case or normal form only.
    public static Taken byTwin(SharePath path, String twin) {
      return new Taken(
          quoted(path) + " is too like the existing \"" + Printable.escape(twin) + "\"");
    }
  }

  /// What is there is not what the caller expected to change, so nothing was changed.
  public static final class Changed extends Refusal {
    private static final long serialVersionUID = 1L;

    private Changed(String message) {
      super("changed", message);
    }

    /// Says that `path` does not hold any version the caller named.
    public Changed(SharePath path) {
      this(quoted(path) + " is not, or no longer, the version that was asked for");
    }
  }

  /// The folder still holds something, be it nothing that the share shows.
  public static final class NotEmpty extends Refusal {
    private static final long serialVersionUID = 1L;

    private NotEmpty(String message) {
      super("not-empty", message);
    }

    /// Says that the folder `path` is not empty.
    public NotEmpty(SharePath path) {
      this("the folder " + quoted(path) + " is not empty");
    }

    /// The same, with more to say: what to do about it.
    public NotEmpty with(String more) {
      return new NotEmpty(reason() + more);
    }
  }

  /// The caller, or anyone while the share is read-only, may not do this.
  public static final class Denied extends Refusal {
    private static final long serialVersionUID = 1L;

    /// Refuses for the given reason.
    public Denied(String message) {
      super("denied", message);
    }
  }

  /// The file is larger than the share takes.
  public static final class TooLarge extends Refusal {
    private static final long serialVersionUID = 1L;

    private TooLarge(String message) {
      super("too-large", message);
    }

    /// Says that a file may have at most `limit` bytes.
    public TooLarge(long limit) {
      this("a file may have at most " + limit + " bytes here");
    }
  }

  /// The share has no room for these bytes.
  public static final class NoSpace extends Refusal {
    private static final long serialVersionUID = 1L;

    /// Refuses for the given reason.
    public NoSpace(String message) {
      super("no-space", message);
    }
  }

  /// The bytes that came are not the bytes that were announced: length or digest differ.
  public static final class Mismatch extends Refusal {
    private static final long serialVersionUID = 1L;

    /// Refuses for the given reason.
    public Mismatch(String message) {
      super("mismatch", message);
    }
  }

  /// An upload goes on at another place than the caller said.
  public static final class WrongOffset extends Refusal {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /// Says that it goes on at `offset`.
    public WrongOffset(long offset) {
      super("offset", "this upload goes on at byte " + offset);
      this.offset = offset;
    }

    /// Where it goes on.
    public long offset() {
      return offset;
    }
  }

  /// Somebody else is at it; soon it may be free.
  public static final class Busy extends Refusal {
    private static final long serialVersionUID = 1L;

    /// Refuses for the given reason.
    public Busy(String message) {
      super("busy", message);
    }
  }

  /// The caller has more of these than one may have.
  public static final class TooMany extends Refusal {
    private static final long serialVersionUID = 1L;

    /// Refuses for the given reason.
    public TooMany(String message) {
      super("too-many", message);
    }
  }

  /// The share can't serve this now; later it may.
  public static final class Unavailable extends Refusal {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /// Refuses for the given reason.
    public Unavailable(String message) {
      super("unavailable", message);
      this.retryAfter = null;
    }

    /// Refuses for the given reason, for a while.
    public Unavailable(String message, Duration retryAfter) {
      super("unavailable", message);
      this.retryAfter = retryAfter;
    }

    /// When to ask again; empty where nobody knows.
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  private static String quoted(SharePath path) {
    return path.isRoot() ? "the share itself" : '"' + Printable.escape(path.toString()) + '"';
  }
}
