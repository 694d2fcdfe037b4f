package org.privateshare.share;

import java.time.Instant;
import java.util.Optional;

/// What the journal says of an upload session; [JournalText] is its text.
///
/// @param by whose it is
/// @param plan what shall become of it
/// @param started when it began
/// @param runs what of it is on the medium
/// @param isFinishing whether its publishing had begun
/// @param receipt what the share vouches for, once it is finished
record SessionEntry(
    Uploader by,
    UploadPlan plan,
    Instant started,
    Runs runs,
    boolean isFinishing,
    Optional<Receipt> receipt) {
  /// The bytes that are on the medium from the first one on.
  Run safe() {
    return runs.prefix();
  }

  /// Whether these runs are all bytes of it.
  boolean isWhole(Runs some) {
    return plan.length().isPresent() && plan.length().getAsLong() == some.prefix().end();
  }

  /// A session that begins now.
  static SessionEntry begin(Uploader by, UploadPlan plan, Instant now) {
    return new SessionEntry(by, plan, now, Runs.NONE, false, Optional.empty());
  }

  SessionEntry withLength(long length) {
    return new SessionEntry(by, plan.withLength(length), started, runs, isFinishing, receipt);
  }

  SessionEntry with(Runs changed) {
    return new SessionEntry(by, plan, started, changed, isFinishing, receipt);
  }

  SessionEntry finishing() {
    return new SessionEntry(by, plan, started, runs, true, receipt);
  }

  SessionEntry finished(Receipt as) {
    return new SessionEntry(by, plan, started, runs, isFinishing, Optional.of(as));
  }
}
