package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.OldVersion;

/// Old versions as a stream, for one thread. What comes or goes meanwhile comes once or not at all.
/// Close is idempotent.
public interface OldVersions extends Closeable {
  /// The next one, or empty at the end and ever after.
  Optional<OldVersion> next() throws IOException;
}
