package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;

final class FormReaderTest {
  private static final String BOUNDARY = "--xY";

  private record Found(FormPart part, String content) {}

  /// Keeps the parts of a form.
  private static final class Kept implements FormReader.Parts {
    private final List<Found> all = new ArrayList<>();
    private FormPart part = new FormPart("", java.util.Optional.empty());
    private StringBuilder content = new StringBuilder();

    @Override
    public void begin(FormPart begun) {
      part = begun;
      content = new StringBuilder();
    }

    @Override
    public void take(ByteBuffer piece) {
      content.append(ISO_8859_1.decode(piece));
    }

    @Override
    public void end() {
      all.add(new Found(part, content.toString()));
    }
  }

  private static String part(String disposition, String content) {
    return "----xY\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  private static String file(String content) {
    return part("form-data; name=\"file\"; filename=\"a\"", content);
  }

  /// Reads a form that comes in pieces of so many bytes at most.
  private static List<Found> read(String form, int piece, int buffer) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(form.getBytes(ISO_8859_1));
    Kept kept = new Kept();
    FormReader.read(
        BOUNDARY,
        into -> {
          int count = Math.min(Math.min(piece, bytes.remaining()), into.remaining());
          into.put(bytes.slice(bytes.position(), count));
          bytes.position(bytes.position() + count);
          return count == 0 ? -1 : count;
        },
        ByteBuffer.allocate(buffer),
        kept);
    return kept.all;
  }

  private static List<String> contents(String form, int piece, int buffer) throws Exception {
    return read(form, piece, buffer).stream().map(Found::content).toList();
  }

  /// Contents that look like a boundary, or begin like one.
  private static final List<String> CONTENTS =
      List.of(
          "",
          "a",
          "-",
          "--",
          "----",
          "----x",
          "----X",
          "\r",
          "\n",
          "\r\n",
          "\r\n-",
          "\r\n----x",
          "\r\n----x\r\n----x",
          "\n----x",
          "-\r\n-a",
          "--a\r\n----",
          "\r\r\n",
          "\r\n\r\n----xX",
          "----x\r\n",
          "\u00ff",
          "\u00ff\u0080-",
          "a\r",
          "a\r\n--",
          "--\r\n\r\n--");

  @Test
  void contentsComeAsTheyAreHoweverTheyAreCut() throws Exception {
    for (String first : CONTENTS) {
      for (String second : CONTENTS) {
        String form = file(first) + file(second) + "----xY--\r\n";
        for (int piece : new int[] {1, 2, 3, 5, 7, 11, 40, 10_000}) {
          assertThat(contents(form, piece, 1 << 10))
              .as("%s %s in pieces of %s", first, second, piece)
              .containsExactly(first, second);
        }
      }
    }
  }

  /// Jetty's parser alone doesn't pass this.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void contentsComeAsTheyAreWhereverTheBufferEnds(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      StringBuilder content = new StringBuilder();
      while (random.nextInt(30) > 0) {
        content.append(CONTENTS.get(random.nextInt(CONTENTS.size())));
      }
      if (("\r\n" + content).contains("\r\n----xY") || ("\n" + content).contains("\n----xY")) {
        continue;
      }
      String form = "preamble\r\n" + file(content.toString()) + "----xY--\r\nepilogue";
      assertThat(contents(form, 1 + random.nextInt(30), 16 + random.nextInt(20)))
          .as("seed %s", seed)
          .containsExactly(content.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "form-data; name=\"file\"; filename=\"a b.txt\" ! file ! a b.txt",
        "form-data; name=file; filename=a.txt ! file ! a.txt",
        "FORM-DATA;NAME=\"file\";FileName=\"\" ! file ! ``",
        "form-data; filename=\"a;b=c\"; name=\"file\"; x=y ! file ! a;b=c",
        "form-data; name=\"file\"; filename=\"été 😀\" ! file ! été 😀",
        "form-data; name=\"file\"; filename=\"a%22b%0Ac\" ! file ! a%22b%0Ac",
        "form-data; name=\"\"; filename=\"'a'\" ! `` ! 'a'"
      })
  void aHeadSaysWhatAPartIs(String disposition, String name, String fileName) throws Exception {
    String form = new String((part(disposition, "x") + "----xY--").getBytes(UTF_8), ISO_8859_1);
    Found found = read(form, 1_000, 1_000).getFirst();
    assertThat(found.part().name()).isEqualTo(name);
    assertThat(found.part().fileName()).contains(fileName);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "form-data ! damaged",
        "form-data; filename=\"a\" ! damaged",
        "attachment; name=\"file\"; filename=\"a\" ! damaged",
        "form-data; name=\"file\"; name=\"file\" ! damaged",
        "form-data; name=\"file\"; filename=\"a\"; filename=\"b\" ! damaged",
        "form-data; name=\"file\"; filename*=UTF-8''a ! damaged",
        "form-data; name=\"file\"; filename=\"a\"; filename*=UTF-8''b ! damaged",
        "form-data; name=\"file\"; filename=\"a ! damaged",
        "form-data; name=\"file\"; filename=\"a\"b\" ! damaged",
        "form-data; name=\"file\"; filename=a b ! damaged",
        "form-data name=\"file\" ! damaged",
        "form-data; name=\"file\"; filename=\"a\\xff\" ! damaged",
        "form-data; name=\"file\"; filename=\"../x\" ! bad-name",
        "form-data; name=\"file\"; filename=\"/x\" ! bad-name",
        "form-data; name=\"file\"; filename=\"C:\\x\\a.txt\" ! bad-name",
        "form-data; name=\"file\"; filename=\"a\\\"b\" ! bad-name",
        "form-data; name=\"file\"; filename=\"a\\\\\" ! bad-name"
      })
  void aHeadThatCantBeIsRefused(String disposition, String code) {
    String form = part(disposition.replace("\\xff", "\u00ff"), "x") + "----xY--";
    assertThatThrownBy(() -> read(form, 1_000, 1_000))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  @Test
  void everyPartOfAFormIsDamaged() throws Exception {
    String form = file("content") + "----xY--";
    for (int length = 0; length < form.length(); length++) {
      String cut = form.substring(0, length);
      assertThatThrownBy(() -> read(cut, 1_000, 1_000))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.code()).isEqualTo("damaged"));
    }
    assertThat(read(form, 1_000, 1_000)).hasSize(1);
  }

  @Test
  void aRefusalEndsTheReading() {
    FormReader.Parts full =
        new FormReader.Parts() {
          @Override
          public void begin(FormPart part) throws Refusal {
            throw new Refusal.NoSpace("full");
          }

          @Override
          public void take(ByteBuffer piece) {
            throw new AssertionError("nothing comes after a refusal");
          }

          @Override
          public void end() {
            throw new AssertionError("nothing comes after a refusal");
          }
        };
    ByteBuffer bytes = ByteBuffer.wrap((file("x") + "----xY--").getBytes(ISO_8859_1));
    assertThatThrownBy(
            () ->
                FormReader.read(
                    BOUNDARY,
                    into -> {
                      into.put(bytes);
                      return 1;
                    },
                    ByteBuffer.allocate(1_000),
                    full))
        .isInstanceOf(Refusal.NoSpace.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "multipart/form-data; boundary=----WebKitFormBoundaryAb1 ! ----WebKitFormBoundaryAb1",
        "multipart/form-data; boundary=\"a b\" ! a b",
        "Multipart/Form-Data;BOUNDARY=x;charset=utf-8 ! x",
        "multipart/form-data; charset=UTF-8; boundary=x ! x"
      })
  void theBoundaryIsThatOfContentType(String type, String boundary) throws Exception {
    assertThat(FormReader.boundary(type)).isEqualTo(boundary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "multipart/form-data ! 400",
        "multipart/form-data; boundary= ! 400",
        "multipart/form-data; boundary=a; boundary=b ! 400",
        "multipart/form-data; boundary=\"a ! 400",
        "multipart/form-data; boundary=\"a \" ! 400",
        "multipart/form-data; boundary=ä ! 400",
        "multipart/form-data;"
            + " boundary=12345678901234567890123456789012345678901234567890123456789012345678901 !"
            + " 400",
        "multipart/mixed; boundary=a ! 415",
        "application/x-www-form-urlencoded ! 415",
        "null ! 415"
      })
  void anotherContentTypeIsRefused(String type, int status) {
    assertThatThrownBy(() -> FormReader.boundary(type))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
  }
}
