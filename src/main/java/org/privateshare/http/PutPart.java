package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.privateshare.model.Precondition;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadPlan;
import org.privateshare.share.UploadState;
import org.privateshare.share.Uploader;

/// PUT of a part of a file, as `curl -C` sends it: the first one of a new upload, or the next one
/// of the upload that stands exactly there.
///
/// @param share where
/// @param call the request
/// @param must what must hold of the name, now as when the upload began
record PutPart(Share share, Call call, Precondition must) {
  /// Takes the part.
  ///
  /// @return how the upload stands afterwards
  /// @throws Problem 409 where none stands there; nothing is changed then
  UploadState take(ContentRange range) throws Problem, Refusal, IOException {
    UploadPart part = UploadPart.ofPut(call);
    if (range.first() == 0) {
      UploadPlan plan = UploadPlan.of(call.path(), range.length(), must);
      Uploader by = Uploader.of(call.grant().capability());
      return part.intoNew(share, share.uploads().begin(plan, by));
    }
    return part.into(share, goingOnAt(range));
  }

  private UploadState goingOnAt(ContentRange range) throws Problem, Refusal, IOException {
    List<UploadState> candidates =
        Underway.of(share, call.grant(), call.path()).stream()
            .filter(upload -> upload.plan().must().equals(must))
            .filter(upload -> upload.plan().length().equals(OptionalLong.of(range.length())))
            .toList();
    Optional<UploadState> exact =
        candidates.stream().filter(upload -> upload.offset() == range.first()).findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    if (must == Precondition.Existence.ABSENT && share.find(call.path()).isPresent()) {
      throw new Refusal.Taken(call.path());
    }
    throw advice(candidates.isEmpty() ? 0 : candidates.getFirst().offset());
  }

  /// Where it goes on, and how: curl can't be told otherwise than by its user.
  private Problem advice(long offset) {
    String name = '"' + Printable.escape(call.path().toString()) + '"';
    String detail =
        offset == 0
            ? "nothing of " + name + " is here: send it whole: curl -T FILE " + url()
            : name + " goes on at byte " + offset + ": curl -C " + offset + " -T FILE " + url();
    return new Problem(409, "offset", detail, new HttpField(Tus.OFFSET, Long.toString(offset)));
  }

  /// The URL of the request, with nothing in it that a shell would take for its own.
  private String url() {
    HttpURI uri = call.request().getHttpURI();
    String place = uri.getScheme() + "://" + uri.getAuthority();
    String path = PathWriter.encodeForShell("/" + call.path());
    return call.rawQuery().isEmpty() ? place + path : "'" + place + path + "?replace'";
  }
}
