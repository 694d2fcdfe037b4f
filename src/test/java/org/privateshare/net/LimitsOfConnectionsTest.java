package org.privateshare.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsOfConnectionsTest {
  @ParameterizedTest
  @CsvSource({"20000, 9872", "1024, 384", "512, 128", "64, 16", "1, 1", "1000000000, 1000000"})
  void halfOfWhatTheSpareDescriptorsLeaveAreConnections(long descriptors, int connections) {
    assertThat(ListenerOptions.connectionsFor(descriptors)).isEqualTo(connections);
  }

  @Test
  void theSoftLimitIsReadFromTheKernelsTable() {
    String table =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max core file size        0                    unlimited            bytes
        Max open files            1024                 524288               files
        """;
    assertThat(ListenerOptions.descriptorLimitIn(table)).isEqualTo(1024);
    assertThat(ListenerOptions.descriptorLimitIn("")).isEqualTo(10_240);
  }

  @Test
  void anIpv6PeerIsItsNetworkOfSixtyFourBits() throws Exception {
    assertThat(peer("2001:db8:1:2::3")).isEqualTo(peer("2001:db8:1:2:ffff::4"));
    assertThat(peer("2001:db8:1:2::3")).isNotEqualTo(peer("2001:db8:1:3::3"));
    assertThat(peer("192.0.2.1")).isNotEqualTo(peer("192.0.2.2"));
    assertThat(peer("::ffff:192.0.2.1")).isEqualTo(peer("192.0.2.1"));
  }

  @Test
  void loopbackCallersShareNoLimit() throws Exception {
    assertThat(peer("127.0.0.1")).isEmpty();
    assertThat(peer("::1")).isEmpty();
  }

  private static String peer(String address) throws Exception {
    return Admission.peerOf(InetAddress.getByName(address));
  }
}
