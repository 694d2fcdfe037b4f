package org.privateshare.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.privateshare.client.Alias;
import org.privateshare.client.Credential;
import org.privateshare.client.http.Deadlines;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.Response;
import org.privateshare.client.http.Tls;
import org.privateshare.client.http.Trust;
import org.privateshare.client.http.UntrustedServer;
import org.privateshare.model.Refusal;

/// Gets to know a server: recognises it, then asks for the key where the line has none, then tries
/// the key. In this order, so that no key is asked for, let alone sent, before it is clear for
/// whom.
final class Login {
  private final Shell shell;
  private final boolean keyFromInput;

  /// @param keyFromInput whether a missing key is read from standard input and not asked for
  Login(Shell shell, boolean keyFromInput) {
    this.shell = shell;
    this.keyFromInput = keyFromInput;
  }

  /// What is to be saved for the server of a line: verified, both ways.
  ///
  /// @throws Refusal.Denied where nobody vouches for the server, there is no key to be had, or the
  ///   server doesn't take it
  Credential credential(LoginLine line) throws Refusal, IOException {
    Trust trust =
        line.invitation().server().isPresent()
            ? new Trust.Pinned(line.invitation().server().get())
            : meet(line.server());
    String key = line.invitation().key().isPresent() ? line.invitation().key().get() : ask();
    Credential credential = new Credential(trust, key);
    tryKey(line.server(), credential);
    return credential;
  }

  /// Whom we meet at an address: one for whom an authority vouches, or one whom the user
  /// recognises.
  private Trust meet(Origin server) throws Refusal, IOException {
    Trust authorities = new Trust.Authorities();
    try (HttpClient client = HttpClient.secure(server, Tls.of(authorities), Deadlines.USUAL)) {
      client.connect();
      return authorities;
    } catch (UntrustedServer e) {
      return recognised(server, e);
    }
  }

  private Trust recognised(Origin server, UntrustedServer stranger) throws Refusal.Denied {
    shell.say("No authority vouches for the server at " + server + ". Its fingerprint is");
    shell.say("  " + stranger.seen());
    boolean yes =
        shell
            .prompt()
            .consent("Does the server's banner show the same? (yes or no)")
            .orElseThrow(
                () ->
                    new Refusal.Denied(
                        "nobody is here to compare the fingerprint; where it is known, put it into"
                            + " the line: https://HOST:PORT/#@FINGERPRINT"));
    if (!yes) {
      throw new Refusal.Denied("the server was not recognised");
    }
    return new Trust.Pinned(stranger.seen());
  }

  private String ask() throws Refusal.Denied, IOException {
    String answer =
        keyFromInput
            ? firstLine(shell.in())
            : shell
                .prompt()
                .secret("Key:")
                .orElseThrow(
                    () ->
                        new Refusal.Denied("nobody is here to ask for the key; give --key-stdin"));
    if (!Credential.isKey(answer.strip())) {
      throw new Refusal.Denied("this is no key, or only a part of one; a key begins with ps1_");
    }
    return answer.strip();
  }

  /// The first line of a stream; no longer than any that we take.
  static String firstLine(InputStream in) throws IOException {
    String text = new String(in.readNBytes(8_192), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("");
  }

  /// Whatever the key may do: a server that takes it says so before it looks at its rights.
  private static void tryKey(Origin server, Credential credential) throws Refusal, IOException {
    Fields fields = Fields.NONE.with("Authorization", "Bearer " + credential.key());
    try (HttpClient client =
            HttpClient.secure(server, Tls.of(credential.trust()), Deadlines.USUAL);
        Response response = client.exchange(Request.of("HEAD", "/", fields))) {
      switch (response.status()) {
        case 200, 403, 404 -> {}
        case 401 -> throw new Refusal.Denied("the server doesn't take this key");
        case 421 -> throw new Refusal.Denied("the server isn't called so; see its --host");
        case 429 ->
            throw new Refusal.Unavailable("too many wrong keys came from here; wait a minute");
        default -> throw new IOException("it answered " + response.status());
      }
    }
  }

  /// The words of a row of the list.
  static List<String> row(Alias alias) {
    return List.of(alias.name(), alias.origin().toString(), shown(alias.credential().trust()));
  }

  private static String shown(Trust trust) {
    return trust instanceof Trust.Pinned(var fingerprint)
        ? fingerprint.toString()
        : "by its certificate";
  }

  /// The members of an alias for a program; never the key.
  static void write(JsonGenerator json, Alias alias) throws IOException {
    json.writeStringField("name", alias.name());
    json.writeStringField("url", "https://" + alias.origin() + "/");
    if (alias.credential().trust() instanceof Trust.Pinned(var fingerprint)) {
      json.writeStringField("fingerprint", fingerprint.toString());
    }
  }
}
