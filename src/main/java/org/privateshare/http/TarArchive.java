package org.privateshare.http;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.archive.TarMember;
import org.privateshare.archive.TarWriter;
import org.privateshare.model.Digest;
import org.privateshare.share.Download;

/// A tar archive of pax: contents go from the medium straight into the buffer of the answer.
///
/// @param out the answer
/// @param withDigests whether each file says what it sums up to
record TarArchive(ReplyStream out, boolean withDigests) implements ArchiveWriter {
  @Override
  public void folder(String name, Instant modified) throws IOException {
    out.write(TarWriter.head(TarMember.folder(name, modified)));
  }

  @Override
  public void file(String name, Download file) throws IOException {
    Optional<Digest> digest = withDigests ? Optional.of(file.crc32c()) : Optional.empty();
    out.write(TarWriter.head(TarMember.file(name, file.size(), file.modified(), digest)));
    out.write(file, 0, file.size());
    out.write(TarWriter.padding(file.size()));
  }

  @Override
  public void finish() throws IOException {
    out.write(new byte[TarWriter.END_BYTES]);
  }

  @Override
  public void close() {}
}
