package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.privateshare.model.Printable;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program: finds the command that a command line means, runs it, and turns a mistake in it
/// into one line and exit code 2.
final class Privateshare implements Command {
  private static final String FOOTER =
      "TARGET is HOST[:PORT][/PATH], ALIAS:[PATH] or https://HOST[:PORT][/PATH].%n";

  private static final Map<String, Function<Shell, CommandLine>> COMMANDS = commands();

  private final Shell shell;

  private final Syntax syntax =
      new Syntax(
          "privateshare",
          "The file drop you own: put, get and list files, from any machine to yours.",
          "privateshare serve [DIR] [PORT]",
          "       privateshare put FILE... TARGET",
          "       privateshare get [NAME...] TARGET",
          "       privateshare list TARGET",
          "       privateshare verify FILE TARGET",
          "       privateshare doctor TARGET",
          "       privateshare mkdir|rm TARGET...",
          "       privateshare mv TARGET TARGET",
          "       privateshare history TARGET",
          "       privateshare restore TARGET ID",
          "       privateshare key new|list|revoke|rotate|renew",
          "       privateshare login https://HOST:PORT/",
          "       privateshare logout ALIAS",
          "       privateshare HOST PORT put|get FILE",
          "       privateshare HOST PORT list");

  private Privateshare(Shell shell) {
    this.shell = shell;
  }

  private static Map<String, Function<Shell, CommandLine>> commands() {
    Map<String, Function<Shell, CommandLine>> commands = new LinkedHashMap<>();
    commands.put("serve", shell -> line(new ServeCommand(shell)));
    commands.put("put", shell -> line(new PutCommand(shell)));
    commands.put("get", shell -> line(new GetCommand(shell)));
    commands.put("list", shell -> line(new ListCommand(shell)));
    commands.put("verify", shell -> line(new VerifyCommand(shell)));
    commands.put("doctor", shell -> line(new DoctorCommand(shell)));
    commands.put("mkdir", shell -> line(new MkdirCommand(shell)));
    commands.put("mv", shell -> line(new MvCommand(shell)));
    commands.put("rm", shell -> line(new RmCommand(shell)));
    commands.put("uploads", shell -> line(new UploadsCommand(shell)));
    commands.put("history", shell -> line(new HistoryCommand(shell)));
    commands.put("restore", shell -> line(new RestoreCommand(shell)));
    commands.put("key", KeyCommand::with);
    commands.put("login", shell -> line(new LoginCommand(shell)));
    commands.put("logout", shell -> line(new LogoutCommand(shell)));
    return commands;
  }

  /// Runs one command line in this thread and returns the exit code of the process.
  static int run(Shell shell, String... arguments) {
    try {
      List<String> modern = ClassicGrammar.modernise(List.of(arguments), COMMANDS.keySet());
      return program(shell, modern).execute(modern.toArray(String[]::new));
    } catch (Mistake e) {
      return complain(shell, program(shell, List.of()), e);
    } catch (OutOfMemoryError e) {
      shell.complain(
          "too many files for the memory it may take; give it more:"
              + " PRIVATESHARE_JAVA_OPTS=-Xmx2g");
      return ExitCode.FAILED.number();
    }
  }

  /// The program, set up for these words. Setting up a command takes its time, so where the first
  /// word is one, the others stay out.
  private static CommandLine program(Shell shell, List<String> words) {
    CommandLine program = line(new Privateshare(shell));
    var _ = program.getCommandSpec().usageMessage().footer(FOOTER);
    String first = words.isEmpty() ? "" : words.getFirst();
    for (var command : COMMANDS.entrySet()) {
      if (command.getKey().equals(first) || !COMMANDS.containsKey(first)) {
        program.addSubcommand(command.getKey(), command.getValue().apply(shell));
      }
    }
    setUp(program);
    return program
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(shell.out(), true, UTF_8))
        .setErr(new PrintWriter(shell.err(), true, UTF_8))
        .setParameterExceptionHandler((mistake, given) -> usage(shell, mistake))
        .setExecutionExceptionHandler((failure, command, parsed) -> usage(shell, failure, command));
  }

  private static CommandLine line(Command command) {
    return command.syntax().lineOf(command);
  }

  private static void setUp(CommandLine command) {
    var _ = command.getCommandSpec().versionProvider(new Version());
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.autoWidth(true);
    usage.exitCodeListHeading("Exit codes:%n");
    usage.exitCodeList(ExitCode.table());
    command.getSubcommands().values().forEach(Privateshare::setUp);
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  /// No command at all.
  @Override
  public Integer call() {
    program(shell, List.of()).usage(shell.err());
    return ExitCode.USAGE.number();
  }

  private static int usage(Shell shell, ParameterException mistake) {
    StringBuilder what = new StringBuilder(inOneLine(mistake));
    if (mistake instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      what.append("; did you mean ");
      what.append(String.join(" or ", unmatched.getSuggestions())).append('?');
    }
    return complain(shell, mistake.getCommandLine(), new Mistake(what.toString()));
  }

  private static String inOneLine(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      return Paths.shown(unmatched.getUnmatched().getFirst()) + " is no command";
    }
    // Picocli puts each of several complaints on a line of its own.
    return Printable.escape(String.valueOf(mistake.getMessage()).replaceAll("\\s*\\R\\s*", " "));
  }

  private static int usage(Shell shell, Exception failure, CommandLine command) throws Exception {
    if (failure instanceof Mistake mistake) {
      return complain(shell, command, mistake);
    }
    throw failure;
  }

  private static int complain(Shell shell, CommandLine command, Mistake mistake) {
    String help = " (see '" + command.getCommandSpec().qualifiedName() + " --help')";
    shell.complain(mistake.reason() + (mistake.exit() == ExitCode.USAGE ? help : ""));
    return mistake.exit().number();
  }

  /// Which version this is: what the jar says of itself.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Privateshare.class.getPackage().getImplementationVersion();
      return new String[] {"privateshare " + (version == null ? "(not packaged)" : version)};
    }
  }
}
