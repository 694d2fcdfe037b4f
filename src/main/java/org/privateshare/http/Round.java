package org.privateshare.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.Batch;
import org.privateshare.share.BatchResult;

/// Members of an archive that go to the medium together, and what is known of those among them that
/// don't. For one thread at a time.
final class Round implements Closeable {
  private static final int MOST_MEMBERS = 512;
  private static final long MOST_BYTES = 32L << 20;

  private final Batch batch;

  /// What makes a line of each member, given what became of the next file of the batch.
  private final List<Function<Iterator<BatchResult>, UnpackLine>> members = new ArrayList<>();

  private final Set<String> names = new HashSet<>();
  private boolean isClosed;
  private Optional<Refusal> lackOfRoom = Optional.empty();

  Round(Batch batch) {
    this.batch = batch;
  }

  /// Where the files of this round are staged.
  Batch batch() {
    return batch;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  boolean isFull() {
    return isClosed || members.size() >= MOST_MEMBERS || batch.bytes() >= MOST_BYTES;
  }

  /// Says that the next member is the only one.
  void admitOne() {
    isClosed = true;
  }

  /// Adds a member of which all is known.
  void add(UnpackLine line) {
    members.add(_ -> line);
  }

  private static String folded(SharePath path) {
    return path.toString().toLowerCase(Locale.ROOT);
  }

  /// Whether it has a file of that name or a twin of it.
  boolean mayHold(SharePath path) {
    return names.contains(folded(path));
  }

  /// Adds the file that was sealed last.
  ///
  /// @param name as the archive says it
  void addSealed(String name, SharePath path) {
    names.add(folded(path));
    members.add(results -> line(name, results.next()));
  }

  private UnpackLine line(String name, BatchResult result) {
    return switch (result) {
      case BatchResult.Stored(var path, long size, var digest, boolean replaced) ->
          UnpackLine.stored(path, size, digest, replaced);
      case BatchResult.Unchanged(var path, long size) -> UnpackLine.unchanged(path, size);
      case BatchResult.Refused(_, Refusal why) -> {
        if (why instanceof Refusal.NoSpace) {
          lackOfRoom = Optional.of(why);
        }
        yield UnpackLine.refused(name, why);
      }
    };
  }

  /// Brings all to the medium.
  ///
  /// @return what became of each member, in their order
  List<UnpackLine> commit() throws IOException {
    Iterator<BatchResult> results = batch.commit().iterator();
    return members.stream().map(member -> member.apply(results)).toList();
  }

  /// Why the share can't take more, where that showed in the commit.
  Optional<Refusal> lackOfRoom() {
    return lackOfRoom;
  }

  @Override
  public void close() {
    batch.close();
  }
}
