package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The words of the classic protocol as bytes; `docs/classic.md` describes it with test vectors.
/// Pure and strict: one spelling for each request, nothing is trimmed or repaired.
///
/// ```
/// request = "put," name / "get," name / "list"      UTF-8, at most 32 bytes, no terminator
/// name    = 1*28 bytes, one segment of a SharePath without a comma
/// answer  = "pass" / "cancel"                       to put and get
/// list    = *( name ", " )                          up to the end of the stream
/// ```
public final class ClassicCodec {
  /// The most bytes of a request: what the servers of 2020 read of one.
  public static final int MAX_REQUEST_BYTES = 32;

  /// The most UTF-8 bytes of a name.
  public static final int MAX_NAME_BYTES = 28;

  /// What follows every name in a list.
  static final String SEPARATOR = ", ";

  static final String PASS = "pass";
  static final String CANCEL = "cancel";
  private static final String LIST = "list";
  private static final String PUT = "put,";
  private static final String GET = "get,";

  private ClassicCodec() {}

  /// Reads a whole request.
  ///
  /// @throws Refusal.BadName where it is none, or its name is none that classic can say
  static ClassicRequest parse(ByteBuffer bytes) throws Refusal.BadName {
    if (bytes.remaining() > MAX_REQUEST_BYTES) {
      throw new Refusal.BadName("a request has at most " + MAX_REQUEST_BYTES + " bytes");
    }
    String text = decode(bytes);
    if (text.equals(LIST)) {
      return new ClassicRequest.Names();
    } else if (text.startsWith(PUT)) {
      return new ClassicRequest.Put(name(text.substring(PUT.length())));
    } else if (text.startsWith(GET)) {
      return new ClassicRequest.Get(name(text.substring(GET.length())));
    }
    throw new Refusal.BadName("not a request");
  }

  /// Writes a request; the inverse of [#parse].
  ///
  /// @throws Refusal.BadName where classic can't say the name
  static ByteBuffer encode(ClassicRequest request) throws Refusal.BadName {
    return switch (request) {
      case ClassicRequest.Put(SharePath file) -> encode(PUT, file);
      case ClassicRequest.Get(SharePath file) -> encode(GET, file);
      case ClassicRequest.Names() -> ByteBuffer.wrap(LIST.getBytes(US_ASCII));
    };
  }

  private static ByteBuffer encode(String verb, SharePath file) throws Refusal.BadName {
    return ByteBuffer.wrap((verb + requireNameable(file)).getBytes(UTF_8));
  }

  /// The answer "go ahead".
  static ByteBuffer pass() {
    return ByteBuffer.wrap(PASS.getBytes(US_ASCII));
  }

  /// The answer "no".
  static ByteBuffer cancel() {
    return ByteBuffer.wrap(CANCEL.getBytes(US_ASCII));
  }

  /// Whether a request can say this file's name.
  public static boolean canName(SharePath file) {
    return file.segments().size() == 1
        && file.name().indexOf(',') < 0
        && file.name().getBytes(UTF_8).length <= MAX_NAME_BYTES;
  }

  /// Reads a name as it stands in a request or a list.
  ///
  /// @throws Refusal.BadName where it is none that classic can say
  static SharePath name(String text) throws Refusal.BadName {
    return requireNameable(SharePath.parse(text));
  }

  private static SharePath requireNameable(SharePath file) throws Refusal.BadName {
    if (!canName(file)) {
      throw new Refusal.BadName(
          "classic names have no folder and no comma and at most " + MAX_NAME_BYTES + " bytes");
    }
    return file;
  }

  /// Strict UTF-8: malformed bytes are refused, not replaced.
  static String decode(ByteBuffer bytes) throws Refusal.BadName {
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new Refusal.BadName("not UTF-8");
    }
  }
}
