package org.privateshare.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What `stat(2)` says of a file, as far as the store asks.
///
/// @param key device and inode: the same for two names of one file, different for two files that
///   exist at the same time
/// @param links how many names it has
/// @param created when the inode was made, where the file system knows (it tells a folder from a
///   later one that got the same inode number)
/// @param modified when the content last changed
/// @param changed when content, owner, mode or number of names last changed (`ctime`)
record Stat(
    Key key,
    Kind kind,
    long size,
    int links,
    FileTime created,
    FileTime modified,
    FileTime changed) {
  /// Device and inode, as `stat(2)` gives them.
  record Key(long device, long inode) {
    /// What versions are made of: another text would be another version of every file.
    @Override
    public String toString() {
      return "(dev=" + Long.toHexString(device) + ",ino=" + inode + ")";
    }
  }

  /// What a share knows: all but files and folders doesn't exist in it.
  enum Kind {
    FILE,
    FOLDER,
    OTHER
  }

  private static final String ATTRIBUTES =
      "unix:dev,ino,isRegularFile,isDirectory,size,nlink,creationTime,lastModifiedTime,ctime";

  static Stat of(Path path, LinkOption... options) throws IOException {
    Map<String, Object> all = Files.readAttributes(path, ATTRIBUTES, options);
    return new Stat(
        new Key(value(all, "dev", Long.class), value(all, "ino", Long.class)),
        kind(value(all, "isRegularFile", Boolean.class), value(all, "isDirectory", Boolean.class)),
        value(all, "size", Long.class),
        value(all, "nlink", Integer.class),
        value(all, "creationTime", FileTime.class),
        value(all, "lastModifiedTime", FileTime.class),
        value(all, "ctime", FileTime.class));
  }

  /// As [#of], or empty where nothing is there.
  static Optional<Stat> find(Path path, LinkOption... options) throws IOException {
    try {
      return Optional.of(of(path, options));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static Kind kind(BasicFileAttributes attributes) {
    return kind(attributes.isRegularFile(), attributes.isDirectory());
  }

  private static Kind kind(boolean file, boolean folder) {
    return file ? Kind.FILE : folder ? Kind.FOLDER : Kind.OTHER;
  }

  boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  boolean isFile() {
    return kind == Kind.FILE;
  }

  private static <T> T value(Map<String, Object> all, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(all.get(name), name));
  }
}
