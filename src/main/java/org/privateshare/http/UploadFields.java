package org.privateshare.http;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.share.Receipt;
import org.privateshare.share.UploadId;
import org.privateshare.share.UploadState;

/// What the fields of an answer tell of an upload.
final class UploadFields {
  private UploadFields() {}

  /// The path of an upload in a URL.
  static String url(UploadId id) {
    return "/.privateshare/uploads/" + id;
  }

  /// How far it is and how long it is kept; or what it has become.
  static void progress(HttpFields.Mutable fields, UploadState state) {
    fields.put(Tus.OFFSET, state.offset());
    if (state.receipt().isPresent()) {
      stored(fields, state.receipt().get());
      fields.put(HttpHeader.CONTENT_LOCATION, Target.url(state.receipt().get().path()));
    } else {
      fields.put(Tus.EXPIRES, HttpDates.print(state.expires()));
    }
  }

  /// Which version of a file it has become.
  static void stored(HttpFields.Mutable fields, Receipt receipt) {
    fields.put(HttpHeader.ETAG, EntityTags.of(receipt.version()));
    fields.put("Repr-Digest", DigestFields.print(List.of(receipt.digest())));
  }

  /// What was planned.
  static void plan(HttpFields.Mutable fields, UploadState state) {
    if (state.plan().length().isPresent()) {
      fields.put(Tus.LENGTH, state.plan().length().getAsLong());
    } else {
      fields.put(Tus.DEFER_LENGTH, 1);
    }
    String metadata = UploadMetadata.print(state.plan());
    if (!metadata.isEmpty()) {
      fields.put(UploadMetadata.FIELD, metadata);
    }
    UploadConcat.told(state.plan()).ifPresent(value -> fields.put(UploadConcat.FIELD, value));
  }
}
