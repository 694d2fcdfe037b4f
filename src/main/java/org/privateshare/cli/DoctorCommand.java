package org.privateshare.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.privateshare.client.Finding;
import org.privateshare.client.Place;
import org.privateshare.client.RemoteCheckup;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Trust;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// `doctor TARGET`.
final class DoctorCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "doctor",
          "Find out what works between this machine and a server, and what to change. Puts nothing"
              + " into the share.",
          "privateshare doctor [OPTIONS] TARGET");
  private static final long LITTLE = 1L << 30;

  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final List<String> words =
      syntax.operands("TARGET", "The share, or a folder in it that the key should reach.");

  DoctorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (words.size() != 1) {
      throw new Mistake("'doctor' takes HOST[:PORT][/PATH] or ALIAS:[PATH]");
    }
    UserState state = new UserState(shell);
    Target target = state.target(words.getFirst());
    Findings findings = new Findings(shell, manner);
    try (FarEnd far = state.farEnd(target)) {
      try {
        examine(state, target, far, findings);
      } catch (Refusal | IOException e) {
        findings.failed(e, far);
      }
    }
    return findings.end().number();
  }

  private void examine(UserState state, Target target, FarEnd far, Findings findings)
      throws Refusal, IOException {
    space(findings);
    Origin origin = state.origin(target.place());
    name(origin, findings);
    identity(state, target.place(), findings);
    SharePath folder = target.isFolder() ? target.path() : target.path().parent();
    RemoteCheckup.of(far.open()).examine(folder, findings::tell);
  }

  private void space(Findings findings) throws IOException {
    long free = Files.getFileStore(shell.folder().toAbsolutePath()).getUsableSpace();
    String text = Amounts.size(free) + " free in the current folder";
    findings.tell(
        free >= LITTLE
            ? Finding.ok("disk", text)
            : Finding.warn("disk", text, "'get' needs room for the whole file"));
  }

  private static void name(Origin origin, Findings findings) throws UnknownHostException {
    String addresses =
        Arrays.stream(InetAddress.getAllByName(origin.host()))
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(", "));
    findings.tell(Finding.ok("name", origin + " is " + addresses));
  }

  private static void identity(UserState state, Place place, Findings findings)
      throws Refusal, IOException {
    Optional<Trust> trust = state.trust(place);
    if (trust.isEmpty()) {
      findings.tell(
          Finding.warn("identity", "nothing is known of this server", "'privateshare login'"));
    } else if (trust.get() instanceof Trust.Pinned(var fingerprint)) {
      findings.tell(Finding.ok("identity", "only " + fingerprint + " is trusted"));
    } else {
      findings.tell(
          Finding.ok("identity", "whoever an authority has certified for the name is trusted"));
    }
  }
}
