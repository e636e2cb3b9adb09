package dev.atmos.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Gives class files that are too old for the AOT cache a newer version number and the stack maps
 * that it demands. Picocli's are of Java 5, and the VM archives none below {@value #OLDEST};
 * nothing else in them changes.
 */
final class Retarget {
  /** The class-file version of Java 6: the oldest that the VM takes into an archive. */
  static final int OLDEST = 50;

  private static final int NEW = ClassFile.JAVA_17_VERSION;

  /** Every method body is rebuilt: a copied one would keep its lack of maps. */
  private static final ClassTransform REBUILT =
      ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element))
          .andThen(ClassTransform.endHandler(builder -> builder.withVersion(NEW, 0)));

  private Retarget() {}

  /** Whether a jar holds a class file that is too old. */
  static boolean isNeeded(Path jar) throws IOException {
    try (JarFile in = new JarFile(jar.toFile())) {
      Enumeration<JarEntry> entries = in.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (isClass(entry)) {
          try (InputStream content = in.getInputStream(entry)) {
            if (version(content.readNBytes(8)) < OLDEST) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  /**
   * Copies a jar, entry by entry, with its old class files made new. Equal jars make equal copies.
   */
  static byte[] retarget(Path jar, LocalDateTime time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarFile in = new JarFile(jar.toFile());
        JarOutputStream out = new JarOutputStream(bytes)) {
      ClassFile classFile =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(
                          type -> open(in, type.descriptorString()))
                      .orElse(ClassHierarchyResolver.defaultResolver())
                      .cached()));
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        byte[] content;
        try (InputStream stream = in.getInputStream(entry)) {
          content = stream.readAllBytes();
        }
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTimeLocal(time);
        out.putNextEntry(copy);
        out.write(
            isClass(entry) && version(content) < OLDEST
                ? classFile.transformClass(classFile.parse(content), REBUILT)
                : content);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class");
  }

  /** The major version: two bytes after the magic number and the minor version. */
  private static int version(byte[] classFile) {
    return ((classFile[6] & 0xff) << 8) | (classFile[7] & 0xff);
  }

  private static @Nullable InputStream open(JarFile jar, String descriptor) {
    JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
