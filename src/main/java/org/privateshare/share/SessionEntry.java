package org.privateshare.share;

import java.time.Instant;
import java.util.Optional;

/// What the journal says of an upload session; [JournalText] is its text.
///
/// @param by whose it is
/// @param plan what shall become of it
/// @param started when it began
/// @param safe what of it is on the medium
/// @param isFinishing whether its publishing had begun
/// @param receipt what the share vouches for, once it is finished
record SessionEntry(
    Uploader by,
    UploadPlan plan,
    Instant started,
    Run safe,
    boolean isFinishing,
    Optional<Receipt> receipt) {
  /// A session that begins now.
  static SessionEntry begin(Uploader by, UploadPlan plan, Instant now, Run safe) {
    return new SessionEntry(by, plan, now, safe, false, Optional.empty());
  }

  SessionEntry withLength(long length) {
    return new SessionEntry(by, plan.withLength(length), started, safe, isFinishing, receipt);
  }

  SessionEntry withSafe(Run run) {
    return new SessionEntry(by, plan, started, run, isFinishing, receipt);
  }

  SessionEntry finishing() {
    return new SessionEntry(by, plan, started, safe, true, receipt);
  }

  SessionEntry finished(Receipt as) {
    return new SessionEntry(by, plan, started, safe, isFinishing, Optional.of(as));
  }
}
