import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Makes the program quick to start, once, after `./privateshare` has built:
///
///     java Lighten.java JAR LIB NATIVE
///
/// - The libraries in the folder LIB become part of the one JAR: a class that is looked for and not
///   there, as both picocli and Conscrypt have one, is looked for in every jar. Of files of one name
///   the first counts, the program's own before all; lists of services are joined.
/// - Native libraries go to the folder NATIVE, where `java.library.path` finds them; from within a
///   jar they'd be unpacked at every start.
/// - Signatures are left out, BouncyCastle's, and so are all manifests but the program's, of which
///   one has sums for a megabyte: classes of signed jars can't be kept in an AOT cache, and nobody
///   here asks who signed.
/// - Calls that Java would link at run time, with classes made for them, become plain ones
///   ([PlainCalls]).
/// - Classes in the format of Java 5 and older, picocli's, get the newest format. What they do
///   stays the same; but only classes with stack maps can be kept in an AOT cache.
final class Lighten {
  private static final String NATIVE = "META-INF/native/";
  private static final String SERVICES = "META-INF/services/";

  /// The first format whose classes carry stack maps: Java 6.
  private static final int STACK_MAPS = ClassFile.JAVA_6_VERSION;

  /// The first format of classes that may have what [PlainCalls] replaces.
  private static final int RECORDS = ClassFile.JAVA_16_VERSION;

  private final Path natives;
  private final ClassFile format;

  /// What the jar will hold, by its name there.
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private Lighten(Path natives, ClassLoader libraries) {
    this.natives = natives;
    this.format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(libraries)));
  }

  public static void main(String[] arguments) throws IOException {
    Path program = Path.of(arguments[0]);
    Path natives = Files.createDirectories(Path.of(arguments[2]));
    List<Path> libraries;
    try (var files = Files.list(Path.of(arguments[1]))) {
      libraries = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    try (var loader = new URLClassLoader(urls(program, libraries))) {
      var lighten = new Lighten(natives, loader);
      Manifest manifest = lighten.add(program);
      for (Path library : libraries) {
        lighten.add(library);
      }
      manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
      manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
      lighten.write(manifest, program);
    }
  }

  private static URL[] urls(Path program, List<Path> jars) throws IOException {
    var urls = new ArrayList<URL>();
    urls.add(program.toUri().toURL());
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /// Takes what is in a jar; returns its manifest, which isn't among it.
  private Manifest add(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(Lighten::isWanted).toList()) {
        String name = entry.getName();
        byte[] bytes = read(file, entry);
        if (entry.isDirectory()) {
          // Whoever lists what is in a folder of the jar looks for the folder.
          files.putIfAbsent(name, bytes);
        } else if (name.startsWith(NATIVE)) {
          Files.write(natives.resolve(Path.of(name).getFileName().toString()), bytes);
        } else if (name.startsWith(SERVICES)) {
          files.merge(name, bytes, Lighten::joined);
        } else if (!files.containsKey(name)) {
          files.put(name, name.endsWith(".class") ? light(bytes) : bytes);
        }
      }
      return file.getManifest();
    }
  }

  private static boolean isWanted(JarEntry entry) {
    String name = entry.getName();
    return !name.equals(JarFile.MANIFEST_NAME)
        && !name.equals("META-INF/")
        && !name.equals(NATIVE)
        && !name.endsWith("module-info.class")
        && !name.matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)");
  }

  private static byte[] joined(byte[] some, byte[] others) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(some);
    all.write('\n');
    all.writeBytes(others);
    return all.toByteArray();
  }

  private byte[] light(byte[] bytes) {
    int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    if (version < STACK_MAPS) {
      return modern(bytes);
    }
    return version < RECORDS ? bytes : PlainCalls.in(bytes, format);
  }

  private void write(Manifest manifest, Path program) throws IOException {
    Path light = program.resolveSibling(program.getFileName() + ".new");
    try (var out = new JarOutputStream(Files.newOutputStream(light), manifest)) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new JarEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    Files.move(light, program, StandardCopyOption.REPLACE_EXISTING);
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

  private static byte[] read(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
