package org.privateshare.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ListenerTest {
  private static final ListenerOptions OPTIONS = ListenerOptions.onPort(0);

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private Listener listener = new Listener(OPTIONS, List.of());

  /// A protocol of connections that begin with `hi`.
  private record Greeting(Server server) implements Protocol {
    interface Server {
      void serve(Wire wire) throws Exception;
    }

    @Override
    public String name() {
      return "greeting";
    }

    @Override
    public Match detect(ByteBuffer firstBytes) {
      String text = US_ASCII.decode(firstBytes).toString();
      return text.startsWith("hi") ? Match.YES : "hi".startsWith(text) ? Match.MORE : Match.NO;
    }

    @Override
    public void serve(Wire wire) throws IOException {
      try {
        server.serve(wire);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private void start(ListenerOptions options, Greeting.Server server) throws IOException {
    listener = new Listener(options, List.of(new Greeting(server)));
    listener.start();
  }

  private RawPeer connect() throws IOException {
    return RawPeer.to("127.0.0.1", listener.port());
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aConnectionIsServedFromItsFirstByteOn(String address) throws Exception {
    start(OPTIONS, ListenerTest::echo);
    try (RawPeer peer = RawPeer.to(address, listener.port())) {
      peer.send("h").send("i").send(" there").end();
      assertThat(peer.readAll()).asString().isEqualTo("hi there");
    }
  }

  @Test
  void whatComesWithTheFirstBytesIsNotLost() throws Exception {
    start(OPTIONS, ListenerTest::echo);
    String much = "hi" + "x".repeat(100_000);
    try (RawPeer peer = connect()) {
      peer.send(much).end();
      assertThat(peer.readAll()).asString().isEqualTo(much);
    }
  }

  @Test
  void whatNobodySpeaksIsClosedWithoutAWord() throws Exception {
    start(OPTIONS, ListenerTest::echo);
    try (RawPeer peer = connect()) {
      assertThat(peer.send("SSH-2.0-x\r\n").readAll()).isEmpty();
    }
    try (RawPeer peer = connect()) {
      assertThat(peer.send("hi").fin().readAll()).asString().isEqualTo("hi");
    }
  }

  @Test
  void whoSaysNothingIsClosedAtTheFirstByteDeadline() throws Exception {
    Deadlines hasty = new Deadlines(Duration.ofMillis(50), Duration.ofSeconds(60), 1024);
    start(OPTIONS.withDeadlines(hasty), ListenerTest::echo);
    try (RawPeer peer = connect()) {
      assertThat(peer.readAll()).isEmpty();
    }
  }

  @Test
  void aPeerThatStallsIsReset() throws Exception {
    Deadlines hasty = new Deadlines(Duration.ofSeconds(10), Duration.ofMillis(100), 1024);
    start(OPTIONS.withDeadlines(hasty), ListenerTest::echo);
    try (RawPeer peer = connect()) {
      peer.tell("hi");
      assertThatExceptionOfType(SocketException.class).isThrownBy(peer::readAll);
    }
  }

  @Test
  void aPeerThatDoesNotReadIsReset() throws Exception {
    Deadlines hasty = new Deadlines(Duration.ofSeconds(10), Duration.ofMillis(200), 1024);
    start(
        OPTIONS.withDeadlines(hasty),
        wire -> {
          try {
            wire.write(ByteBuffer.allocate(64 << 20));
          } catch (IOException e) {
            seen.add(String.valueOf(e.getMessage()));
            throw e;
          }
        });
    try (RawPeer peer = RawPeer.narrow(listener.port())) {
      peer.tell("hi");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).contains("progress");
      assertThatExceptionOfType(SocketException.class).isThrownBy(peer::readAll);
    }
  }

  @Test
  void aResetIsAFailureAndNotTheEnd() throws Exception {
    start(
        OPTIONS,
        wire -> {
          try {
            drain(wire);
            seen.add("end");
          } catch (IOException e) {
            seen.add("failure");
          }
        });
    RawPeer broken = connect();
    broken.send("hi").reset();
    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("failure");
    RawPeer ended = connect();
    ended.send("hi").close();
    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
  }

  @Test
  void aServerThatFailsResetsTheConnection() throws Exception {
    start(
        OPTIONS,
        wire -> {
          wire.write(ByteBuffer.wrap("half a f".getBytes(US_ASCII)));
          throw new IllegalStateException("a bug, for the test");
        });
    try (RawPeer peer = connect()) {
      peer.tell("hi");
      assertThatExceptionOfType(SocketException.class).isThrownBy(peer::readAll);
    }
  }

  @Test
  void stopLetsARunningTransferEndAndTakesNoNewOne() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    start(
        OPTIONS,
        wire -> {
          seen.add("running");
          goOn.await();
          wire.write(ByteBuffer.wrap("done".getBytes(US_ASCII)));
        });
    try (RawPeer peer = connect();
        RawPeer silent = connect()) {
      peer.tell("hi");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("running");
      CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(listener::stop);
      assertThat(silent.readAll()).isEmpty();
      assertIsNotServed();
      assertThat(stop).isNotDone();
      goOn.countDown();
      assertThat(stop.get(20, TimeUnit.SECONDS)).isZero();
      assertThat(peer.fin().readAll()).asString().isEqualTo("done");
    }
  }

  /// Once one of seven of these was accepted by the system and then forgotten, open until the end
  /// of the process: an interrupt of the accepting thread does that.
  @RepeatedTest(40)
  void whoComesInTheMomentOfTheStopIsNotKeptWaiting() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    start(
        OPTIONS,
        _ -> {
          seen.add("running");
          goOn.await();
        });
    try (RawPeer running = connect();
        RawPeer silent = connect()) {
      running.tell("hi");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("running");
      CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(listener::stop);
      assertIsTurnedAway(silent::readAll);
      assertIsNotServed();
      goOn.countDown();
      assertThat(stop.get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  private void assertIsNotServed() {
    assertIsTurnedAway(
        () -> {
          try (RawPeer late = connect()) {
            return late.send("hi").readAll();
          }
        });
    assertThat(seen).isEmpty();
  }

  /// Refused, reset or closed, whatever the moment makes of it, but not kept waiting.
  private static void assertIsTurnedAway(Callable<byte[]> peer) {
    try {
      assertThat(peer.call()).isEmpty();
    } catch (Exception refusedOrReset) {
      assertThat(refusedOrReset).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void stopResetsWhatIsLeftAfterTheDrainTime() throws Exception {
    start(
        OPTIONS.withDrain(Duration.ofMillis(50)),
        wire -> {
          seen.add("running");
          drain(wire);
        });
    try (RawPeer peer = connect()) {
      peer.tell("hi");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("running");
      assertThat(listener.stop()).isEqualTo(1);
      assertThatExceptionOfType(SocketException.class).isThrownBy(peer::readAll);
      assertThat(listener.stop()).isZero();
    }
  }

  @Test
  void connectionsBeyondTheLimitWaitUntilOneEnds() throws Exception {
    start(OPTIONS.withConnections(1, 1), ListenerTest::echo);
    RawPeer first = connect();
    try (RawPeer second = connect()) {
      second.send("hi second").end();
      first.send("hi first").end();
      assertThat(first.readAll()).asString().isEqualTo("hi first");
      first.close();
      assertThat(second.readAll()).asString().isEqualTo("hi second");
    }
  }

  @Test
  void idleConnectionsCountHalf() throws Exception {
    start(OPTIONS.withConnections(2, 2), ListenerTest::echo);
    try (RawPeer idle = connect();
        RawPeer another = connect();
        RawPeer served = connect()) {
      assertThat(served.send("hi").fin().readAll()).asString().isEqualTo("hi");
      assertThat(idle.send("hi").fin().readAll()).asString().isEqualTo("hi");
      assertThat(another.send("hi").fin().readAll()).asString().isEqualTo("hi");
    }
  }

  @Test
  void whoeverWasAcceptedIsServedInTheEnd() throws Exception {
    start(OPTIONS.withConnections(8, 8), ListenerTest::echo);
    List<RawPeer> peers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      peers.add(connect());
    }
    for (RawPeer peer : peers) {
      peer.send("hi").end();
    }
    for (RawPeer peer : peers) {
      assertThat(peer.readAll()).asString().isEqualTo("hi");
      peer.close();
    }
  }

  @Test
  void idleCompletesOnceThereHasBeenNoConnectionForSoLong() throws Exception {
    start(OPTIONS, ListenerTest::echo);
    CompletableFuture<Void> idle;
    try (RawPeer peer = connect()) {
      assertThat(peer.send("hi").read(2)).isEqualTo("hi");
      idle = listener.idle(Duration.ofMillis(20));
      assertThat(idle).isNotDone();
    }
    assertThat(idle).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void theStopEndsTheWaitForIdle() throws Exception {
    start(OPTIONS, ListenerTest::echo);
    CompletableFuture<Void> idle = listener.idle(Duration.ofHours(1));
    listener.close();
    assertThat(idle).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void aPortInUseIsAClearFailure() throws Exception {
    start(OPTIONS, ListenerTest::echo);
    Listener second =
        new Listener(ListenerOptions.onPort(listener.port()), List.of(new Greeting(wire -> {})));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(second::start)
        .withMessageStartingWith("cannot listen on port " + listener.port() + ": ");
  }

  @Test
  void itListensOnEachAddressGivenAndOnNoOther() throws Exception {
    InetAddress one = InetAddress.ofLiteral("127.0.0.1");
    InetAddress other = InetAddress.ofLiteral("127.0.0.2");
    start(OPTIONS.withAddresses(List.of(one, other)), ListenerTest::echo);
    assertThat(listener.addresses()).hasSize(2);
    for (String address : List.of("127.0.0.1", "127.0.0.2")) {
      try (RawPeer peer = RawPeer.to(address, listener.port())) {
        assertThat(peer.send("hi").fin().readAll()).asString().isEqualTo("hi");
      }
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> RawPeer.to("127.0.0.3", listener.port()));
  }

  @Test
  void itStartsOnce() throws Exception {
    start(OPTIONS, ListenerTest::echo);
    assertThatIllegalStateException().isThrownBy(listener::start);
  }

  private static void echo(Wire wire) throws Exception {
    wire.receive(wire::write);
  }

  private static void drain(Wire wire) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    while (wire.read(bytes.clear()) >= 0) {
      // Until the end.
    }
  }
}
