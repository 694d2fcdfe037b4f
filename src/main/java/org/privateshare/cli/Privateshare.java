package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.privateshare.model.Printable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program: finds the command that a command line means, runs it, and turns a mistake in it
/// into one line and exit code 2.
@Command(
    name = "privateshare",
    description = "The file drop you own: put, get and list files, from any machine to yours.",
    footer = "TARGET is HOST[:PORT][/PATH], ALIAS:[PATH] or https://HOST[:PORT][/PATH].%n",
    versionProvider = Privateshare.Version.class,
    customSynopsis = {
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
      "       privateshare HOST PORT list"
    })
final class Privateshare implements Callable<Integer> {
  private static final Map<String, Function<Shell, Object>> COMMANDS = commands();

  private final Shell shell;

  private Privateshare(Shell shell) {
    this.shell = shell;
  }

  private static Map<String, Function<Shell, Object>> commands() {
    Map<String, Function<Shell, Object>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand::new);
    commands.put("put", PutCommand::new);
    commands.put("get", GetCommand::new);
    commands.put("list", ListCommand::new);
    commands.put("verify", VerifyCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("mkdir", MkdirCommand::new);
    commands.put("mv", MvCommand::new);
    commands.put("rm", RmCommand::new);
    commands.put("uploads", UploadsCommand::new);
    commands.put("history", HistoryCommand::new);
    commands.put("restore", RestoreCommand::new);
    commands.put("key", KeyCommand::with);
    commands.put("login", LoginCommand::new);
    commands.put("logout", LogoutCommand::new);
    return commands;
  }

  /// Runs one command line in this thread and returns the exit code of the process.
  static int run(Shell shell, String... arguments) {
    try {
      List<String> modern = ClassicGrammar.modernise(List.of(arguments), COMMANDS.keySet());
      return program(shell, modern).execute(modern.toArray(String[]::new));
    } catch (Mistake e) {
      return complain(shell, program(shell, List.of()), e);
    }
  }

  /// The program, set up for these words. Setting up a command takes its time, so where the first
  /// word is one, the others stay out.
  private static CommandLine program(Shell shell, List<String> words) {
    CommandLine program = new CommandLine(new Privateshare(shell));
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

  private static void setUp(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.autoWidth(true);
    usage.exitCodeListHeading("Exit codes:%n");
    usage.exitCodeList(ExitCode.table());
    command.getSubcommands().values().forEach(Privateshare::setUp);
  }

  /// No command at all.
  @Override
  public Integer call() {
    CommandLine.usage(this, shell.err());
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
