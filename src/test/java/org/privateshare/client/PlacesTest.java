package org.privateshare.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.privateshare.client.http.DeadPort;
import org.privateshare.client.http.NotTls;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.RawServer;
import org.privateshare.client.http.TestIdentity;
import org.privateshare.client.http.Trust;
import org.privateshare.client.http.UntrustedServer;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Which protocol, whom to trust and which key, by what is known and what is there.
@Timeout(120)
final class PlacesTest {
  private static final String EMPTY = Far.answer("200 OK", "", "{\"entries\":[]}");

  /// What servers were told.
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private Aliases aliases = Aliases.NONE;
  private Optional<Credential> here = Optional.empty();

  private final Known known =
      new Known() {
        @Override
        public Aliases aliases() {
          return aliases;
        }

        @Override
        public Optional<Credential> here() {
          return here;
        }
      };

  @Test
  void anAliasIsEnteredWithItsKey() throws Exception {
    try (var server = ours()) {
      aliases = aliases.with(alias(server.origin(), TestIdentity.LOCALHOST));
      list(new Place.Saved("nas"));
      assertThat(seen.take()).contains("Authorization: Bearer ps1_alias\r\n");
      list(new Place.Host(server.origin()));
      assertThat(seen.take()).contains("Authorization: Bearer ps1_alias\r\n");
      list(new Place.Url(true, server.origin()));
      assertThat(seen.take()).contains("Authorization: Bearer ps1_alias\r\n");
    }
  }

  @Test
  void anAliasNeverMeansAnotherServer() throws Exception {
    try (var server = ours()) {
      aliases = aliases.with(alias(server.origin(), TestIdentity.ELSEWHERE));
      here = Optional.of(credential(TestIdentity.LOCALHOST, "ps1_here"));
      for (Place place :
          new Place[] {
            new Place.Saved("nas"),
            new Place.Host(server.origin()),
            new Place.Url(true, server.origin())
          }) {
        assertThatThrownBy(() -> list(place)).isInstanceOf(UntrustedServer.class);
      }
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void anAliasIsNeverSpokenToInClear() throws Exception {
    try (var server = classic()) {
      aliases = aliases.with(alias(server.origin(), TestIdentity.LOCALHOST));
      for (Place place : new Place[] {new Place.Saved("nas"), new Place.Host(server.origin())}) {
        assertThatThrownBy(() -> list(place)).isInstanceOf(NotTls.class);
      }
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void anUnknownAliasIsMissing() {
    assertThatThrownBy(() -> list(new Place.Saved("nas"))).isInstanceOf(Refusal.Missing.class);
  }

  @Test
  void theUsersOwnServerHereNeedsNoLogin() throws Exception {
    here = Optional.of(credential(TestIdentity.LOCALHOST, "ps1_here"));
    try (var server = ours()) {
      list(new Place.Host(server.origin()));
      assertThat(seen.take()).contains("Authorization: Bearer ps1_here\r\n");
      list(new Place.Url(true, new Origin("localhost", server.port())));
      assertThat(seen.take()).contains("Authorization: Bearer ps1_here\r\n");
    }
  }

  @Test
  void aStrangersServerHereIsToldNothing() throws Exception {
    here = Optional.of(credential(TestIdentity.ELSEWHERE, "ps1_here"));
    try (var server = ours()) {
      assertThatThrownBy(() -> list(new Place.Host(server.origin())))
          .isInstanceOf(UntrustedServer.class)
          .hasMessageContaining(TestIdentity.LOCALHOST.fingerprint().toString())
          .hasMessageContaining(TestIdentity.ELSEWHERE.fingerprint().toString());
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aServerOf2020HereIsSpokenToAsEver() throws Exception {
    here = Optional.of(credential(TestIdentity.LOCALHOST, "ps1_here"));
    try (var server = classic()) {
      list(new Place.Host(server.origin()));
      assertThat(seen.take()).isEqualTo("list");
    }
  }

  @Test
  void aStrangerWhoSpeaksTlsNeedsALogin() throws Exception {
    try (var server = ours()) {
      assertThatThrownBy(() -> list(new Place.Host(server.origin())))
          .isInstanceOf(Refusal.Denied.class)
          .hasMessageContaining("logged in");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aStrangerWhoSpeaksNoTlsIsSpokenToAsIn2020() throws Exception {
    try (var server = classic()) {
      list(new Place.Host(server.origin()));
      assertThat(seen.take()).isEqualTo("list");
    }
  }

  @Test
  void nobodyIsNobody() throws Exception {
    try (var dead = new DeadPort()) {
      assertThatThrownBy(() -> list(new Place.Host(dead.origin())))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aUrlOfAStrangerNeedsAnAuthorityAndGetsNoKey() throws Exception {
    try (var server = ours()) {
      assertThatThrownBy(() -> list(new Place.Url(true, server.origin())))
          .isInstanceOf(UntrustedServer.class);
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void noKnownKeyIsEverSentInClear() throws Exception {
    here = Optional.of(credential(TestIdentity.LOCALHOST, "ps1_here"));
    RawServer.Script script =
        peer -> {
          seen.add(peer.head());
          peer.say(EMPTY);
        };
    try (var server = RawServer.plain(script)) {
      aliases = aliases.with(alias(server.origin(), TestIdentity.LOCALHOST));
      list(new Place.Url(false, server.origin()));
      assertThat(seen.take()).startsWith("GET / HTTP/1.1").doesNotContain("ps1_");
    }
  }

  @Test
  void whereNothingCanBeKnownNothingIsTried() throws Exception {
    Known broken =
        new Known() {
          @Override
          public Aliases aliases() throws IOException {
            throw new IOException("open to others");
          }

          @Override
          public Optional<Credential> here() {
            return Optional.empty();
          }
        };
    try (var server = classic()) {
      assertThatThrownBy(() -> new Places(broken).open(new Place.Host(server.origin())))
          .hasMessage("open to others");
      assertThat(seen).isEmpty();
    }
  }

  private void list(Place place) throws Refusal, IOException {
    try (Remote remote = new Places(known, Far.LIMITS).open(place)) {
      long _ = remote.list(SharePath.ROOT, entry -> {});
    }
  }

  /// A server of ours, identified as [TestIdentity#LOCALHOST].
  private RawServer ours() throws Exception {
    return RawServer.tls(
        TestIdentity.LOCALHOST.server(),
        peer -> {
          seen.add(peer.head());
          peer.say(EMPTY);
          peer.awaitEnd();
        });
  }

  /// A server of 2020: knows three words and closes on all others.
  private RawServer classic() throws IOException {
    return RawServer.plain(
        peer -> {
          byte[] request = new byte[32];
          int count = peer.in().read(request);
          String word = new String(request, 0, Math.max(0, count), US_ASCII);
          if (word.equals("list")) {
            seen.add(word);
          }
        });
  }

  private static Alias alias(Origin origin, TestIdentity identity) throws Exception {
    return new Alias("nas", origin, credential(identity, "ps1_alias"));
  }

  private static Credential credential(TestIdentity identity, String key) throws Exception {
    return new Credential(new Trust.Pinned(identity.fingerprint()), key);
  }
}
