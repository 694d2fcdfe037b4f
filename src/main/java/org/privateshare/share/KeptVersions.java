package org.privateshare.share;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.OldVersion;
import org.privateshare.store.OldVersions;

/// Old versions of files on their way out. What doors hold of [OldVersions], so that they need not
/// know the store.
public final class KeptVersions implements OldVersions {
  private final OldVersions versions;

  KeptVersions(OldVersions versions) {
    this.versions = versions;
  }

  @Override
  public Optional<OldVersion> next() throws IOException {
    return versions.next();
  }

  @Override
  public void close() throws IOException {
    versions.close();
  }
}
