package org.privateshare.client;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.RequestBody;
import org.privateshare.client.http.Response;
import org.privateshare.client.http.Security;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What works with a server in HTTP, found out by trying it: the connection, the server's health
/// and clock, what the key may do in a folder, and an upload that is dropped before its last byte.
record Checkup(HttpClient client, Fields fields, SharePath folder, Consumer<Finding> findings) {
  private static final int PROBE = 4 << 20;
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;
  private static final int METRICS = 64 << 10;

  private static final Pattern FREE =
      Pattern.compile(
          "^privateshare_free_bytes ([0-9.]{1,20}(?:E[0-9]{1,2})?)$", Pattern.MULTILINE);

  void run() throws Refusal, IOException {
    connection();
    server();
    space();
    if (key()) {
      upload();
    }
  }

  private void tell(Finding finding) {
    findings.accept(finding);
  }

  private void connection() throws IOException {
    long start = System.nanoTime();
    client.connect();
    long millis = (System.nanoTime() - start) / 1_000_000;
    tell(Finding.ok("connection", "open within " + millis + " ms"));
    Optional<Security> security = client.security();
    if (security.isEmpty()) {
      tell(Finding.ok("encryption", "none: the server is on this machine"));
      return;
    }
    Security found = security.get();
    String text = found.protocol() + " by " + found.provider() + ", " + found.suite();
    boolean best = found.isFast() && found.protocol().equals("TLSv1.3");
    tell(
        best
            ? Finding.ok("encryption", text)
            : Finding.warn(
                "encryption",
                text,
                found.isFast()
                    ? "a proxy on the way may hold back TLS 1.3"
                    : "Conscrypt's library is not to be had here: transfers are slower"));
  }

  private void server() throws IOException {
    try (Response response = client.exchange(Request.of("GET", "/.privateshare/health", fields))) {
      switch (response.status()) {
        case 200 -> tell(Finding.ok("server", "healthy"));
        case 503 ->
            tell(
                Finding.fail(
                    "server", "its share or its keyring can't be used", "see the server's log"));
        case 421 ->
            tell(
                Finding.fail("server", "it isn't called so", "start it with --host and this name"));
        default ->
            tell(
                Finding.fail(
                    "server",
                    "it answers " + response.status() + " when asked for its health",
                    "is it privateshare?"));
      }
      clock(response);
    }
  }

  /// Only a key with the admin right is told.
  private void space() throws IOException {
    try (Response response = client.exchange(Request.of("GET", "/.privateshare/metrics", fields))) {
      if (response.status() != 200) {
        return;
      }
      var text = new byte[METRICS];
      int count = Channels.newInputStream(response).readNBytes(text, 0, METRICS);
      Matcher free = FREE.matcher(new String(text, 0, count, StandardCharsets.US_ASCII));
      if (free.find()) {
        double gib = Double.parseDouble(free.group(1)) / GIB;
        String there = String.format(Locale.ROOT, "%.1f GiB free on the server", gib);
        tell(
            gib >= 1
                ? Finding.ok("space", there)
                : Finding.warn("space", there, "make room on the server's disk"));
      }
    }
  }

  private void clock(Response response) {
    try {
      Instant there =
          ZonedDateTime.parse(
                  response.fields().first("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
      Duration apart = Duration.between(there, Instant.now());
      String text = Math.abs(apart.toSeconds()) + " s apart";
      tell(
          apart.abs().compareTo(SKEW) < 0
              ? Finding.ok("clocks", text)
              : Finding.warn(
                  "clocks", text, "set the wrong one: keys expire by the server's clock"));
    } catch (DateTimeException e) {
      tell(Finding.warn("clocks", "the server doesn't say what time it is", ""));
    }
  }

  /// Whether it is worth trying more.
  private boolean key() throws IOException {
    try (Response response = client.exchange(Request.of("HEAD", Url.folder(folder), fields))) {
      switch (response.status()) {
        case 200 -> tell(Finding.ok("key", "it is good, and may list " + where()));
        case 401 -> {
          tell(Finding.fail("key", "the server doesn't take it", "log in with a new one"));
          return false;
        }
        case 403 -> tell(Finding.warn("key", "it is good, but may not list " + where(), ""));
        case 404 ->
            tell(
                Finding.warn(
                    "key",
                    "there is no " + where() + ", or it is out of the key's reach",
                    "look at its path and at the key's"));
        default -> {
          tell(Finding.fail("key", "the server answers " + response.status(), ""));
          return false;
        }
      }
      return true;
    }
  }

  private String where() {
    return Url.folder(folder);
  }

  private void upload() throws IOException {
    int count = (int) Math.min(PROBE, UploadSession.longest(client, fields) - 1);
    try {
      SharePath probe = folder.child("privateshare-doctor-" + random(8));
      UploadSession session =
          UploadSession.begin(client, fields, count + 1, Instant.now(), probe, IfTaken.REFUSE);
      try {
        tell(Finding.ok("put", "the key may put into " + where()));
        send(session, count);
      } finally {
        session.drop();
      }
    } catch (Refusal.Missing e) {
      tell(
          Finding.warn(
              "put",
              "nothing can be put into " + where() + ", or uploads can't go on after a cut",
              "look at the key's rights and path, and at the server's version"));
    } catch (Refusal.NoSpace e) {
      tell(Finding.fail("space", e.reason(), "make room on the server's disk"));
    } catch (Refusal.Denied e) {
      tell(Finding.warn("put", e.reason(), "a key with the right put can"));
    } catch (Refusal e) {
      tell(Finding.warn("put", e.reason(), ""));
    }
  }

  private void send(UploadSession session, int count) throws Refusal, IOException {
    long start = System.nanoTime();
    session.send(0, count, RequestBody.of(bytes(count)));
    double seconds = Math.max(1e-3, (System.nanoTime() - start) / 1e9);
    tell(
        Finding.ok(
            "speed", String.format(Locale.ROOT, "%.1f MiB/s up, on disk", count / MIB / seconds)));
    long kept = session.state().map(UploadSession.State::offset).orElse(0L);
    tell(
        kept == count
            ? Finding.ok("resume", "uploads go on after a cut")
            : Finding.warn("resume", "the server has forgotten what it took", "see its log"));
  }

  private static String random(int count) {
    return HexFormat.of().formatHex(bytes(count));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
