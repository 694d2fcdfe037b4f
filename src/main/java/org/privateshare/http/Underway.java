package org.privateshare.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Grant;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;
import org.privateshare.share.UploadState;

/// The unfinished uploads that a key may see and go on with.
final class Underway {
  private Underway() {}

  /// Those of one name, the furthest first.
  static List<UploadState> of(Share share, Grant by, SharePath path) throws IOException {
    List<UploadState> found = new ArrayList<>();
    for (UploadState upload : all(share, by, path::equals)) {
      // Only whoever asks for one of them learns what a quiet connection has brought.
      try {
        found.add(share.uploads().find(upload.id(), by.id()));
      } catch (Refusal gone) {
        // Finished or dropped a moment ago.
      }
    }
    found.removeIf(upload -> upload.receipt().isPresent());
    found.sort(
        Comparator.comparingLong(UploadState::offset)
            .reversed()
            .thenComparing(UploadState::isBusy));
    return found;
  }

  /// Those whose path is meant, the oldest first.
  static List<UploadState> all(Share share, Grant by, Predicate<SharePath> isMeant)
      throws IOException {
    return share.uploads().list(by.id()).stream()
        .filter(upload -> upload.plan().target().filter(isMeant).isPresent())
        .filter(upload -> UploadRights.permits(by, upload.plan()))
        .toList();
  }

  /// The answer to one who asks for a file that isn't there yet: where it goes on. Empty where
  /// nothing of it is being uploaded, for all that the key may know.
  static Optional<Problem> insteadOf(Share share, Grant by, SharePath path) throws IOException {
    return of(share, by, path).stream().findFirst().map(Underway::notYet);
  }

  private static Problem notYet(UploadState upload) {
    List<HttpField> fields = new ArrayList<>();
    fields.add(new HttpField(Tus.OFFSET, Long.toString(upload.offset())));
    fields.add(new HttpField(HttpHeader.LOCATION, UploadFields.url(upload.id())));
    OptionalLong length = upload.plan().length();
    if (length.isPresent()) {
      fields.add(new HttpField(Tus.LENGTH, Long.toString(length.getAsLong())));
    }
    return new Problem(
        404,
        "missing",
        "this is still being uploaded: it goes on at byte " + upload.offset(),
        fields.toArray(HttpField[]::new));
  }
}
