package dev.atmos.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;

/** Copies a jar, entry by entry, so that equal jars make equal copies. */
final class JarCopy {

  /** What becomes of the content of an entry. */
  @FunctionalInterface
  interface Edit {
    byte[] edit(JarEntry entry, byte[] content);
  }

  private JarCopy() {}

  /** The copy's bytes; all its entries get that time. */
  static byte[] of(JarFile in, LocalDateTime time, Edit edit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      Enumeration<JarEntry> entries = in.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        byte[] content;
        try (InputStream stream = in.getInputStream(entry)) {
          content = stream.readAllBytes();
        }
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTimeLocal(time);
        out.putNextEntry(copy);
        out.write(edit.edit(entry, content));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
