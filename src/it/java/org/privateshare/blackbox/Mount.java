package org.privateshare.blackbox;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A small file system of its own, in memory or on a loop device, that a suite can fill, cut off
/// and take away. Unmounted and removed by [#close()], at the latest when the process ends.
final class Mount implements AutoCloseable {
  private static final Set<Mount> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Set.copyOf(OPEN).forEach(Mount::close), "unmount"));
  }

  private final Path home;
  private final Path point;
  private final List<String> source;

  private Mount(Path home, List<String> source) throws IOException {
    this.home = home;
    this.point = Files.createDirectory(home.resolve("mnt"));
    this.source = source;
    OPEN.add(this);
  }

  /// A file system in memory; `options` as in `size=64m,nr_inodes=100`.
  static Mount tmpfs(String options) {
    Shell.needRoot("mount file systems");
    try {
      Path home = Files.createTempDirectory("privateshare-it");
      return new Mount(home, List.of("-t", "tmpfs", "tmpfs")).mount(options);
    } catch (IOException e) {
      throw new AssertionError("cannot make a mount point", e);
    }
  }

  /// A fresh `ext4` or `xfs` of 512 MiB on a loop device over a sparse file.
  static Mount disk(String type, String options) {
    Shell.needRoot("mount file systems");
    Shell.need("mkfs." + type, "xfs_io");
    try {
      Path home = Files.createTempDirectory(memory(), "privateshare-it");
      String image = home.resolve("disk").toString();
      var _ = Shell.run("truncate", "-s", "512M", image);
      var _ = Shell.run("mkfs." + type, "-q", image);
      return new Mount(home, List.of("-t", type, image)).mount(options);
    } catch (IOException e) {
      throw new AssertionError("cannot make a disk", e);
    }
  }

  /// The folder in which the file system is mounted.
  Path point() {
    return point;
  }

  /// A new, empty and durable folder in it.
  Path folder(String name) throws IOException {
    Path folder = Files.createDirectory(point.resolve(name));
    var _ = Shell.run("sync", "-f", point.toString());
    return folder;
  }

  /// Mounts it again.
  Mount mount(String options) {
    List<String> command = new java.util.ArrayList<>(List.of("mount", "-o", options));
    command.addAll(source);
    command.add(point.toString());
    var _ = Shell.run(command.toArray(String[]::new));
    return this;
  }

  void remount(String options) {
    var _ = Shell.run("mount", "-o", "remount," + options, point.toString());
  }

  void unmount() {
    var _ = Shell.run("umount", point.toString());
  }

  /// Gets ready to cut the power; the cut itself is then a matter of microseconds.
  Cut prepareCut() {
    try {
      return new Cut(
          Shell.builder(Path.of("/"), List.of("xfs_io", "-x", point.toString())).start());
    } catch (IOException e) {
      throw new AssertionError("cannot start xfs_io", e);
    }
  }

  /// The hand at the plug: whatever has not reached the medium is lost, and every later call fails.
  record Cut(Process process) {
    void now() {
      try (BufferedWriter command = process.outputWriter()) {
        command.write("shutdown\nquit\n");
      } catch (IOException e) {
        throw new AssertionError("cannot cut", e);
      }
      if (Shell.exitCode(process) != 0) {
        throw new AssertionError("the power could not be cut");
      }
    }
  }

  @Override
  public void close() {
    if (OPEN.remove(this)) {
      var _ = Shell.attempt(Path.of("/"), "umount", "-l", point.toString());
      var _ = Shell.run("rm", "-r", "--one-file-system", home.toString());
    }
  }

  private static Path memory() {
    Path shared = Path.of("/dev/shm");
    return Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
  }
}
