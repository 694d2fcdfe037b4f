package org.privateshare.cli;

import org.privateshare.model.Visit;
import org.privateshare.model.VisitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The visits of all doors as events of the server's log; [LogFormat] makes lines of them.
final class AccessLog implements VisitLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  @Override
  public void record(Visit visit) {
    LOG.info("{}", visit);
  }
}
