package org.privateshare.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// JSON as the door writes and reads it.
final class Json {
  static final String CONTENT_TYPE = "application/json";

  private static final int MOST_DEPTH = 4;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new Escapes())
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // What breaks off must not look as if it had ended.
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private Json() {}

  /// A writer of UTF-8 that puts each element of an array on a line of its own. Closing it without
  /// having ended all that was begun leaves that open.
  static JsonGenerator writer(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out).setPrettyPrinter(new LineAnElement());
  }

  /// A reader of strict JSON that refuses members that come twice.
  static JsonParser reader(String text) throws IOException {
    return FACTORY.createParser(text);
  }

  private static final class LineAnElement extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
      json.writeRaw('\n');
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
      json.writeRaw(",\n");
    }

    @Override
    public void writeEndArray(JsonGenerator json, int count) throws IOException {
      json.writeRaw(count == 0 ? "]" : "\n]");
    }
  }

  /// Besides what JSON demands, escapes what is markup in HTML and what ends a line in JavaScript,
  /// so that nothing happens to whoever puts the text into a page.
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private static final String MARKUP = "<>&";

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      MARKUP.chars().forEach(c -> ascii[c] = ESCAPE_STANDARD);
      ascii[0x7f] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return isUnfit(c) ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c)) : null;
    }

    private static boolean isUnfit(int c) {
      return c == 0x2028 || c == 0x2029;
    }
  }
}
