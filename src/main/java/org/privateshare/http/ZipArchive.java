package org.privateshare.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.privateshare.archive.ZipWriter;
import org.privateshare.share.Download;

/// A zip archive.
final class ZipArchive implements ArchiveWriter {
  private static final int PIECE_BYTES = 32 << 10;

  private final ZipWriter zip;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);

  ZipArchive(ReplyStream out) {
    this.zip = new ZipWriter(out);
  }

  @Override
  public void folder(String name, Instant modified) throws IOException {
    zip.folder(name, modified);
  }

  @Override
  public void file(String name, Download file) throws IOException {
    long size = file.size();
    zip.beginFile(name, size, file.modified());
    for (long at = 0; at < size; at += piece.position()) {
      piece.clear().limit((int) Math.min(PIECE_BYTES, size - at));
      if (file.read(piece, at) < 0) {
        throw new EOFException("the file was cut while it was sent");
      }
      zip.write(piece.array(), 0, piece.position());
    }
    zip.endFile();
  }

  @Override
  public void finish() throws IOException {
    zip.finish();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
