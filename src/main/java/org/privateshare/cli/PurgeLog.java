package org.privateshare.cli;

import org.privateshare.share.Keeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells in the server's log what becomes of what was kept for long enough.
///
/// @param things what they are called, in the plural
record PurgeLog(String things) implements Keeper.Ear {
  private static final Logger LOG = LoggerFactory.getLogger(PurgeLog.class);

  @Override
  public void purged(long count) {
    if (count > 0) {
      LOG.info("{} {} were kept for long enough and are deleted", count, things);
    }
  }

  @Override
  public void failed(Exception failure) {
    LOG.warn("{} that are too old can't be deleted", things, failure);
  }
}
