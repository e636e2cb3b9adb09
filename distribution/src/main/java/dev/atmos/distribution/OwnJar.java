package dev.atmos.distribution;

import dev.atmos.cli.bootstrap.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;

/**
 * One jar of all our modules: Java looks at each jar of the class path at each start, so the number
 * of modules must not matter. Equal modules make an equal jar.
 */
final class OwnJar {
  /** Where Maven says which group an artifact belongs to. */
  private static final String OURS = "META-INF/maven/dev.atmos/";

  private static final String SERVICES = "META-INF/services/";

  /** A constant of the entry point. The id is as long, so that nothing else changes. */
  private static final String PLACEHOLDER = "@@build-id@@";

  private static final String ENTRY_POINT = Main.class.getName().replace('.', '/') + ".class";

  private final Map<String, byte[]> entries = new TreeMap<>();

  private OwnJar() {}

  /** Whether a jar is one of our modules. */
  static boolean isModule(Path jar) throws IOException {
    try (JarFile in = new JarFile(jar.toFile())) {
      return in.stream().anyMatch(entry -> entry.getName().startsWith(OURS));
    }
  }

  /** The jar of these modules. */
  static OwnJar of(List<Path> modules) throws IOException {
    OwnJar all = new OwnJar();
    for (Path module : modules) {
      try (JarFile in = new JarFile(module.toFile())) {
        for (Enumeration<JarEntry> each = in.entries(); each.hasMoreElements(); ) {
          JarEntry entry = each.nextElement();
          if (!entry.isDirectory() && !isOfOneModule(entry.getName())) {
            try (InputStream content = in.getInputStream(entry)) {
              all.add(entry.getName(), content.readAllBytes());
            }
          }
        }
      }
    }
    return all;
  }

  /** What describes one module and not the whole: the product's index has the plugins' metadata. */
  private static boolean isOfOneModule(String name) {
    return name.equals("module-info.class")
        || name.equals(JarFile.MANIFEST_NAME)
        || name.equals(Assemble.PLUGIN_METADATA)
        || name.startsWith("META-INF/maven/");
  }

  private void add(String name, byte[] content) {
    byte[] known = entries.get(name);
    if (known != null && name.startsWith(SERVICES)) {
      entries.put(name, joined(known, content));
    } else if (known != null && !Arrays.equals(known, content)) {
      throw new IllegalStateException("two modules have a file " + name);
    } else {
      entries.put(name, content);
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    String lines = new String(first, StandardCharsets.UTF_8).stripTrailing();
    String more = new String(second, StandardCharsets.UTF_8).stripTrailing();
    return (lines + "\n" + more + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Puts the build's id into the entry point's class, which compares it with the one that the
   * launcher passes: Java matches the classes of a start-up cache with those of the jars by the
   * jars' names alone.
   */
  void stamp(String build) {
    byte[] entryPoint = entries.get(ENTRY_POINT);
    // Every byte is one character, and back; a class file has a constant once.
    String text = entryPoint == null ? "" : new String(entryPoint, StandardCharsets.ISO_8859_1);
    int place = text.indexOf(PLACEHOLDER);
    if (place < 0
        || text.indexOf(PLACEHOLDER, place + 1) >= 0
        || build.length() != PLACEHOLDER.length()) {
      throw new IllegalStateException(ENTRY_POINT + " has no place for the id of the build");
    }
    entries.put(
        ENTRY_POINT, text.replace(PLACEHOLDER, build).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The jar's bytes; all its entries get that time. */
  byte[] bytes(LocalDateTime time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      write(
          out,
          JarFile.MANIFEST_NAME,
          "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8),
          time);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        write(out, entry.getKey(), entry.getValue(), time);
      }
    }
    return bytes.toByteArray();
  }

  private static void write(JarOutputStream out, String name, byte[] content, LocalDateTime time)
      throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(time);
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
