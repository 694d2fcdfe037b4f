package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ten failures a minute, each address for itself.
final class ThrottleTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Throttle throttle = new Throttle(nanos::get);

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void fail(String address, int times) throws UnknownHostException {
    for (int i = 0; i < times; i++) {
      throttle.failed(address(address));
    }
  }

  private Duration blocked(String address) throws UnknownHostException {
    return throttle.blockedFor(address(address));
  }

  @Test
  void theTenthFailureBlocksForTheRestOfAMinute() throws UnknownHostException {
    fail("192.0.2.1", 1);
    pass(Duration.ofSeconds(20));
    fail("192.0.2.1", 8);
    assertThat(blocked("192.0.2.1")).isZero();
    fail("192.0.2.1", 1);
    assertThat(blocked("192.0.2.1")).isEqualTo(Duration.ofSeconds(40));
    pass(Duration.ofSeconds(40));
    assertThat(blocked("192.0.2.1")).isZero();
    fail("192.0.2.1", 1);
    assertThat(blocked("192.0.2.1")).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE - 5, Long.MIN_VALUE})
  void noMinuteSeesMoreThanTenWhateverTheClockStartsWith(long start) throws UnknownHostException {
    nanos.set(start);
    long[] allowed = new long[400];
    int count = 0;
    for (int tenth = 0; tenth < 3_000; tenth++) {
      if (blocked("192.0.2.1").isZero()) {
        allowed[count++] = tenth;
        fail("192.0.2.1", 1);
      }
      pass(Duration.ofMillis(100));
    }
    assertThat(count).isEqualTo(50);
    for (int i = 10; i < count; i++) {
      assertThat(allowed[i] - allowed[i - 10]).isGreaterThanOrEqualTo(600);
    }
  }

  @Test
  void othersAreNotAffected() throws UnknownHostException {
    fail("192.0.2.1", 100);
    for (int i = 2; i < 255; i++) {
      fail("192.0.2." + i, 9);
      assertThat(blocked("192.0.2." + i)).isZero();
    }
    assertThat(blocked("192.0.2.1")).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::1, 2001:db8::ffff:1, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "192.0.2.1, 2001:db8::1, false",
    "fe80::1, fe80::2, false",
    "fe80::1, fe80::1, true",
    "::1, 127.0.0.1, false",
    "0.0.0.1, ::1, false"
  })
  void whatIsOneCallerCountsAsOne(String first, String second, boolean same)
      throws UnknownHostException {
    fail(first, 10);
    assertThat(blocked(second).isPositive()).isEqualTo(same);
  }

  @Test
  void anIpv4AddressInAnIpv6OneIsTheIpv4Address() throws UnknownHostException {
    byte[] mapped = ByteBuffer.allocate(16).putInt(8, 0xffff).putInt(12, 0xc0000201).array();
    InetAddress wrapped = Inet6Address.getByAddress("", mapped, -1);
    assertThat(wrapped.getAddress()).hasSize(16);
    for (int i = 0; i < 10; i++) {
      throttle.failed(wrapped);
    }
    assertThat(blocked("192.0.2.1")).isPositive();
    assertThat(blocked("192.0.2.2")).isZero();
    assertThat(blocked("::1")).isZero();
  }

  @Test
  void aMillionAddressesTakeBoundedMemoryAndTheLastAreRemembered() throws UnknownHostException {
    for (int i = 0; i < 1_000_000; i++) {
      throttle.failed(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(i).array()));
    }
    assertThat(throttle.size()).isEqualTo(Throttle.MAX_ADDRESSES);
    fail("192.0.2.1", 10);
    for (int i = 0; i < Throttle.MAX_ADDRESSES - 1; i++) {
      throttle.failed(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(i).array()));
    }
    assertThat(blocked("192.0.2.1")).isPositive();
    fail("198.51.100.1", 1);
    assertThat(blocked("192.0.2.1")).isZero();
  }

  @Test
  void failuresOfManyThreadsAllCount() throws InterruptedException, UnknownHostException {
    InetAddress one = address("192.0.2.1");
    CountDownLatch done = new CountDownLatch(10);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        threads.execute(
            () -> {
              throttle.failed(one);
              done.countDown();
            });
      }
      done.await();
    }
    assertThat(throttle.blockedFor(one)).isEqualTo(Duration.ofMinutes(1));
  }
}
