package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "127.0.0.1, localhost",
    "::1, localhost",
    "fd00::2, [fd00::2]",
    "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
    "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
    "2001:db8::, [2001:db8::]",
  })
  void anAddressIsSpeltAsPeopleTypeIt(String address, String host) {
    assertThat(Addresses.host(InetAddress.ofLiteral(address))).isEqualTo(host);
  }
}
