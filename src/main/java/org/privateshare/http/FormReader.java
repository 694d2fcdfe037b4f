package org.privateshare.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartCompliance;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Refusal;

/// Reads a form, `multipart/form-data` (RFC 7578), as a stream of parts, to the letter. Jetty finds
/// the boundaries. For one thread.
final class FormReader implements MultiPart.Parser.Listener {
  /// Takes a form part by part.
  interface Parts {
    /// A part begins.
    void begin(FormPart part) throws Problem, Refusal, IOException;

    /// Takes all remaining bytes as the part's next ones.
    void take(ByteBuffer piece) throws Problem, Refusal, IOException;

    /// The part has ended.
    void end() throws Problem, Refusal, IOException;
  }

  /// Where the bytes come from.
  interface Source {
    /// Reads at least one byte into `into`, which has room for one; -1 at the end.
    int read(ByteBuffer into) throws IOException;
  }

  private static final int MOST_HEAD_BYTES = 8 << 10;
  private static final int MOST_PARTS = 128;

  private static final Pattern FORM =
      Pattern.compile(
          "multipart/form-data\\s*;\\s*(?:charset=\"?utf-8\"?\\s*;\\s*)?"
              + "boundary=(\"?)([0-9A-Za-z'()+_,./:=?-][0-9A-Za-z'()+_,./:=? -]{0,69}(?<! ))\\1"
              + "(?:\\s*;\\s*charset=\"?utf-8\"?)?",
          Pattern.CASE_INSENSITIVE);

  private final Parts parts;
  private final MultiPart.Parser parser;
  private Optional<String> disposition = Optional.empty();

  /// What the parser is at.
  private ByteBuffer piece = ByteBuffer.allocate(0);

  /// Whether the parser has given back nothing of the part's content yet.
  private boolean isAtStart;

  /// The first byte of the part's content, -1 where none has come yet.
  private int first;

  private @Nullable Exception failure;

  private FormReader(String boundary, Parts parts) {
    this.parts = parts;
    this.parser = new MultiPart.Parser(boundary, MultiPartCompliance.RFC7578_STRICT, this);
    parser.setPartHeadersMaxLength(MOST_HEAD_BYTES);
    parser.setMaxParts(MOST_PARTS);
  }

  /// The boundary that `Content-Type` names.
  ///
  /// @throws Problem 415 where it names no form, 400 for a form without one boundary
  static String boundary(String contentType) throws Problem {
    Matcher form = FORM.matcher(contentType);
    if (form.matches()) {
      return form.group(2);
    }
    if (!contentType.regionMatches(true, 0, "multipart/form-data", 0, 19)) {
      throw new Problem(415, "encoding", "files come as multipart/form-data");
    }
    throw Problem.badRequest("a form says what its one boundary is");
  }

  /// Reads a form to its end.
  ///
  /// @param buffer of a few KiB at least, empty
  /// @throws Problem 400 where it is damaged, or only a part of one
  static void read(String boundary, Source source, ByteBuffer buffer, Parts parts)
      throws Problem, Refusal, IOException {
    new FormReader(boundary, parts).read(source, buffer);
  }

  private void read(Source source, ByteBuffer buffer) throws Problem, Refusal, IOException {
    boolean isLast = false;
    while (!isLast) {
      isLast = source.read(buffer) < 0;
      buffer.flip();
      int end = buffer.limit() - (!isLast && endsWith(buffer, '\r') ? 1 : 0);
      parse(buffer.slice(0, end), isLast);
      buffer.position(end);
      buffer.compact();
    }
  }

  /// Jetty's parser (12.1.12) has two faults. Between a CR and the LF of a boundary no piece may
  /// end, or it takes that for a bare LF; so a CR waits. And where a piece ends in what may be a
  /// boundary, the first thing in a part, and then is none, it gives back what it had with the LF
  /// of the line before; so what isn't what came first is left out.
  private void parse(ByteBuffer bytes, boolean isLast) throws Problem, Refusal, IOException {
    piece = bytes;
    if (isAtStart) {
      lookAtStart();
    }
    parser.parse(Content.Chunk.from(piece, isLast));
    requireSound();
  }

  private void lookAtStart() {
    if (first < 0 && piece.hasRemaining()) {
      first = piece.get(piece.position()) & 0xff;
    }
  }

  private static boolean endsWith(ByteBuffer bytes, char last) {
    return bytes.hasRemaining() && bytes.get(bytes.limit() - 1) == last;
  }

  private void requireSound() throws Problem, Refusal, IOException {
    switch (failure) {
      case null -> {}
      case Problem problem -> throw problem;
      case Refusal refusal -> throw refusal;
      case IOException e -> throw e;
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException(failure);
    }
  }

  // Jetty calls these while it parses, and swallows what they throw.

  private interface Step {
    void run() throws Problem, Refusal, IOException;
  }

  private void run(Step step) {
    if (failure != null) {
      return;
    }
    try {
      step.run();
    } catch (Problem | Refusal | IOException | RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void onPartBegin() {
    disposition = Optional.empty();
  }

  @Override
  public void onPartHeader(String name, String value) {
    run(
        () -> {
          if (HttpHeader.CONTENT_DISPOSITION.is(name)) {
            if (disposition.isPresent()) {
              throw FormPart.damaged("a part's head says twice what it is");
            }
            disposition = Optional.of(value);
          } else if (name.equalsIgnoreCase("Content-Transfer-Encoding")
              && !value.equalsIgnoreCase("binary")
              && !value.equalsIgnoreCase("8bit")
              && !value.equalsIgnoreCase("7bit")) {
            throw FormPart.damaged("a part comes as it is, in no transfer encoding");
          }
        });
  }

  @Override
  public void onPartHeaders() {
    isAtStart = true;
    first = -1;
    lookAtStart();
    run(() -> parts.begin(FormPart.parse(disposition.orElse(""))));
  }

  @Override
  public void onPartContent(Content.Chunk chunk) {
    ByteBuffer content = chunk.getByteBuffer();
    if (isAtStart && content.hasRemaining()) {
      isAtStart = false;
      if (content.get(content.position()) != (byte) first) {
        content.position(content.position() + 1);
      }
    }
    run(() -> parts.take(content));
  }

  @Override
  public void onPartEnd() {
    isAtStart = false;
    run(parts::end);
  }

  @Override
  public void onFailure(Throwable why) {
    run(
        () -> {
          throw FormPart.damaged(
              "the form is damaged, has a part whose head is too long, or too many parts");
        });
  }
}
