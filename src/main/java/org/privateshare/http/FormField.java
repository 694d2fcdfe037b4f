package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.privateshare.model.Refusal;

/// Takes the content of one part of a form.
interface FormField {
  /// What browsers send for no choice.
  FormField NOTHING =
      piece -> {
        if (piece.hasRemaining()) {
          throw FormPart.damaged("a file has no name");
        }
      };

  /// Takes all remaining bytes as its next ones.
  void take(ByteBuffer piece) throws Problem, Refusal, IOException;

  /// All of it has come.
  default void end() throws Problem, Refusal {}

  /// A short text.
  final class Word implements FormField {
    /// Takes it when it is whole.
    interface Taker {
      void take(String word) throws Problem, Refusal;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;
    private final Taker taker;

    /// @param most how many bytes it may have
    Word(int most, Taker taker) {
      this.most = most;
      this.taker = taker;
    }

    @Override
    public void take(ByteBuffer piece) throws Problem {
      if (bytes.size() + piece.remaining() > most) {
        throw Problem.badRequest("a field of the form is too long");
      }
      byte[] taken = new byte[piece.remaining()];
      piece.get(taken);
      bytes.writeBytes(taken);
    }

    @Override
    public void end() throws Problem, Refusal {
      taker.take(bytes.toString(UTF_8));
    }
  }
}
