package org.privateshare.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AdmissionTest {
  private static final int PLACES_TO_ACCEPT = 38;

  /// 40 places, of which 10 may be held by those who could do with fewer.
  private final Admission admission = new Admission(20, 100);

  private final List<SocketChannel> open = new ArrayList<>();

  private SocketChannel accepted() throws Exception {
    assertThat(admission.takePlace()).isTrue();
    SocketChannel channel = SocketChannel.open();
    open.add(channel);
    admission.onAccepting(channel);
    return channel;
  }

  @AfterEach
  void closeAll() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  @Test
  void moreThanOneDescriptorIsHadOnlyWhileFewAreTaken() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(admission.takeMore(accepted(), 2)).isTrue();
    }
    assertThat(admission.takeMore(accepted(), 2)).isFalse();
    assertThat(admission.takeMore(accepted(), 2)).isFalse();
  }

  @Test
  void whatWasTakenIsGivenBackWithTheConnection() throws Exception {
    for (int i = 0; i < 100; i++) {
      SocketChannel channel = accepted();
      assertThat(admission.takeMore(channel, 2)).isTrue();
      admission.onClosed(channel);
    }
    for (int i = 0; i < PLACES_TO_ACCEPT; i++) {
      var _ = accepted();
    }
  }

  @Test
  void whatIsTakenMoreLeavesRoomForFewerConnections() throws Exception {
    assertThat(admission.takeMore(accepted(), 2)).isTrue();
    for (int i = 3; i < PLACES_TO_ACCEPT; i++) {
      var _ = accepted();
    }
    Thread acceptor = Thread.ofVirtual().start(this::takePlace);
    assertThat(acceptor.join(Duration.ofMillis(100))).as("there was a place").isFalse();
    admission.stopAccepting();
    acceptor.join();
  }

  private void takePlace() {
    try {
      assertThat(admission.takePlace()).isFalse();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoeverHasClosedMeanwhileTakesNothingMore() throws Exception {
    SocketChannel channel = accepted();
    admission.onClosed(channel);
    assertThat(admission.takeMore(channel, 2)).isFalse();
    for (int i = 0; i < PLACES_TO_ACCEPT; i++) {
      var _ = accepted();
    }
  }
}
