package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privateshare.model.Right.GET;
import static org.privateshare.model.Right.LIST;
import static org.privateshare.model.Right.PUT;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Words in, a set out, and the order between sets.
final class RightsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "list list",
        "list,get,put list,get,put",
        "put,get,list list,get,put",
        "admin,delete,replace,put,get,list list,get,put,replace,delete,admin"
      })
  void wordsInAnyOrderPrintInOne(String text, String printed) throws Refusal {
    assertThat(Rights.parse(text)).hasToString(printed);
    assertThat(Rights.parse(printed)).isEqualTo(Rights.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "list,",
        ",list",
        "list,,get",
        "list, get",
        " list",
        "LIST",
        "List",
        "read",
        "list;get",
        "list,list",
        "list,get,put,replace,delete,admin,list",
        "lıst",
        "list\n",
        "*"
      })
  void aTextThatIsNoSetOfRightsIsRefused(String text) {
    assertThatThrownBy(() -> Rights.parse(text)).isInstanceOf(Refusal.BadName.class);
  }

  @Test
  void theMessageSaysWhichRightsThereAre() {
    assertThatThrownBy(() -> Rights.parse("list,fly"))
        .hasMessage("there is no right \"fly\"; the rights are list,get,put,replace,delete,admin");
  }

  @Test
  void aSetContainsItsPartsOnly() {
    Rights rights = Rights.of(LIST, GET);
    assertThat(rights.contains(LIST)).isTrue();
    assertThat(rights.contains(PUT)).isFalse();
    assertThat(rights.contains(Rights.of(GET))).isTrue();
    assertThat(rights.contains(Rights.of())).isTrue();
    assertThat(rights.contains(Rights.of(GET, PUT))).isFalse();
    assertThat(rights.lackingOf(Rights.of(GET, PUT))).isEqualTo(Rights.of(PUT));
    assertThat(Rights.ALL.contains(rights)).isTrue();
    assertThat(Rights.of().isEmpty()).isTrue();
  }

  @Test
  void aSetDoesNotFollowTheOneItWasMadeFrom() {
    Set<Right> source = EnumSet.of(LIST);
    Rights rights = new Rights(source);
    source.add(PUT);
    assertThat(rights).isEqualTo(Rights.of(LIST));
    assertThatThrownBy(() -> rights.all().add(PUT))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
