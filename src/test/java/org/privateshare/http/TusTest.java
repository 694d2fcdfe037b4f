package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TusTest {
  /// `Name: value` in lines.
  private static HttpFields fields(String... lines) {
    HttpFields.Mutable fields = HttpFields.build();
    for (String line : lines) {
      String[] field = line.split(": ?", 2);
      fields.add(field[0], field[1]);
    }
    return fields;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10, Long.MAX_VALUE})
  void aLengthIsRead(long length) throws Exception {
    assertThat(Tus.announcedLength(fields("Upload-Length: " + length))).hasValue(length);
    assertThat(Tus.offset(fields("Upload-Offset: " + length))).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "+1",
        "-0",
        "1e9",
        "0x5",
        "01",
        "1_0",
        "1,1",
        "1 1",
        "",
        "9223372036854775808",
        "9999999999999999999",
        "99999999999999999999"
      })
  void noOtherLengthIsOne(String value) {
    HttpFields length = fields("Upload-Length: " + value);
    assertThatThrownBy(() -> Tus.announcedLength(length)).isInstanceOf(Problem.class);
    HttpFields offset = fields("Upload-Offset: " + value);
    assertThatThrownBy(() -> Tus.offset(offset)).isInstanceOf(Problem.class);
  }

  @Test
  void aNumberThatIsThereTwiceIsNone() {
    HttpFields twice = fields("Upload-Length: 1", "Upload-Length: 1");
    assertThatThrownBy(() -> Tus.announcedLength(twice)).isInstanceOf(Problem.class);
  }

  @Test
  void anUploadHasALengthOrPutsItOff() throws Exception {
    assertThat(Tus.announcedLength(fields("Upload-Defer-Length: 1")))
        .isEqualTo(OptionalLong.empty());
    HttpFields both = fields("Upload-Length: 5", "Upload-Defer-Length: 1");
    assertThatThrownBy(() -> Tus.announcedLength(both)).isInstanceOf(Problem.class);
    HttpFields neither = fields();
    assertThatThrownBy(() -> Tus.announcedLength(neither)).isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "true", "", "01"})
  void itIsPutOffInOneWayOnly(String value) {
    HttpFields fields = fields("Upload-Defer-Length: " + value);
    assertThatThrownBy(() -> Tus.announcedLength(fields)).isInstanceOf(Problem.class);
    HttpFields known = fields("Upload-Length: 5", "Upload-Defer-Length: " + value);
    assertThatThrownBy(() -> Tus.announcedLength(known)).isInstanceOf(Problem.class);
  }

  @Test
  void anOffsetIsDemanded() {
    assertThatThrownBy(() -> Tus.offset(HttpFields.EMPTY)).isInstanceOf(Problem.class);
  }

  @Test
  void oneVersionIsSpoken() {
    assertThatCode(() -> Tus.requireVersion(fields("Tus-Resumable: 1.0.0")))
        .doesNotThrowAnyException();
    for (String other : new String[] {"0.2.2", "1.0", "1.0.0, 1.0.0", ""}) {
      HttpFields fields = fields("Tus-Resumable: " + other);
      assertThatThrownBy(() -> Tus.requireVersion(fields))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(412);
                assertThat(problem.fields()).asString().contains("Tus-Version: 1.0.0");
              });
    }
    assertThatThrownBy(() -> Tus.requireVersion(HttpFields.EMPTY)).isInstanceOf(Problem.class);
  }

  @Test
  void aPartIsSaidToBeOne() {
    assertThat(Tus.isPart(fields("Content-Type: application/offset+octet-stream"))).isTrue();
    assertThat(Tus.isPart(fields("Content-Type: Application/Offset+Octet-Stream"))).isTrue();
    assertThat(Tus.isPart(fields("Content-Type: application/octet-stream"))).isFalse();
    assertThat(Tus.isPart(HttpFields.EMPTY)).isFalse();
  }
}
