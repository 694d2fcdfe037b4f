package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Trust;

final class AliasesTest {
  private static final Origin NAS = new Origin("nas", 3650);

  @Test
  void theVectorOfTheDocumentationIsReadAndWritten() throws IOException {
    String vector = vector();
    Aliases aliases = Aliases.parse(vector);
    assertThat(aliases.list().stream().map(Alias::name)).containsExactly("nas", "six", "web");
    assertThat(aliases.named("six").orElseThrow().origin())
        .isEqualTo(new Origin("fe80::1%eth0", 365));
    assertThat(aliases.at(new Origin("NAS", 3650)).orElseThrow().name()).isEqualTo("nas");
    assertThat(aliases.at(new Origin("nas", 3651))).isEmpty();
    assertThat(aliases.named("web").orElseThrow().credential().trust())
        .isEqualTo(new Trust.Authorities());
    assertThat(aliases).hasToString(vector);
    assertThat(Aliases.parse(Aliases.NONE.toString())).isEqualTo(Aliases.NONE);
  }

  /// What is replaced by what, and the line that is then said to be wrong.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privateshare aliases 1 | privateshare aliases 2 | 1",
        "privateshare aliases 1 | \ufeffprivateshare aliases 1 | 1",
        "alias nas | alias  nas | 2",
        "alias nas | Alias nas | 2",
        "alias nas | alias -nas | 2",
        "nas:3650 | nas | 2",
        "nas:3650 | nas:03650 | 2",
        "nas:3650 | nas:65536 | 2",
        "nas:3650 | NAS:3650 | 2",
        "nas:3650 | nas:3650/ | 2",
        "[fe80::1%eth0]:365 | fe80::1%eth0:365 | 3",
        "sha256// | sha512// | 2",
        "authorities | anybody | 4",
        "authorities | | 4",
        "ps1_one | ps2_one | 2",
        "ps1_one | ps1_one more | 2",
        "ps1_one | ps1_ö | 2",
        "end 3 | end 2 | 5",
        "end 3 | end 03 | 5",
        "end 3 | alias more | 5",
        "alias six | alias aaa | 2"
      })
  void anotherSpellingIsRefusedByItsLine(String part, String other, int line) throws IOException {
    String text = vector().replaceFirst(Pattern.quote(part), other == null ? "" : other);
    assertThatThrownBy(() -> Aliases.parse(text))
        .isInstanceOf(IOException.class)
        .hasMessage("line " + line + " of the aliases can't be")
        .message()
        .doesNotContain("ps1_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n\n"})
  void otherEndsOfLinesAreRefused(String end) throws IOException {
    String text = vector().replace("\n", end);
    assertThatThrownBy(() -> Aliases.parse(text)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsCutOffIsRefused() throws IOException {
    String vector = vector();
    for (int length = 0; length < vector.length(); length++) {
      String cut = vector.substring(0, length);
      assertThatThrownBy(() -> Aliases.parse(cut)).as(cut).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherLoginTakesThePlaceOfItsNameAndOfItsServer() {
    var aliases =
        Aliases.NONE
            .with(alias("a", NAS))
            .with(alias("b", new Origin("b", 1)))
            .with(alias("b", NAS))
            .with(alias("c", new Origin("c", 1)))
            .with(alias("c", new Origin("c", 2)));
    assertThat(aliases.list()).containsExactly(alias("b", NAS), alias("c", new Origin("c", 2)));
    assertThat(aliases.without("c").list()).containsExactly(alias("b", NAS));
  }

  @Test
  void theirNumberIsLimited() {
    List<Alias> many =
        IntStream.rangeClosed(1, Aliases.MAX + 1)
            .mapToObj(i -> alias("a" + i, new Origin("nas", i)))
            .toList();
    assertThat(new Aliases(many.subList(1, many.size())).list()).hasSize(Aliases.MAX);
    assertThatIllegalArgumentException().isThrownBy(() -> new Aliases(many));
  }

  @Test
  void onlyTheFileItselfHoldsTheKey() {
    assertThat(alias("a", NAS).toString()).doesNotContain("ps1_");
    assertThat(new Aliases(List.of(alias("a", NAS))).toString()).contains("ps1_secret");
  }

  private static Alias alias(String name, Origin origin) {
    return new Alias(name, origin, new Credential(new Trust.Authorities(), "ps1_secret"));
  }

  private static String vector() throws IOException {
    String page = Files.readString(Path.of("docs/client.md"));
    int start = page.indexOf("```aliases\n") + "```aliases\n".length();
    return page.substring(start, page.indexOf("```", start));
  }
}
