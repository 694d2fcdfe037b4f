package org.privateshare.cli;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import org.privateshare.client.LocalSink;

/// Standard output as the place where a file's bytes go. It fails when nobody reads it any more.
record StandardOutput(PrintStream out) implements LocalSink {
  private static final int PIECE = 1 << 16;

  @Override
  public void write(ByteBuffer bytes) throws FileSystemException {
    byte[] piece = new byte[Math.min(PIECE, bytes.remaining())];
    while (bytes.hasRemaining()) {
      int length = Math.min(piece.length, bytes.remaining());
      bytes.get(piece, 0, length);
      out.write(piece, 0, length);
    }
    // Print streams swallow failures, and say so when asked.
    if (out.checkError()) {
      throw new FileSystemException("standard output", null, "cannot be written to");
    }
  }
}
