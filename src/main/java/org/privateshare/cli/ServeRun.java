package org.privateshare.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletableFuture;
import org.privateshare.model.Printable;

/// The life of `serve` as its user sees it, from the first word to the last.
final class ServeRun {
  private static final int FIRST_FREE_PORT = 1024;

  private final Shell shell;
  private final Manner manner;
  private final ServePlan plan;

  ServeRun(Shell shell, Manner manner, ServePlan plan) {
    this.shell = shell;
    this.manner = manner;
    this.plan = plan;
  }

  /// Serves until a signal or the idle time; returns how that went.
  ExitCode run() {
    try (StopSignal signal = new StopSignal()) {
      // By then the log has written its last line.
      sayGoodbye(serve(signal));
      return ExitCode.DONE;
    } catch (IOException e) {
      return complain(e);
    }
  }

  /// How the serving ended.
  ///
  /// @param idle whether because nobody came any more
  /// @param brokenOff how many transfers were cut
  private record Ending(boolean idle, int brokenOff) {}

  private Ending serve(StopSignal signal) throws IOException {
    try (ServerLog _ = ServerLog.start(plan.log(), shell.err(), shell::complain);
        Serve server = Serve.start(plan)) {
      greet(server);
      CompletableFuture<Void> idle =
          plan.idleExit().map(server::idle).orElseGet(CompletableFuture::new);
      Object _ = CompletableFuture.anyOf(signal.asked(), idle).join();
      return new Ending(idle.isDone(), server.stop());
    }
  }

  private void greet(Serve server) throws IOException {
    if (System.getProperty("user.name", "").equals("root")) {
      shell.complain("running as root; an account of its own would be safer");
    }
    Banner banner = new Banner(plan, Banner.Facts.of(server), shell.home());
    if (manner.json()) {
      banner.json(new JsonLines(shell.out()));
    } else if (!manner.quiet()) {
      banner.lines(shell.width().get()).forEach(shell::say);
    }
  }

  private void sayGoodbye(Ending ending) {
    if (manner.json()) {
      new JsonLines(shell.out()).end(ExitCode.DONE);
    }
    if (ending.brokenOff > 0) {
      shell.complain(ending.brokenOff + " transfers were still running and are broken off");
    }
    if (!manner.quiet()) {
      String why =
          plan.idleExit()
              .filter(_ -> ending.idle)
              .map(time -> ": no connection for " + Amounts.roughly(time))
              .orElse("");
      shell.say("stopped" + why);
    }
  }

  private ExitCode complain(IOException failure) {
    String what = Printable.escape(whatOf(failure));
    if (failure.getCause() instanceof BindException) {
      shell.complain(what + "; " + adviceOnAddress());
      return ExitCode.NOT_ALLOWED;
    }
    shell.complain(what);
    return failure instanceof AccessDeniedException ? ExitCode.NOT_ALLOWED : ExitCode.FAILED;
  }

  private static String whatOf(IOException failure) {
    return failure instanceof AccessDeniedException denied && denied.getReason() == null
        ? "permission denied: " + denied.getFile()
        : String.valueOf(failure.getMessage());
  }

  private String adviceOnAddress() {
    if (!plan.addresses().stream().allMatch(ServeRun::isOurs)) {
      return "it is no address of this machine";
    }
    return plan.port() > 0 && plan.port() < FIRST_FREE_PORT
        ? "ports below 1024 are root's, and another program may have it: choose one above"
        : "another program has it: stop that one, or choose another port";
  }

  private static boolean isOurs(InetAddress address) {
    try {
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
