package org.privateshare.share;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.privateshare.model.Digest;

/// How an upload session stood a moment ago.
///
/// @param id its name
/// @param by whose it is
/// @param plan what shall become of it
/// @param safe what of it is on the medium, from the first byte on: its end is the offset
/// @param runs all that is on the medium, with gaps between them
/// @param started when it began
/// @param expires when it is dropped unless more comes; for one that is finished, forgotten
/// @param isBusy whether a connection is at it
/// @param receipt what the share vouches for, once it is finished
public record UploadState(
    UploadId id,
    Uploader by,
    UploadPlan plan,
    Run safe,
    List<Run> runs,
    Instant started,
    Instant expires,
    boolean isBusy,
    Optional<Receipt> receipt) {
  /// How many bytes nothing can take away any more.
  public long offset() {
    return receipt.map(Receipt::size).orElse(safe.end());
  }

  /// What these bytes sum up to.
  public Digest digest() {
    return receipt.map(Receipt::digest).orElse(safe.digest());
  }

  /// Whether all bytes are there; what has a target is published then.
  public boolean isComplete() {
    return plan.length().isPresent() && plan.length().getAsLong() == offset();
  }
}
