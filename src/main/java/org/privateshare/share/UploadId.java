package org.privateshare.share;

import java.util.regex.Pattern;
import org.privateshare.model.Refusal;

/// Names an upload session: 128 random bits. Not secret: what counts is the key.
///
/// @param text 32 lower-case hexadecimal digits
public record UploadId(String text) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}");

  /// Checks the shape; `IllegalArgumentException` means a bug in the caller, who should have used
  /// [#parse(String)].
  public UploadId {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("no id of an upload");
    }
  }

  /// Reads an id as [#toString()] gives it.
  ///
  /// @throws Refusal.Missing where the text is none: the same as for one that isn't there
  public static UploadId parse(String text) throws Refusal.Missing {
    if (!SHAPE.matcher(text).matches()) {
      throw Refusal.Missing.upload();
    }
    return new UploadId(text);
  }

  /// The 32 digits.
  @Override
  public String toString() {
    return text;
  }
}
