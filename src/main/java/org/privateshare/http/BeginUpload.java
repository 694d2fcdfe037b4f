package org.privateshare.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadPlan;
import org.privateshare.share.UploadState;
import org.privateshare.share.Uploader;

/// POST to the uploads: begins one, perhaps with its first bytes, or joins parts.
///
/// @param share where
/// @param hosts the names of this server, one of which the URLs of parts must have
record BeginUpload(Share share, HostRule hosts) implements Action {
  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly();
    Tus.requireVersion(call.fields());
    UploadPlan plan = plan(call, OptionalLong.empty());
    plan.target().ifPresent(call::about);
    UploadRights.require(call.grant(), plan);
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    UploadState state =
        UploadConcat.of(call.fields()) instanceof UploadConcat.Final whole
            ? join(call, whole)
            : begin(call);
    call.reply().fields().put(HttpHeader.LOCATION, UploadFields.url(state.id()));
    UploadFields.progress(call.reply().fields(), state);
    call.reply().sayNothing(201);
    return state.receipt().isPresent() ? "stored" : "begun";
  }

  private static UploadPlan plan(Call call, OptionalLong length) throws Problem, Refusal {
    UploadMetadata said = UploadMetadata.of(call.fields());
    Map<String, String> notes = new HashMap<>(said.encoded());
    return switch (UploadConcat.of(call.fields())) {
      case UploadConcat.Word.PARTIAL ->
          new UploadPlan(
              Optional.empty(), length, Precondition.Existence.ABSENT, Optional.empty(), notes);
      case UploadConcat.Word.NONE ->
          new UploadPlan(Optional.of(said.path()), length, said.must(), said.modified(), notes);
      case UploadConcat.Final whole -> {
        notes.putAll(whole.note());
        yield new UploadPlan(Optional.of(said.path()), length, said.must(), said.modified(), notes);
      }
    };
  }

  private UploadState begin(Call call) throws Problem, Refusal, IOException {
    UploadPlan plan = plan(call, Tus.announcedLength(call.fields()));
    Optional<UploadPart> part = part(call, plan);
    UploadState begun = share.uploads().begin(plan, Uploader.of(call.grant().capability()));
    return part.isPresent() ? part.get().intoNew(share, begun) : begun;
  }

  /// What the request brings of it; of an empty file that is all.
  private static Optional<UploadPart> part(Call call, UploadPlan plan) throws Problem {
    if (call.body().isPending()) {
      Tus.requirePart(call.fields());
    }
    boolean isEmptyFile = plan.length().orElse(1) == 0 && plan.target().isPresent();
    return isEmptyFile || Tus.isPart(call.fields())
        ? Optional.of(UploadPart.ofTus(call))
        : Optional.empty();
  }

  private UploadState join(Call call, UploadConcat.Final whole)
      throws Problem, Refusal, IOException {
    if (call.fields().contains(Tus.LENGTH)
        || call.fields().contains(Tus.DEFER_LENGTH)
        || call.body().isPending()) {
      throw Problem.badRequest("what parts become is as long as they are, and has no more bytes");
    }
    return share
        .uploads()
        .join(
            whole.ids(hosts, call.request()),
            plan(call, OptionalLong.empty()),
            Uploader.of(call.grant().capability()));
  }
}
