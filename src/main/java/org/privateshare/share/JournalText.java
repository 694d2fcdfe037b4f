package org.privateshare.share;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.privateshare.access.KeyId;
import org.privateshare.model.Digest;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The text of a [SessionEntry] in the journal, as `docs/uploads.md` says: lines that each begin
/// with the CRC-32C of their rest, so that one that a crash has torn is known and left out.
final class JournalText {
  private static final String VERSION = "1";
  private static final int SUM_DIGITS = 8;

  private JournalText() {}

  /// The whole text of an entry.
  static String print(SessionEntry entry) {
    List<String> lines = new ArrayList<>();
    lines.add("begin " + VERSION + " " + entry.started());
    lines.add("by " + ids(entry.by()));
    lines.add("label " + entry.by().label());
    UploadPlan plan = entry.plan();
    plan.target().ifPresent(target -> lines.add("to " + target));
    lines.add("must " + must(plan.must()));
    plan.length().ifPresent(length -> lines.add(length(length)));
    plan.modified().ifPresent(time -> lines.add("modified " + time));
    plan.notes().forEach((key, value) -> lines.add("note " + encode(key) + " " + encode(value)));
    lines.add("open");
    entry.runs().all().forEach(run -> lines.add(run(run)));
    if (entry.isFinishing()) {
      lines.add("finishing");
    }
    entry.receipt().ifPresent(receipt -> lines.add(done(receipt)));
    return text(lines, "");
  }

  /// What is appended for a change: behind a line feed, lest it go on with a torn line.
  static String added(String... lines) {
    return text(List.of(lines), "\n");
  }

  private static String text(List<String> lines, String before) {
    StringBuilder text = new StringBuilder(before);
    for (String line : lines) {
      text.append(sum(line)).append(' ').append(line).append('\n');
    }
    return text.toString();
  }

  static String length(long length) {
    return "length " + length;
  }

  static String run(Run run) {
    return "run " + run.start() + " " + run.end() + " " + run.digest().hex();
  }

  static String finishing() {
    return "finishing";
  }

  static String done(Receipt receipt) {
    return "done "
        + receipt.size()
        + " "
        + receipt.digest().hex()
        + " "
        + (receipt.replaced() ? "replaced " : "created ")
        + receipt.version();
  }

  private static String ids(Uploader by) {
    StringBuilder ids = new StringBuilder(by.id().text());
    by.ancestors().forEach(id -> ids.append(' ').append(id.text()));
    return ids.toString();
  }

  private static String must(Precondition must) {
    return switch (must) {
      case Precondition.Existence.ANY -> "any";
      case Precondition.Existence.ABSENT -> "absent";
      case Precondition.Existence.PRESENT -> "present";
      case Precondition.Version(Set<String> anyOf) -> "version" + words(anyOf);
      case Precondition.Unlike(Set<String> noneOf) -> "unlike" + words(noneOf);
    };
  }

  /// Encoded, for who put conditions may have named versions that none of ours has.
  private static String words(Set<String> versions) {
    StringBuilder words = new StringBuilder();
    new TreeSet<>(versions).forEach(version -> words.append(' ').append(encode(version)));
    return words.toString();
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getUrlDecoder().decode(text), UTF_8);
  }

  private static String sum(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /// Reads an entry; empty where it isn't whole up to `open`, or of a version that isn't known.
  static Optional<SessionEntry> parse(String text) {
    Reading reading = new Reading();
    for (String line : text.split("\n", -1)) {
      if (line.length() > SUM_DIGITS
          && sum(line.substring(SUM_DIGITS + 1)).equals(line.substring(0, SUM_DIGITS))) {
        String checked = line.substring(SUM_DIGITS + 1);
        int space = checked.indexOf(' ');
        String word = space < 0 ? checked : checked.substring(0, space);
        try {
          reading.take(word, space < 0 ? "" : checked.substring(space + 1));
        } catch (IllegalArgumentException
            | IndexOutOfBoundsException
            | DateTimeException
            | Refusal e) {
          return Optional.empty(); // whole and yet not ours
        }
      }
    }
    return reading.entry();
  }

  private static final class Reading {
    private @Nullable Instant started;
    private List<KeyId> line = List.of();
    private String label = "";
    private @Nullable SharePath target;
    private @Nullable Precondition must;
    private OptionalLong length = OptionalLong.empty();
    private @Nullable Instant modified;
    private final Map<String, String> notes = new HashMap<>();
    private boolean isOpen;
    private Runs runs = Runs.NONE;
    private boolean isFinishing;
    private List<String> done = List.of();

    void take(String word, String rest) throws Refusal {
      switch (word) {
        case "begin" -> started = begin(rest);
        case "by" -> line = List.of(rest.split(" ", -1)).stream().map(KeyId::new).toList();
        case "label" -> label = rest;
        case "to" -> target = SharePath.parse(rest);
        case "must" -> must = condition(List.of(rest.split(" ", -1)));
        case "length" -> length = OptionalLong.of(Long.parseLong(rest));
        case "modified" -> modified = Instant.parse(rest);
        case "note" -> note(rest.split(" ", -1));
        case "open" -> isOpen = true;
        case "run" -> runs = runs.with(run(rest.split(" ", -1)));
        case "finishing" -> isFinishing = true;
        case "done" -> done = List.of(rest.split(" ", -1));
        default -> throw new IllegalArgumentException("not a word of the journal");
      }
    }

    private static Instant begin(String rest) {
      String[] words = rest.split(" ", -1);
      if (words.length != 2 || !words[0].equals(VERSION)) {
        throw new IllegalArgumentException("another version");
      }
      return Instant.parse(words[1]);
    }

    private static Precondition condition(List<String> words) {
      Set<String> versions =
          Set.copyOf(words.subList(1, words.size()).stream().map(JournalText::decode).toList());
      return switch (words.getFirst()) {
        case "any" -> Precondition.Existence.ANY;
        case "absent" -> Precondition.Existence.ABSENT;
        case "present" -> Precondition.Existence.PRESENT;
        case "version" -> new Precondition.Version(versions);
        case "unlike" -> new Precondition.Unlike(versions);
        default -> throw new IllegalArgumentException("no condition");
      };
    }

    private void note(String[] words) {
      notes.put(decode(words[0]), decode(words[1]));
    }

    private static Run run(String[] words) {
      return new Run(Long.parseLong(words[0]), Long.parseLong(words[1]), crc(words[2]));
    }

    private static Digest crc(String hex) {
      return new Digest(Digest.Algorithm.CRC32C, hex);
    }

    Optional<SessionEntry> entry() {
      if (!isOpen || started == null || must == null || line.isEmpty()) {
        return Optional.empty();
      }
      Uploader by = new Uploader(line.getFirst(), line.subList(1, line.size()), label);
      var plan =
          new UploadPlan(
              Optional.ofNullable(target), length, must, Optional.ofNullable(modified), notes);
      return Optional.of(
          new SessionEntry(by, plan, started, runs, isFinishing, receipt(plan.stagedFor())));
    }

    private Optional<Receipt> receipt(SharePath path) {
      if (done.size() != 4) {
        return Optional.empty();
      }
      return Optional.of(
          new Receipt(
              path,
              Long.parseLong(done.get(0)),
              crc(done.get(1)),
              done.get(3),
              done.get(2).equals("replaced")));
    }
  }
}
