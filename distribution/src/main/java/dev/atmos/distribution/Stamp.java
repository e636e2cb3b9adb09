package dev.atmos.distribution;

import dev.atmos.cli.bootstrap.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Puts the build's id into the entry point's class, which compares it with the one that the
 * launcher passes: the classes of a start-up cache are taken for those of the jars by its name
 * alone.
 */
final class Stamp {
  /** A constant of the entry point. The id is of the same length, so that nothing else changes. */
  private static final String PLACEHOLDER = "@@build-id@@";

  private static final String ENTRY = Main.class.getName().replace('.', '/') + ".class";

  private Stamp() {}

  /** Whether the jar holds the entry point. */
  static boolean isNeeded(Path jar) throws IOException {
    try (JarFile in = new JarFile(jar.toFile())) {
      return in.getJarEntry(ENTRY) != null;
    }
  }

  static byte[] stamp(Path jar, String build, LocalDateTime time) throws IOException {
    try (JarFile in = new JarFile(jar.toFile())) {
      return JarCopy.of(in, time, (entry, content) -> stamp(entry, content, build));
    }
  }

  private static byte[] stamp(JarEntry entry, byte[] content, String build) {
    if (!entry.getName().equals(ENTRY)) {
      return content;
    }
    // Every byte is one character, and back; a class file has a constant once.
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int place = text.indexOf(PLACEHOLDER);
    if (place < 0
        || text.indexOf(PLACEHOLDER, place + 1) >= 0
        || build.length() != PLACEHOLDER.length()) {
      throw new IllegalStateException(ENTRY + " has no place for the id of the build");
    }
    return text.replace(PLACEHOLDER, build).getBytes(StandardCharsets.ISO_8859_1);
  }
}
