package org.privateshare.client;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.privateshare.model.Crc32c;

/// What a server has of a file, compared with the file: by the sums that were remembered on the
/// way, so that little is read again, or by reading.
///
/// @param kept what was remembered of this very file, as it is
record SentBefore(LocalFile file, Optional<PutState> kept) {
  /// Bytes of the file that the server has.
  ///
  /// @param reached those from the first one on
  /// @param beyond those behind a gap, in order
  record There(Mark reached, List<Span> beyond) {
    static final There NOTHING = new There(Mark.START, List.of());

    long count() {
      return reached.position() + beyond.stream().mapToLong(Span::length).sum();
    }
  }

  /// What the server has, if all of that is the file's.
  ///
  /// @param limit where nothing may be behind a gap any more
  Optional<There> check(UploadSession.State state, long limit) throws IOException {
    if (state.length().orElse(-1) != file.length()
        || state.offset() >= file.length()
        || !isInOrder(state, limit)) {
      return Optional.empty();
    }
    Crc32c sum = sumUpTo(state.offset());
    if (!sum.digest().toString().equals(state.digest())) {
      return Optional.empty();
    }
    for (Span span : state.beyond()) {
      if (sum(span.from(), span.to()) != span.sum()) {
        return Optional.empty();
      }
    }
    return Optional.of(new There(new Mark(state.offset(), sum.value()), state.beyond()));
  }

  private static boolean isInOrder(UploadSession.State state, long limit) {
    long at = state.offset();
    for (Span span : state.beyond()) {
      if (span.from() <= at || span.to() > limit) {
        return false;
      }
      at = span.to();
    }
    return true;
  }

  /// The sum of the file up to `offset`.
  Crc32c sumUpTo(long offset) throws IOException {
    Mark mark = kept.map(state -> state.before(offset)).orElse(Mark.START);
    long rest = sum(mark.position(), offset);
    return new Crc32c(Crc32c.combine(mark.sum(), rest, offset - mark.position()));
  }

  private long sum(long from, long to) throws IOException {
    long at = from;
    long sum = 0;
    for (Span known : kept.map(PutState::beyond).orElse(List.of())) {
      if (known.from() >= at && known.to() <= to) {
        sum = Crc32c.combine(sum, file.sum(at, known.from()), known.from() - at);
        sum = Crc32c.combine(sum, known.sum(), known.length());
        at = known.to();
      }
    }
    return Crc32c.combine(sum, file.sum(at, to), to - at);
  }
}
