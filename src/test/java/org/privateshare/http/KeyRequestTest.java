package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.access.Scope;
import org.privateshare.access.Terms;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

final class KeyRequestTest {
  private static final String LEAST = "{\"label\":\"Ada\",\"rights\":\"list,get\"}";

  @Test
  void allMembersAreRead() throws Exception {
    String body =
        """
        {"label":"Ada","rights":"get,list","path":"inbox/",
         "expires":"2027-01-01T00:00:00Z","link":true}
        """;
    assertThat(KeyRequest.parse(body.getBytes(UTF_8)))
        .isEqualTo(
            new Terms(
                "Ada",
                Rights.of(Right.LIST, Right.GET),
                Scope.parse("inbox/"),
                Instant.parse("2027-01-01T00:00:00Z"),
                true));
  }

  @Test
  void aKeyReachesAllAndLivesForEverUnlessSaid() throws Exception {
    assertThat(KeyRequest.parse(LEAST.getBytes(UTF_8)))
        .isEqualTo(
            new Terms("Ada", Rights.of(Right.LIST, Right.GET), Scope.ALL, Terms.NEVER, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "\"x\"",
        LEAST + LEAST,
        LEAST + "x",
        LEAST + ",",
        "[" + LEAST + "]",
        "{\"label\":\"Ada\"}",
        "{\"rights\":\"get\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"label\":\"Bob\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expire\":\"2027-01-01T00:00:00Z\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"Path\":\"inbox/\"}",
        "{\"label\":\"Ada\",\"rights\":[\"get\"]}",
        "{\"label\":7,\"rights\":\"get\"}",
        "{\"label\":null,\"rights\":\"get\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"link\":\"true\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"link\":1}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"link\":null}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expires\":1798761600}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expires\":\"\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expires\":\"2027-01-01\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expires\":\"2027-01-01T00:00:00+01:00\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expires\":\"2027-01-01T00:00Z\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",}",
        "{'label':'Ada','rights':'get'}",
        "{label:\"Ada\",rights:\"get\"}",
        "{\"label\":\"Ada\",/**/\"rights\":\"get\"}",
        "{\"label\":\"A\nda\",\"rights\":\"get\"}",
        "{\"label\":{\"label\":{\"label\":{\"label\":{\"label\":1}}}}}"
      })
  void anythingElseIsRefused(String body) {
    assertThatThrownBy(() -> KeyRequest.parse(body.getBytes(UTF_8))).isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"label\":\"\",\"rights\":\"get\"}",
        "{\"label\":\"A\\u202eda\",\"rights\":\"get\"}",
        "{\"label\":\"\\ud800\",\"rights\":\"get\"}",
        "{\"label\":\"Ada\",\"rights\":\"\"}",
        "{\"label\":\"Ada\",\"rights\":\"all\"}",
        "{\"label\":\"Ada\",\"rights\":\"get,get\"}",
        "{\"label\":\"Ada\",\"rights\":\"get, list\"}",
        "{\"label\":\"Ada\",\"rights\":\"put\",\"link\":true}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"path\":\"\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"path\":\"/inbox\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"path\":\"../x\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expires\":\"2027-01-01T00:00:00.500Z\"}",
        "{\"label\":\"Ada\",\"rights\":\"get\",\"expires\":\"1969-12-31T23:59:59Z\"}"
      })
  void termsThatNoKeyCanHaveAreRefused(String body) {
    assertThatThrownBy(() -> KeyRequest.parse(body.getBytes(UTF_8)))
        .isInstanceOf(Refusal.BadName.class);
  }

  @Test
  void onlyUtf8IsRead() {
    String label = LEAST.replace("Ada", "Zo\u00eb");
    assertThatThrownBy(() -> KeyRequest.parse(label.getBytes(ISO_8859_1)))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> KeyRequest.parse(label.getBytes(UTF_16LE)))
        .isInstanceOf(Problem.class);
  }
}
