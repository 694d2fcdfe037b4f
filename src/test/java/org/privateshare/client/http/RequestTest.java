package org.privateshare.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller can't put into a request.
final class RequestTest {
  static final List<String> BAD_TARGETS =
      List.of("", "a", "/a b", "/a\r\nX: y", "/a\nb", "/\u00e4", "/a#b", "http://x/", "/\u0000");

  @ParameterizedTest
  @FieldSource("BAD_TARGETS")
  void aTargetCannotSmuggle(String target) {
    assertThatThrownBy(() -> Request.of("GET", target, Fields.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GE T", "GET\r\n", "G\u00c4T", "CONNECT", "GET:"})
  void aMethodCannotSmuggle(String method) {
    assertThatThrownBy(() -> Request.of(method, "/", Fields.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\rb", "a\u0000b", " a", "a ", "\u2028", "\u0130"})
  void aValueCannotSmuggle(String value) {
    assertThatThrownBy(() -> Fields.NONE.with("A", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "Connection", "Expect"})
  void whatFramesAMessageIsNotTheCallersToSay(String name) {
    assertThatThrownBy(() -> Request.of("GET", "/", Fields.NONE.with(name, "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressOfIpv6StandsInBrackets() {
    assertThat(new Origin("::1", 3650).authority()).isEqualTo("[::1]:3650");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a@b", "[::1]", "a\r\nb", "\u00e4"})
  void onlyAHostIsAHost(String host) {
    assertThatThrownBy(() -> new Origin(host, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
