package org.privateshare.http;

import java.io.IOException;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadId;
import org.privateshare.share.UploadState;

/// The upload that a URL names, for one who may know of it.
final class OneUpload {
  private OneUpload() {}

  /// Lets only a request of tus pass, by a key that could have uploads.
  static void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly();
    Tus.requireVersion(call.fields());
    UploadRights.require(call.grant());
  }

  /// How the upload stands.
  ///
  /// @throws Refusal.Missing where there is none that the key may see
  /// @throws Refusal.Denied where it may no longer put there
  static UploadState find(Share share, Call call) throws Problem, Refusal, IOException {
    if (call.target().endsWithSlash()) {
      throw Problem.nothingHere();
    }
    UploadId id = UploadId.parse(call.path().toString());
    UploadState state = share.uploads().find(id, call.grant().id());
    state.plan().target().ifPresent(call::about);
    UploadRights.require(call.grant(), state.plan());
    return state;
  }
}
