package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privateshare.access.PrivateFolder;
import org.privateshare.client.Memory;

/// The folder `transfers` in the state folder: a file for each transfer that was broken off, and
/// the file `lock`, of which whoever works at a transfer locks one byte. Names and bytes are made
/// of what tells transfers apart: direction, server, path there and path here.
final class TransferMemories implements Memory.Keeper {
  private static final int TAG_BYTES = 8;

  private final PrivateFolder folder;
  private final String server;
  private volatile Memory current = Memory.NONE;

  /// @param folder where the files are; made when there is something to keep
  /// @param server the share as the user calls it
  TransferMemories(Path folder, String server) {
    this.folder = new PrivateFolder(folder);
    this.server = server;
  }

  @Override
  public Memory of(String direction, String name) {
    Memory memory = new OnDisk(folder, tag(direction + "\n" + server + "\n" + name));
    current = memory;
    return memory;
  }

  /// Whether there is something to go on with in the last transfer that was begun. For any thread.
  boolean isKept() {
    return current.isKept();
  }

  private static String tag(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static final class OnDisk implements Memory {
    private static final int MAX_BYTES = 64 << 10;

    private final PrivateFolder folder;
    private final String tag;
    private @Nullable Closeable lock;
    private volatile boolean kept;

    OnDisk(PrivateFolder folder, String tag) {
      this.folder = folder;
      this.tag = tag;
    }

    @Override
    public String tag() {
      return tag;
    }

    @Override
    public boolean claim() throws FileSystemException {
      if (lock != null) {
        return true;
      }
      try {
        folder.create();
        Optional<Closeable> taken = folder.tryLock(number());
        if (taken.isPresent()) {
          lock = taken.get();
          return true;
        }
      } catch (IOException unusable) {
        return false;
      }
      throw new FileSystemException(
          folder.path().resolve(tag).toString(),
          null,
          "another privateshare is at this very transfer");
    }

    private long number() {
      return HexFormat.fromHexDigitsToLong(tag) >>> 1;
    }

    @Override
    public Optional<String> recall() throws FileSystemException {
      if (!folder.has(tag) || !claim()) {
        return Optional.empty();
      }
      try {
        folder.require();
        String text = new String(folder.read(tag, MAX_BYTES), UTF_8);
        kept = true;
        return Optional.of(text);
      } catch (IOException unusable) {
        return Optional.empty();
      }
    }

    @Override
    public void keep(String state) throws FileSystemException {
      if (claim()) {
        try {
          folder.replace(tag, state.getBytes(UTF_8));
          kept = true;
        } catch (IOException unusable) {
          // What was kept before still holds.
        }
      }
    }

    @Override
    public void forget() {
      try {
        kept = false;
        folder.remove(tag);
      } catch (IOException unusable) {
        // What can't be removed is looked at, and dropped, by the next run of the same command.
      }
    }

    @Override
    public boolean isKept() {
      return kept;
    }

    @Override
    public void close() {
      Closeable held = lock;
      lock = null;
      if (held != null) {
        try {
          held.close();
        } catch (IOException e) {
          // The lock ends with the process.
        }
      }
    }
  }
}
