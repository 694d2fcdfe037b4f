package org.privateshare.cli;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.privateshare.share.Limits;

/// `serve [DIR] [PORT]`: checks everything that was asked for, then hands over to [Serve].
final class ServeCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "serve",
          "Serve a folder as a share until Ctrl-C or SIGTERM.",
          "privateshare serve [OPTIONS] [DIR] [PORT]");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);
  private final HttpServeOptions http = new HttpServeOptions(syntax);
  private final LogOptions log = new LogOptions(syntax);

  private final Given<String> classic =
      syntax.text(
          "off|loopback|lan|any",
          "Who may use the classic protocol, which knows no password: nobody, this machine (the"
              + " default), private networks, or everybody.",
          "--classic");

  private final Flag readOnly = syntax.flag("Take no files.", "--read-only");

  private final List<String> binds =
      syntax.texts(
          "ADDRESS",
          "Listen on this address of this machine only. May be given several times.",
          "--bind");

  private final Given<Long> maxFile =
      syntax.value(
          Long.class,
          "SIZE",
          "Take no larger file: bytes, or a whole number and KiB, MiB, GiB or TiB.",
          Quantities::size,
          "--max-file");

  private final Given<Long> freeFloor =
      syntax.value(
          Long.class,
          "SIZE",
          "Keep so much of the disk free; 256MiB unless said otherwise.",
          Quantities::size,
          "--free-floor");

  private final Given<Duration> keepHistory =
      syntax.value(
          Duration.class,
          "TIME",
          "What was replaced or removed can be had back for so long; 30d unless said otherwise.",
          Quantities::duration,
          "--keep-history");

  private final Given<Duration> keepUnfinished =
      syntax.value(
          Duration.class,
          "TIME",
          "An upload that was cut off can go on for so long; 7d after its last byte unless said"
              + " otherwise.",
          Quantities::duration,
          "--keep-unfinished");

  private final Given<Duration> idleExit =
      syntax.value(
          Duration.class,
          "TIME",
          "Stop after so long without a connection: a whole number and s, m, h or d.",
          Quantities::duration,
          "--idle-exit");

  private final Given<Duration> drain =
      syntax.value(
          Duration.class,
          "TIME",
          "When stopping, let running transfers go on for so long; 30s unless said otherwise.",
          Quantities::duration,
          "--drain");

  private final List<String> words =
      syntax.operands(
          "[DIR] [PORT]",
          "The folder, the current one unless given; the port, 3650 unless given, 0 for any free"
              + " one. A single number is the port.");

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
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
    Reach reach = reach();
    checkCallers(addresses, reach, plan.plain());
    checkReadOnly();
    Limits limits =
        new Limits(
            maxFile.or(Limits.DEFAULT.maxFile()),
            freeFloor.or(Limits.DEFAULT.freeFloor()),
            readOnly.isOn(),
            keepUnfinished.or(Limits.KEEP_UNFINISHED));
    Path folder = folder();
    checkSecrets(folder, plan);
    return new ServePlan(
        folder,
        port,
        addresses,
        reach,
        limits,
        idleExit.value(),
        drain.or(Duration.ofSeconds(30)),
        plan,
        keepHistory.or(ServePlan.HISTORY),
        shell.state(),
        log.plan(shell, manner.quiet(), folder));
  }

  private Reach reach() throws Mistake {
    return classic.isThere() ? Reach.parse(classic.value().orElseThrow()) : Reach.LOOPBACK;
  }

  private void checkReadOnly() throws Mistake {
    boolean isAboutChanges =
        Stream.of(maxFile, freeFloor, keepHistory, keepUnfinished).anyMatch(Given::isThere);
    if (readOnly.isOn() && isAboutChanges) {
      throw new Mistake(
          "--read-only changes nothing: --max-file, --free-floor, --keep-history and"
              + " --keep-unfinished contradict it");
    }
  }

  /// Whoever is let in explicitly must be able to come.
  private void checkCallers(List<InetAddress> addresses, Reach reach, PlainReach plain)
      throws Mistake {
    BoundSide side = BoundSide.of(addresses);
    if (classic.isThere()) {
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
