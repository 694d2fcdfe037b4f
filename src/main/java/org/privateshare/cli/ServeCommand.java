package org.privateshare.cli;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.privateshare.share.Limits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `serve [DIR] [PORT]`: checks everything that was asked for, then hands over to [Serve].
@Command(
    name = "serve",
    description = "Serve a folder as a share until Ctrl-C or SIGTERM.",
    customSynopsis = "privateshare serve [OPTIONS] [DIR] [PORT]")
final class ServeCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();
  @Mixin private final HttpServeOptions http = new HttpServeOptions();
  @Mixin private final LogOptions log = new LogOptions();

  @Option(
      names = "--classic",
      paramLabel = "off|loopback|lan|any",
      description = {
        "Who may use the classic protocol, which knows no password: nobody, this machine (the"
            + " default), private networks, or everybody."
      })
  private @Nullable String classic;

  @Option(names = "--read-only", description = "Take no files.")
  private boolean readOnly;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Listen on this address of this machine only. May be given several times.")
  private List<String> binds = new ArrayList<>();

  @Option(
      names = "--max-file",
      paramLabel = "SIZE",
      converter = Quantities.SizeConverter.class,
      description = "Take no larger file: bytes, or a whole number and KiB, MiB, GiB or TiB.")
  private @Nullable Long maxFile;

  @Option(
      names = "--free-floor",
      paramLabel = "SIZE",
      converter = Quantities.SizeConverter.class,
      description = "Keep so much of the disk free; 256MiB unless said otherwise.")
  private @Nullable Long freeFloor;

  @Option(
      names = "--keep-history",
      paramLabel = "TIME",
      converter = Quantities.DurationConverter.class,
      description =
          "What was replaced or removed can be had back for so long; 30d unless said otherwise.")
  private @Nullable Duration keepHistory;

  @Option(
      names = "--keep-unfinished",
      paramLabel = "TIME",
      converter = Quantities.DurationConverter.class,
      description =
          "An upload that was cut off can go on for so long; 7d after its last byte unless said"
              + " otherwise.")
  private @Nullable Duration keepUnfinished;

  @Option(
      names = "--idle-exit",
      paramLabel = "TIME",
      converter = Quantities.DurationConverter.class,
      description = "Stop after so long without a connection: a whole number and s, m, h or d.")
  private @Nullable Duration idleExit;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      converter = Quantities.DurationConverter.class,
      description =
          "When stopping, let running transfers go on for so long; 30s unless said otherwise.")
  private @Nullable Duration drain;

  @Parameters(
      arity = "0..*",
      paramLabel = "[DIR] [PORT]",
      hideParamSyntax = true,
      description =
          "The folder, the current one unless given; the port, 3650 unless given, 0 for any free"
              + " one. A single number is the port.")
  private List<String> words = List.of();

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake {
    manner.check();
    return new ServeRun(shell, manner, plan()).run().number();
  }

  private ServePlan plan() throws Mistake {
    if (words.size() > 2) {
      throw new Mistake("'serve' takes [DIR] [PORT]");
    }
    int port = port();
    List<InetAddress> addresses = addresses();
    HttpPlan plan = http.plan(shell);
    Reach reach = classic == null ? Reach.LOOPBACK : Reach.parse(classic);
    checkCallers(addresses, reach, plan.plain());
    checkReadOnly();
    // Here and not in a method of its own: to look at the methods of a command, picocli has their
    // types loaded, and a client needs nothing of the share.
    Limits limits =
        new Limits(
            maxFile == null ? Limits.DEFAULT.maxFile() : maxFile,
            freeFloor == null ? Limits.DEFAULT.freeFloor() : freeFloor,
            readOnly,
            keepUnfinished == null ? Limits.KEEP_UNFINISHED : keepUnfinished);
    Path folder = folder();
    checkSecrets(folder, plan);
    return new ServePlan(
        folder,
        port,
        addresses,
        reach,
        limits,
        Optional.ofNullable(idleExit),
        drain == null ? Duration.ofSeconds(30) : drain,
        plan,
        keepHistory == null ? ServePlan.HISTORY : keepHistory,
        shell.state(),
        log.plan(shell, manner.quiet(), folder));
  }

  private void checkReadOnly() throws Mistake {
    boolean isAboutChanges =
        Stream.of(maxFile, freeFloor, keepHistory, keepUnfinished).anyMatch(Objects::nonNull);
    if (readOnly && isAboutChanges) {
      throw new Mistake(
          "--read-only changes nothing: --max-file, --free-floor, --keep-history and"
              + " --keep-unfinished contradict it");
    }
  }

  /// Whoever is let in explicitly must be able to come.
  private void checkCallers(List<InetAddress> addresses, Reach reach, PlainReach plain)
      throws Mistake {
    BoundSide side = BoundSide.of(addresses);
    if (classic != null) {
      side.check("--classic " + reach.word(), reach.side());
    }
    if (http.isPlainGiven()) {
      side.check("--plain-http " + plain.word(), plain.side());
    }
  }

  private void checkSecrets(Path folder, HttpPlan plan) throws Mistake {
    Path state = shell.state().path();
    if (Paths.isShared(state, folder)) {
      throw new Mistake("the share would show its own keys: they are kept in " + state);
    }
    if (plan.own().isPresent() && Paths.isShared(plan.own().get().key(), folder)) {
      throw new Mistake("the share would show the private key of --key");
    }
  }

  private Path folder() throws Mistake {
    boolean here = words.isEmpty() || isPort();
    String text = here ? "." : words.getFirst();
    Path folder = Paths.inside(shell, text).toAbsolutePath().normalize();
    if (!Files.exists(folder)) {
      throw missing(text);
    }
    if (!Files.isDirectory(folder)) {
      throw new Mistake(Paths.shown(text) + " is a file; only a folder can be served");
    }
    if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
      throw new Mistake(
          ExitCode.NOT_ALLOWED,
          "no right to read and write in "
              + Paths.shown(text)
              + "; a share needs a place of its own there");
    }
    return folder;
  }

  /// What looks like a port that it can't be is taken for one: its user meant no folder.
  private Mistake missing(String text) {
    return words.size() == 1 && text.matches("[+-]?\\s*\\p{Nd}.*")
        ? new Mistake(Paths.shown(text) + " is neither a folder nor a port from 0 to 65535")
        : new Mistake(ExitCode.NOT_FOUND, "there is no folder " + Paths.shown(text));
  }

  private int port() throws Mistake {
    return switch (words.size()) {
      case 0 -> Target.DEFAULT_PORT;
      case 1 -> isPort() ? Origins.parsePort(words.getFirst()) : Target.DEFAULT_PORT;
      default -> Origins.parsePort(words.get(1));
    };
  }

  /// Whether a single word means the port: `serve 365` does, `serve ./365` serves the folder.
  private boolean isPort() {
    return words.size() == 1 && words.getFirst().matches("[0-9]+");
  }

  private List<InetAddress> addresses() throws Mistake {
    List<InetAddress> addresses = new ArrayList<>();
    for (String bind : binds) {
      addresses.add(address(bind));
    }
    return addresses.stream().distinct().toList();
  }

  private static InetAddress address(String bind) throws Mistake {
    try {
      return InetAddress.ofLiteral(bind);
    } catch (IllegalArgumentException e) {
      int zone = bind.indexOf('%');
      if (zone > 0 && isAddress(bind.substring(0, zone))) {
        throw new Mistake(
            ExitCode.NOT_ALLOWED,
            "no network of this machine is called " + Paths.shown(bind.substring(zone + 1)));
      }
      throw new Mistake(Paths.shown(bind) + " is no IPv4 or IPv6 address");
    }
  }

  private static boolean isAddress(String text) {
    try {
      return !InetAddress.ofLiteral(text).isMulticastAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
