package org.privateshare.cli;

import org.privateshare.share.HistoryKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells in the server's log what becomes of old versions.
final class HistoryLog implements HistoryKeeper.Ear {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryLog.class);

  @Override
  public void purged(long versions) {
    if (versions > 0) {
      LOG.info("{} old versions were kept for long enough and are deleted", versions);
    }
  }

  @Override
  public void failed(Exception failure) {
    LOG.warn("the history can't be cleared of what is too old", failure);
  }
}
