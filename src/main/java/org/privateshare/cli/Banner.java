package org.privateshare.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.privateshare.client.http.Origin;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.Printable;

/// What `serve` says when it has started: what is served, where, who may come in, and what to type
/// on this machine, on another, in a browser and with curl.
final class Banner {
  private static final int WIDTH = 80;

  private final ServePlan plan;
  private final Facts facts;
  private final Path home;
  private final int port;
  private final List<InetAddress> reachable;

  /// What only the running server knows.
  ///
  /// @param listening the addresses and the port that are listened on
  /// @param space how many bytes uploads may bring in
  /// @param fingerprint what the server is known by
  /// @param ownerKey the key with every right
  record Facts(
      List<InetSocketAddress> listening, long space, Fingerprint fingerprint, String ownerKey) {
    static Facts of(Serve server) throws IOException {
      return new Facts(server.addresses(), server.space(), server.fingerprint(), server.ownerKey());
    }

    /// Without the key, so that no message holds it.
    @Override
    public String toString() {
      return "a server known by " + fingerprint;
    }
  }

  /// The banner of a server that has just started.
  ///
  /// @param home what `~` is to who reads it
  Banner(ServePlan plan, Facts facts, Path home) throws IOException {
    this.plan = plan;
    this.facts = facts;
    this.home = home;
    this.port = facts.listening().getFirst().getPort();
    this.reachable = Addresses.of(facts.listening());
  }

  /// For a person.
  ///
  /// @param width the columns of the terminal; empty where none reads this but a file or a log,
  ///   which must never hold the owner key
  List<String> lines(OptionalInt width) {
    List<String> lines = new ArrayList<>();
    lines.add("privateshare serves " + folder() + ", " + space());
    lines.add("");
    lines.addAll(places("  where    ", Math.min(WIDTH, width.orElse(WIDTH))));
    lines.add("  https    with a key; the server's fingerprint is");
    lines.add("           " + facts.fingerprint());
    lines.add("  http     with a key, in clear: " + plan.http().plain().meaning());
    lines.add("  classic  without a key, in clear: " + plan.reach().meaning());
    lines.add("");
    lines.add("Here       privateshare put FILE " + target(hereHost()));
    elsewhere().ifPresent(own -> lines.addAll(login(own, width.isPresent())));
    lines.add("Browser    " + browser(width.isPresent()));
    lines.add("With curl  " + curl());
    lines.add("");
    lines.add("Ctrl-C stops.");
    return lines;
  }

  /// For a program.
  void json(JsonLines lines) {
    lines.event(
        "serving",
        json -> {
          json.writeStringField("folder", plan.folder().toString());
          json.writeNumberField("port", port);
          json.writeArrayFieldStart("places");
          for (InetAddress own : reachable) {
            json.writeString(place(own));
          }
          json.writeEndArray();
          json.writeStringField("fingerprint", facts.fingerprint().toString());
          json.writeStringField("ownerKey", plan.state().ownerKeyFile().toString());
          json.writeStringField("plainHttp", plan.http().plain().word());
          json.writeStringField("classic", plan.reach().word());
          json.writeBooleanField("readOnly", plan.limits().readOnly());
          json.writeNumberField("free", facts.space());
          Optional<Instant> begin = ProcessHandle.current().info().startInstant();
          if (begin.isPresent()) {
            long millis = Duration.between(begin.get(), Instant.now()).toMillis();
            json.writeNumberField("milliseconds", millis);
          }
        });
  }

  private String folder() {
    return Printable.escape(plan.folder().toString());
  }

  private String space() {
    if (plan.limits().readOnly()) {
      return "read-only";
    }
    String free = Amounts.size(facts.space()) + " free for uploads";
    return plan.limits().maxFile() == Long.MAX_VALUE
        ? free
        : free + ", " + Amounts.size(plan.limits().maxFile()) + " a file at most";
  }

  /// Every address that one can type, on as few lines as they fit in.
  private List<String> places(String head, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    for (String place : reachable.stream().map(this::place).distinct().toList()) {
      if (line.length() > head.length() && line.length() + place.length() + 2 >= width) {
        lines.add(line.append(',').toString());
        line = new StringBuilder(" ".repeat(head.length()));
      }
      line.append(line.length() > head.length() ? ", " : "").append(place);
    }
    lines.add(line.toString());
    return lines;
  }

  private String place(InetAddress own) {
    return Addresses.host(own) + ":" + port;
  }

  private String target(String host) {
    return port == Target.DEFAULT_PORT ? host : host + ":" + port;
  }

  private String hereHost() {
    return Addresses.host(reachable.getFirst());
  }

  /// An address by which other machines reach this one, if there is one.
  private Optional<InetAddress> elsewhere() {
    return reachable.stream().filter(own -> !own.isLoopbackAddress()).findFirst();
  }

  private List<String> login(InetAddress own, boolean withKey) {
    Optional<String> key = withKey ? Optional.of(facts.ownerKey()) : Optional.empty();
    LoginLine line =
        new LoginLine(
            new Origin(Addresses.bare(own), port),
            new Invitation(key, Optional.of(facts.fingerprint())));
    String command = "Elsewhere  privateshare login '" + line.text() + "'";
    return withKey
        ? List.of(command)
        : List.of(command, "           which asks for the key that is in " + keyFile());
  }

  /// The login line is a link that signs a browser in; without it the page asks for a key.
  private String browser(boolean withKey) {
    return withKey && elsewhere().isPresent()
        ? "the link in quotes above"
        : "https://" + place(reachable.getFirst()) + "/ and the key that is in " + keyFile();
  }

  /// The key stays in its file: what is typed can be seen by others and is kept in a history.
  private String curl() {
    return "curl -k --pinnedpubkey "
        + facts.fingerprint()
        + " -u \":$(cat "
        + keyFile()
        + ")\" https://"
        + hereHost()
        + ":"
        + port
        + "/";
  }

  private String keyFile() {
    Path file = plan.state().ownerKeyFile();
    String text =
        file.startsWith(home) && !file.equals(home)
            ? "~/" + home.relativize(file)
            : file.toString();
    return text.matches("[A-Za-z0-9~/._+-]+")
        ? text
        : "'" + file.toString().replace("'", "'\\''") + "'";
  }
}
