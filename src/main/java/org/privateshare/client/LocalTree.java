package org.privateshare.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A folder of this machine with all below it. No link in it is followed, so it can't lead into
/// itself.
///
/// @param top the folder; it may be a link itself, for the user has named it
/// @param exclude what is passed over without a word
record LocalTree(Path top, Globs exclude) {
  /// A file or folder.
  ///
  /// @param top the top of the tree
  /// @param path from the top on, its names joined by slashes
  /// @param size in bytes; 0 for a folder
  record Node(Path top, String path, boolean isFolder, long size, Instant modified) {
    /// Where it is. Made anew each time: a plan holds a great many of these, but not for long their
    /// files.
    Path file() {
      return path.isEmpty() ? top : top.resolve(path);
    }
  }

  /// The folder itself.
  Node node() throws FileSystemException {
    try {
      return new Node(top, "", true, 0, Files.getLastModifiedTime(top).toInstant());
    } catch (IOException e) {
      throw LocalFailure.of(top, e);
    }
  }

  /// Told what is in the tree, a folder before what is in it.
  interface Visitor {
    /// A file or folder.
    ///
    /// @return whether a folder shall be looked into
    boolean found(Node node);

    /// Something that is neither.
    void leftOut(String path, String what);

    /// Something that can't be looked at.
    void failed(String path, FileSystemException cause);
  }

  /// Goes through the tree.
  ///
  /// @throws FileSystemException where the folder itself can't be read
  void visit(Visitor visitor) throws FileSystemException {
    try {
      Path real = top.toRealPath();
      Path _ = Files.walkFileTree(real, new Walk(real, exclude, visitor));
    } catch (IOException e) {
      throw LocalFailure.of(top, e);
    }
  }

  private record Walk(Path top, Globs exclude, Visitor visitor) implements FileVisitor<Path> {
    private String pathOf(Path file) {
      return top.relativize(file).toString().replace(File.separatorChar, '/');
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(top)) {
        return FileVisitResult.CONTINUE;
      }
      String path = pathOf(folder);
      boolean goesOn = !exclude.leaveOut(path, true) && visitor.found(node(path, attributes, true));
      return goesOn ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    private Node node(String path, BasicFileAttributes attributes, boolean isFolder) {
      long size = isFolder ? 0 : attributes.size();
      return new Node(top, path, isFolder, size, attributes.lastModifiedTime().toInstant());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String path = pathOf(file);
      if (file.equals(top)) {
        throw new FileSystemException(file.toString(), null, "not a folder");
      }
      if (!exclude.leaveOut(path, false)) {
        if (attributes.isRegularFile()) {
          boolean _ = visitor.found(node(path, attributes, false));
        } else {
          visitor.leftOut(path, attributes.isSymbolicLink() ? "a link" : "neither file nor folder");
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
      if (file.equals(top)) {
        throw cause;
      }
      visitor.failed(pathOf(file), LocalFailure.of(file, cause));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException cause)
        throws IOException {
      return cause == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, cause);
    }
  }
}
