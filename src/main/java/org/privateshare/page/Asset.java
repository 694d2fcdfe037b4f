package org.privateshare.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// A file that pages load: a script, a style, an icon. Thread-safe.
public final class Asset {
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml",
          "webmanifest", "application/manifest+json");

  private final String type;
  private final byte[] bytes;

  /// Made when somebody asks for it first.
  private volatile byte[] gzipped = {};

  /// @throws IllegalArgumentException where files of such a name have no known type
  Asset(String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException("no type is known for " + name);
    }
    this.type = type;
    this.bytes = bytes;
  }

  /// The media type.
  public String type() {
    return type;
  }

  /// The content.
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /// The content in the coding `gzip`.
  public ByteBuffer gzipped() {
    if (gzipped.length == 0) {
      // Two at once do it twice, to the same end.
      gzipped = gzip();
    }
    return ByteBuffer.wrap(gzipped).asReadOnlyBuffer();
  }

  private byte[] gzip() {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(sink)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes", e);
    }
    return sink.toByteArray();
  }
}
