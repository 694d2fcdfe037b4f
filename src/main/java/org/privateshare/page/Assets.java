package org.privateshare.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files that pages load: those of `src/main/web`, and tus-js-client as `tus.js`. They lie
/// beside this class on the class path. Thread-safe, and nothing of them is read before the first
/// is asked for.
///
/// One hash over all of them is part of each URL: so a browser may keep them for ever, and those
/// that belong together stay together.
public final class Assets {
  private static final String PLACE = "/.privateshare/page/";
  private static final int DIGITS = 16;

  private static final class Ours {
    static final Assets ALL = load();
  }

  private final SortedMap<String, Asset> byName;
  private final String version;

  private Assets(SortedMap<String, Asset> byName) {
    this.byName = byName;
    this.version = hash(byName);
  }

  /// Those of this program.
  public static Assets ours() {
    return Ours.ALL;
  }

  private static Assets load() {
    try {
      URL folder = Assets.class.getResource("web");
      if (folder == null) {
        throw new IOException("they are missing from the class path");
      }
      URI place = folder.toURI();
      if (place.getScheme().equals("file")) {
        return in(Path.of(place));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return in(jar.getPath(place.getSchemeSpecificPart().replaceFirst(".*!", "")));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the page's files can't be read: " + e.getMessage(), e);
    }
  }

  /// Those in a folder.
  static Assets in(Path folder) throws IOException {
    SortedMap<String, Asset> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        found.put(name, new Asset(name, Files.readAllBytes(file)));
      }
    }
    return new Assets(found);
  }

  /// Over each name and content with its length, so that nothing can move from one to the other.
  private static String hash(SortedMap<String, Asset> byName) {
    MessageDigest digest = sha256();
    byName.forEach(
        (name, asset) -> {
          ByteBuffer bytes = asset.bytes();
          digest.update((name + " " + bytes.remaining() + "\n").getBytes(UTF_8));
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /// What the URLs of all begin with, a slash at its end.
  public String base() {
    return PLACE + version + "/";
  }

  /// The URL of one, for the page.
  ///
  /// @throws IllegalArgumentException where there is no such file
  public String url(String name) {
    if (!byName.containsKey(name)) {
      throw new IllegalArgumentException("the page has no file " + name);
    }
    return base() + name;
  }

  /// The file that a URL names below `/.privateshare/page/`; empty for another version's.
  ///
  /// @param path `VERSION/NAME`
  public Optional<Asset> find(String path) {
    String prefix = version + "/";
    return path.startsWith(prefix)
        ? Optional.ofNullable(byName.get(path.substring(prefix.length())))
        : Optional.empty();
  }
}
