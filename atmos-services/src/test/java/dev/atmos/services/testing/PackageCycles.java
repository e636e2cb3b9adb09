package dev.atmos.services.testing;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds packages of one module that depend on each other in a circle, by its class files. */
public final class PackageCycles {
  private static final Pattern TYPE = Pattern.compile("L([\\w/$]+);");

  /**
   * Of each package, the packages that it uses, each with a class that does and the one it uses.
   */
  private final Map<String, Map<String, String>> uses = new TreeMap<>();

  private PackageCycles() {}

  /**
   * The dependencies that close a circle, such as {@code a -> b: a.Reader uses b.Writer}; none
   * where the packages can be put in an order.
   *
   * @param member any class of the module's main code
   */
  public static List<String> of(Class<?> member) throws IOException {
    try {
      URI location = member.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(location);
      if (Files.isDirectory(path)) {
        return in(path);
      }
      try (FileSystem jar = FileSystems.newFileSystem(path)) {
        return in(jar.getPath("/"));
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** Like {@link #of}, for the class files below a directory. */
  static List<String> in(Path directory) throws IOException {
    Map<String, ClassModel> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
        classes.put(model.thisClass().asInternalName(), model);
      }
    }
    if (classes.isEmpty()) {
      throw new IOException("no class files in " + directory);
    }
    PackageCycles cycles = new PackageCycles();
    for (Map.Entry<String, ClassModel> each : classes.entrySet()) {
      for (String used : used(each.getValue())) {
        if (classes.containsKey(used)) {
          cycles.add(each.getKey(), used);
        }
      }
    }
    return cycles.closing();
  }

  private static Set<String> used(ClassModel model) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type) {
        names.add(type.asInternalName());
      } else if (entry instanceof Utf8Entry text) {
        // Descriptors and signatures name their types in texts.
        Matcher types = TYPE.matcher(text.stringValue());
        while (types.find()) {
          names.add(types.group(1));
        }
      }
    }
    return names;
  }

  private void add(String user, String used) {
    String from = packageOf(user);
    String to = packageOf(used);
    if (!from.equals(to)) {
      uses.computeIfAbsent(from, absent -> new TreeMap<>())
          .putIfAbsent(to, (user + " uses " + used).replace('/', '.'));
    }
  }

  private List<String> closing() {
    TreeSet<String> closing = new TreeSet<>();
    uses.forEach((from, targets) ->
        targets.forEach((to, example) -> {
          if (reachable(to).contains(from)) {
            closing.add(from + " -> " + to + ": " + example);
          }
        }));
    return List.copyOf(closing);
  }

  private Set<String> reachable(String start) {
    Set<String> seen = new HashSet<>();
    reach(start, seen);
    return seen;
  }

  private void reach(String from, Set<String> seen) {
    if (seen.add(from)) {
      uses.getOrDefault(from, Map.of()).keySet().forEach(to -> reach(to, seen));
    }
  }

  private static String packageOf(String internalName) {
    return internalName
        .substring(0, internalName.lastIndexOf('/') + 1)
        .replace('/', '.')
        .replaceAll("\\.$", "");
  }
}
