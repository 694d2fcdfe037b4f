package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.SharePath;

final class ListingWriterTest {
  private static final Instant THEN = Instant.parse("2026-11-22T10:00:00.123Z");
  private static final List<Entry> TWO =
      List.of(
          new Entry.File("a.txt", 9, THEN),
          new Entry.Folder("old", Instant.parse("2026-11-21T09:00:00Z")));

  private static Entry file(String name) {
    return new Entry.File(name, 1, THEN);
  }

  private static String json(String folder, List<Entry> entries, Optional<String> next)
      throws Exception {
    var bytes = new ByteArrayOutputStream();
    return write(bytes, new JsonListing(bytes, SharePath.parse(folder)), entries, next);
  }

  private static String plain(Entry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    return write(bytes, new PlainListing(bytes), List.of(entries), Optional.empty());
  }

  private static String write(
      ByteArrayOutputStream bytes, ListingWriter writer, List<Entry> entries, Optional<String> next)
      throws IOException {
    for (Entry entry : entries) {
      writer.row(Row.of(entry.name(), entry));
    }
    writer.finish(new ListingEnd(List.of(), OptionalLong.empty(), next));
    return bytes.toString(UTF_8);
  }

  @Test
  void jsonIsOneEntryALine() throws Exception {
    assertThat(json("inbox", TWO, Optional.of("CURSOR")))
        .isEqualTo(
            """
            {"path":"inbox/","entries":[
            {"name":"a.txt","type":"file","size":9,"modified":"2026-11-22T10:00:00.123Z"},
            {"name":"old","type":"folder","modified":"2026-11-21T09:00:00Z"}
            ],"next":"CURSOR"}
            """);
  }

  @Test
  void aRowHasTheNameAndTheSumThatItWasGiven() throws Exception {
    var bytes = new ByteArrayOutputStream();
    var writer = new JsonListing(bytes, SharePath.ROOT);
    var sum = new Digest(Digest.Algorithm.CRC32C, "e3069283");
    writer.row(new Row("in/a.txt", TWO.getFirst(), Optional.of(sum)));
    writer.finish(ListingEnd.NOTHING);
    assertThat(bytes.toString(UTF_8))
        .contains(
            """
            {"name":"in/a.txt","type":"file","size":9,"modified":"2026-11-22T10:00:00.123Z",\
            "digest":"crc32c:e3069283"}
            """);
  }

  @Test
  void theShareItselfMayBeEmpty() throws Exception {
    assertThat(json("", List.of(), Optional.empty()))
        .isEqualTo("{\"path\":\"/\",\"entries\":[]}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\"b",
        "</script><script>alert(1)</script>",
        "a\u2028b\u2029c",
        "\u202ecod.exe",
        "😀",
        "a\u007fb",
        "é",
        "{\"name\":1}",
        "'",
        "&amp;",
        "a\tb\nc\u0001"
      })
  void everyNameIsInTheJsonAsItIs(String name) throws Exception {
    String text = json("", List.of(file(name), file("z")), Optional.empty());
    assertThat(names(text)).containsExactly(name, "z");
    assertThat(text.lines()).hasSize(4);
    assertThat(text).doesNotContain("<", ">", "&", "\u2028", "\u2029", "\u007f");
  }

  private static List<String> names(String text) throws IOException {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "name".equals(parser.currentName())) {
          names.add(parser.getText());
        }
      }
    }
    return names;
  }

  @Test
  void aListingThatBreaksOffIsNoJson() throws Exception {
    var bytes = new ByteArrayOutputStream();
    new JsonListing(bytes, SharePath.ROOT).row(Row.of("a", file("a")));
    assertThat(bytes.toString(UTF_8)).doesNotContain("]");
  }

  @ParameterizedTest
  @CsvSource({"a b, a b", "\u202ea, \\u{202e}a", "\u200b, \\u{200b}", "a\u2028b, a\\u{2028}b"})
  void aTerminalGetsNothingButLetters(String name, String expected) throws Exception {
    assertThat(plain(file(name))).isEqualTo(expected + "\n");
  }

  @Test
  void plainTextIsANameALine() throws Exception {
    assertThat(plain(TWO.toArray(Entry[]::new))).isEqualTo("a.txt\nold/\n");
    assertThat(plain()).isEmpty();
  }
}
