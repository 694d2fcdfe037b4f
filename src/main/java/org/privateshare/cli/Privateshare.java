package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
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
    versionProvider = Privateshare.Version.class,
    customSynopsis = {
      "privateshare serve [DIR] [PORT]",
      "       privateshare put FILE... HOST[:PORT]",
      "       privateshare get NAME... HOST[:PORT]",
      "       privateshare list HOST[:PORT]",
      "       privateshare HOST PORT put|get FILE",
      "       privateshare HOST PORT list"
    })
final class Privateshare implements Callable<Integer> {
  private final Shell shell;

  private Privateshare(Shell shell) {
    this.shell = shell;
  }

  /// Runs one command line in this thread and returns the exit code of the process.
  static int run(Shell shell, String... arguments) {
    CommandLine program = new CommandLine(new Privateshare(shell));
    program
        .addSubcommand(new ServeCommand(shell))
        .addSubcommand(new PutCommand(shell))
        .addSubcommand(new GetCommand(shell))
        .addSubcommand(new ListCommand(shell));
    program.getSubcommands().values().forEach(Privateshare::setUp);
    setUp(program);
    program
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(shell.out(), true, UTF_8))
        .setErr(new PrintWriter(shell.err(), true, UTF_8))
        .setParameterExceptionHandler((mistake, words) -> usage(shell, mistake))
        .setExecutionExceptionHandler((failure, command, parsed) -> usage(shell, failure, command));
    try {
      List<String> modern =
          ClassicGrammar.modernise(List.of(arguments), program.getSubcommands().keySet());
      return program.execute(modern.toArray(String[]::new));
    } catch (Mistake e) {
      return complain(shell, program, e);
    }
  }

  private static void setUp(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.autoWidth(true);
    usage.exitCodeListHeading("Exit codes:%n");
    usage.exitCodeList(ExitCode.table());
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
