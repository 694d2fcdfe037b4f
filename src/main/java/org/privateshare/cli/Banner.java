package org.privateshare.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.privateshare.model.Printable;

/// What `serve` says when it has started: what is served, where, how much space there is, who may
/// come in, what to type on another terminal, how to stop.
final class Banner {
  private final ServePlan plan;
  private final int port;
  private final List<InetAddress> reachable;
  private final long space;

  /// The banner of a server that has just started.
  ///
  /// @param listening the addresses and the port that are listened on
  /// @param space how many bytes uploads may bring in
  Banner(ServePlan plan, List<InetSocketAddress> listening, long space) throws SocketException {
    this.plan = plan;
    this.port = listening.getFirst().getPort();
    this.reachable =
        Addresses.of(listening).stream().filter(own -> plan.reach().covers(own)).toList();
    this.space = space;
  }

  /// For a person.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("privateshare serves " + folder());
    lines.add("");
    String head = "  where   ";
    for (String place : places()) {
      lines.add(head + place);
      head = "          ";
    }
    lines.add("  space   " + space());
    lines.add("  who     " + who());
    lines.add("");
    if (!reachable.isEmpty()) {
      lines.addAll(commands());
    }
    lines.add("Ctrl-C stops.");
    return lines;
  }

  /// For a program.
  void json(JsonLines lines) {
    lines.event(
        "serving",
        json -> {
          json.writeStringField("folder", plan.folder().toAbsolutePath().normalize().toString());
          json.writeNumberField("port", port);
          json.writeArrayFieldStart("places");
          for (String place : places()) {
            json.writeString(place);
          }
          json.writeEndArray();
          json.writeStringField("classic", plan.reach().word());
          json.writeBooleanField("readOnly", plan.limits().readOnly());
          json.writeNumberField("free", space);
        });
  }

  private String folder() {
    return Printable.escape(plan.folder().toAbsolutePath().normalize().toString());
  }

  /// Every address that somebody who may come in can type.
  private List<String> places() {
    return reachable.isEmpty()
        ? List.of("port " + port)
        : reachable.stream().map(own -> Addresses.host(own) + ":" + port).distinct().toList();
  }

  private String space() {
    if (plan.limits().readOnly()) {
      return "read-only: takes no files";
    }
    String free = Amounts.size(space) + " free for uploads";
    return plan.limits().maxFile() == Long.MAX_VALUE
        ? free
        : free + ", " + Amounts.size(plan.limits().maxFile()) + " a file at most";
  }

  private String who() {
    String advice = plan.reach() == Reach.LOOPBACK ? " (--classic lan lets your network in)" : "";
    return plan.reach().meaning() + advice;
  }

  private List<String> commands() {
    String host =
        reachable.stream()
            .filter(own -> !own.isLoopbackAddress())
            .findFirst()
            .map(Addresses::host)
            .orElse("localhost");
    String target = port == Target.DEFAULT_PORT ? host : host + ":" + port;
    return List.of(
        "On another terminal:",
        "  privateshare put FILE " + target,
        "  privateshare list " + target,
        "  privateshare get NAME " + target,
        "");
  }
}
