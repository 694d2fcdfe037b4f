package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.classic.Vectors.Vector;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

final class ClassicCodecTest {
  static List<Vector> vectors() {
    return Vectors.all();
  }

  @Test
  void thereAreVectors() {
    assertThat(vectors()).hasSizeGreaterThan(30).anyMatch(vector -> !vector.isRefused());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aRequestMeansWhatTheDocumentationSays(Vector vector) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(vector.request());
    if (vector.isRefused()) {
      assertThatExceptionOfType(Refusal.BadName.class).isThrownBy(() -> ClassicCodec.parse(bytes));
    } else {
      ClassicRequest request = ClassicCodec.parse(bytes);
      assertThat(spell(request)).isEqualTo(vector.meaning());
      assertThat(ClassicCodec.encode(request)).isEqualTo(ByteBuffer.wrap(vector.request()));
    }
  }

  private static String spell(ClassicRequest request) {
    return switch (request) {
      case ClassicRequest.Put(SharePath file) -> "put `" + file + "`";
      case ClassicRequest.Get(SharePath file) -> "get `" + file + "`";
      case ClassicRequest.Names() -> "list";
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a,b", "29-bytes-are-too-many-by-one.", "", "ääääääääääääääa"})
  void aNameThatNoRequestCanSayIsRefusedBeforeItIsSent(String name) throws Exception {
    SharePath file = SharePath.parse(name);
    assertThat(ClassicCodec.canName(file)).isFalse();
    assertThatExceptionOfType(Refusal.BadName.class)
        .isThrownBy(() -> ClassicCodec.encode(new ClassicRequest.Put(file)));
    assertThatExceptionOfType(Refusal.BadName.class)
        .isThrownBy(() -> ClassicCodec.encode(new ClassicRequest.Get(file)));
  }

  @Test
  void theAnswersAreTheWordsOfTheProtocol() {
    assertThat(UTF_8.decode(ClassicCodec.pass()).toString()).isEqualTo("pass");
    assertThat(UTF_8.decode(ClassicCodec.cancel()).toString()).isEqualTo("cancel");
  }
}
