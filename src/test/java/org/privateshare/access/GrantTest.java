package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;
import org.privateshare.model.SharePath;

/// What a key lets a request do.
final class GrantTest {
  private static Grant grant(String rights, String scope, boolean link) throws Refusal {
    Terms terms = Terms.of("Ada", Rights.parse(rights), Scope.parse(scope), Terms.NEVER, link);
    KeyId parent = KeyId.random();
    return new Grant(new Capability(1, KeyId.random(), List.of(parent), terms, Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource({
    // rights; scope; right; path; missing, denied or nothing
    "'list,get', /, GET, a, ",
    "'list,get', /, LIST, '', ",
    "'list,get', /, PUT, a, denied",
    "'list,get', /, DELETE, a, denied",
    "'list,get', /, REPLACE, a, denied",
    "'list,get', /, ADMIN, '', denied",
    "'put', /, GET, a, denied",
    "'put', /, LIST, '', denied",
    "'put', /, REPLACE, a, denied",
    "'replace', /, PUT, a, denied",
    "'admin', /, GET, a, denied",
    "'admin', /, ADMIN, '', ",
    "'admin', in/, ADMIN, '', missing",
    "'admin', in/, ADMIN, in, ",
    "'list,get,put', in/, LIST, in, ",
    "'list,get,put', in/, PUT, in/a, ",
    "'list,get,put', in/, PUT, in/a/b, ",
    "'list,get,put', in/, PUT, in, denied",
    "'list,get,put', in/, LIST, '', missing",
    "'list,get,put', in/, GET, in2, missing",
    "'list,get,put', in/, PUT, in2/a, missing",
    "'list,get,put', in/, DELETE, in/a, denied",
    "'list,get,put', in/, DELETE, out, missing",
    "'delete', in/, DELETE, in, denied",
    "'get', in/a, GET, in/a, ",
    "'get', in/a, GET, in/b, missing",
    "'get', in/a, GET, in/a/b, missing",
    "'get', in/a, LIST, in, missing",
    "'get', in/a, PUT, in/a, denied"
  })
  void theAnswerDependsOnTheKeyAndThePathAlone(
      String rights, String scope, Right right, String path, String code) throws Refusal {
    Grant grant = grant(rights, scope, false);
    SharePath wanted = SharePath.parse(path);
    assertThat(grant.permits(right, wanted)).isEqualTo(code == null);
    if (code == null) {
      assertThatCode(() -> grant.require(right, wanted)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> grant.require(right, wanted))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
  }

  @Test
  void whatIsOutOfReachIsAnsweredLikeWhatIsNotThere() throws Refusal {
    SharePath path = SharePath.parse("out/a");
    assertThatThrownBy(() -> grant("get", "in/", false).require(Right.GET, path))
        .isExactlyInstanceOf(Refusal.Missing.class)
        .hasMessage(new Refusal.Missing(path).getMessage());
  }

  @Test
  void onlyALinkTravelsInAQuery() throws Refusal {
    assertThat(grant("get", "a", true).mayTravelInQuery()).isTrue();
    assertThat(grant("get", "a", false).mayTravelInQuery()).isFalse();
    assertThat(grant("list,get,put,replace,delete,admin", "/", false).mayTravelInQuery()).isFalse();
  }

  @Test
  void itHasTheNamesThatLogsNeed() throws Refusal {
    Grant grant = grant("get", "a", true);
    assertThat(grant.label()).isEqualTo("Ada");
    assertThat(grant.id()).isEqualTo(grant.capability().id());
    assertThat(grant).hasToString("grant of " + grant.id());
  }
}
