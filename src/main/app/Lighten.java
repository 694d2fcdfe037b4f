import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Makes the libraries quick to start, once, after `./privateshare` has built:
///
///     java Lighten.java LIB NATIVE
///
/// - Native libraries leave their jars for the folder NATIVE, where `java.library.path` finds them;
///   from within a jar they'd be unpacked at every start.
/// - Signatures leave their jars, BouncyCastle's, and so do the sums of all files in the manifest, a
///   megabyte to be parsed at every start: classes of signed jars can't be kept in an AOT cache, and
///   nobody here asks who signed.
/// - Classes in the format of Java 5 and older, picocli's, get the newest format. What they do
///   stays the same; but only classes with stack maps can be kept in an AOT cache.
///
/// A jar that needs none of this stays as it is.
final class Lighten {
  private static final String NATIVE = "META-INF/native/";

  /// The first format whose classes carry stack maps: Java 6.
  private static final int STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private final Path natives;
  private final ClassFile format;

  private Lighten(Path natives, ClassLoader libraries) {
    this.natives = natives;
    this.format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(libraries)));
  }

  public static void main(String[] arguments) throws IOException {
    Path natives = Files.createDirectories(Path.of(arguments[1]));
    List<Path> jars;
    try (var files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    try (var libraries = new URLClassLoader(urls(jars))) {
      var lighten = new Lighten(natives, libraries);
      for (Path jar : jars) {
        if (lighten.isHeavy(jar)) {
          lighten.rewrite(jar);
        }
      }
    }
  }

  private static URL[] urls(List<Path> jars) throws IOException {
    var urls = new ArrayList<URL>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private boolean isHeavy(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return file.stream()
          .anyMatch(
              entry -> isNative(entry) || isSignature(entry) || isOld(entry, read(file, entry)));
    }
  }

  private static boolean isNative(JarEntry entry) {
    return entry.getName().startsWith(NATIVE);
  }

  private static boolean isSignature(JarEntry entry) {
    return entry.getName().matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)");
  }

  private static boolean isOld(JarEntry entry, byte[] bytes) {
    return entry.getName().endsWith(".class")
        && !entry.getName().endsWith("module-info.class")
        && ((bytes[6] & 0xff) << 8 | bytes[7] & 0xff) < STACK_MAPS;
  }

  private void rewrite(Path jar) throws IOException {
    Path light = jar.resolveSibling(jar.getFileName() + ".new");
    try (var file = new JarFile(jar.toFile());
        var out = new JarOutputStream(Files.newOutputStream(light))) {
      for (JarEntry entry : file.stream().toList()) {
        byte[] bytes = read(file, entry);
        if (isNative(entry)) {
          take(entry, bytes);
        } else if (!isSignature(entry)) {
          var copy = new JarEntry(entry.getName());
          copy.setTime(entry.getTime());
          out.putNextEntry(copy);
          out.write(light(entry, bytes));
        }
      }
    }
    Files.move(light, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] light(JarEntry entry, byte[] bytes) throws IOException {
    if (isOld(entry, bytes)) {
      return modern(bytes);
    }
    return entry.getName().equals(JarFile.MANIFEST_NAME) ? withoutSums(bytes) : bytes;
  }

  private static byte[] withoutSums(byte[] manifest) throws IOException {
    var parsed = new Manifest(new ByteArrayInputStream(manifest));
    parsed.getEntries().values().forEach(sums -> sums.keySet().removeIf(Lighten::isSum));
    parsed.getEntries().values().removeIf(Attributes::isEmpty);
    var light = new ByteArrayOutputStream();
    parsed.write(light);
    return light.toByteArray();
  }

  private static boolean isSum(Object attribute) {
    return attribute.toString().endsWith("-Digest");
  }

  private void take(JarEntry library, byte[] bytes) throws IOException {
    if (!library.isDirectory()) {
      Path name = Path.of(library.getName()).getFileName();
      Files.write(natives.resolve(name.toString()), bytes);
    }
  }

  private byte[] modern(byte[] old) {
    ClassModel model = format.parse(old);
    return format.build(
        model.thisClass().asSymbol(),
        builder -> {
          model.forEach(builder::with);
          builder.withVersion(ClassFile.latestMajorVersion(), 0);
        });
  }

  private static byte[] read(JarFile file, JarEntry entry) {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
