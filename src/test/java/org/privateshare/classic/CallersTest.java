package org.privateshare.classic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallersTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, LOOPBACK",
    "127.8.9.10, LOOPBACK",
    "::1, LOOPBACK",
    "::ffff:127.0.0.1, LOOPBACK",
    "10.0.0.1, LAN",
    "172.16.0.1, LAN",
    "172.31.255.255, LAN",
    "192.168.1.1, LAN",
    "169.254.1.1, LAN",
    "fe80::1, LAN",
    "fd00::1, LAN",
    "fc12::1, LAN",
    "::ffff:10.0.0.1, LAN",
    "172.32.0.1, ANY",
    "192.169.0.1, ANY",
    "11.0.0.1, ANY",
    "8.8.8.8, ANY",
    "2001:db8::1, ANY",
    "fe00::1, ANY",
    "::ffff:8.8.8.8, ANY",
    "100.64.0.1, ANY"
  })
  void anAddressIsAdmittedFromTheGroupItIsInOn(String address, Callers first) throws Exception {
    InetAddress caller = InetAddress.getByName(address);
    for (Callers group : Callers.values()) {
      assertThat(group.admit(caller)).as("%s", group).isEqualTo(group.compareTo(first) >= 0);
    }
  }
}
