package dev.atmos.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The Java that the self-contained directory brings. */
final class RuntimeImage {

  /**
   * The platform's modules without the desktop, so that a plugin may count on them; and what TLS,
   * other encodings, zip files, signals, and a proxy that wants Kerberos need beside them.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.compiler",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.management.rmi",
          "java.naming",
          "java.net.http",
          "java.prefs",
          "java.rmi",
          "java.scripting",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.sql.rowset",
          "java.transaction.xa",
          "java.xml",
          "java.xml.crypto",
          "jdk.charsets",
          "jdk.crypto.cryptoki",
          "jdk.naming.dns",
          "jdk.security.auth",
          "jdk.unsupported",
          "jdk.zipfs");

  private static final String WINDOWS = "jdk.crypto.mscapi";

  private RuntimeImage() {}

  /** Makes it out of the running JDK and the product's module. */
  static void make(Path runtime, Path module) throws IOException {
    jlink(runtime, module);
    withoutTools(runtime);
    withoutComments(runtime.resolve("conf/security/java.security"));
  }

  /** The JDK's modules: the door to Windows' store of authorities is on Windows only. */
  static List<String> platform() {
    List<String> modules = new ArrayList<>(MODULES);
    if (ModuleFinder.ofSystem().find(WINDOWS).isPresent()) {
      modules.add(WINDOWS);
    }
    return modules;
  }

  /** The JDK's modules that an image has. */
  static List<String> modules(Path runtime) throws IOException {
    String modules = properties(runtime.resolve("release")).getProperty("MODULES");
    List<String> names = new ArrayList<>(List.of(modules.replace("\"", "").split(" ", -1)));
    names.remove(ProductModule.NAME);
    return names;
  }

  /**
   * The file without which the system can't start this Java: on Linux the loader of the C library
   * that it is made for. Elsewhere, and without a Java, the root directory, which is always there.
   *
   * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html">ELF, Program
   *     Header</a>
   */
  static String loader(Path runtime) throws IOException {
    Path java = runtime.resolve("bin/java");
    if (Files.notExists(java)) {
      return "/";
    }
    ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(java)).order(ByteOrder.LITTLE_ENDIAN);
    if (elf.getInt(0) != 0x464C457F) {
      return "/";
    }
    int headers = Math.toIntExact(elf.getLong(0x20));
    for (int i = 0; i < elf.getShort(0x38); i++) {
      int header = headers + i * elf.getShort(0x36);
      if (elf.getInt(header) == 3) {
        byte[] name = new byte[Math.toIntExact(elf.getLong(header + 0x20)) - 1];
        elf.get(Math.toIntExact(elf.getLong(header + 8)), name);
        return new String(name, StandardCharsets.US_ASCII);
      }
    }
    throw new IllegalStateException(java + " names no loader");
  }

  private static void jlink(Path runtime, Path module) {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    int code =
        jlink.run(
            System.out,
            System.err,
            "--module-path",
            module.toString(),
            "--add-modules",
            String.join(",", platform()) + "," + ProductModule.NAME,
            "--compress",
            "zip-6",
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime.toString());
    if (code != 0) {
      throw new IllegalStateException("jlink failed with exit code " + code);
    }
  }

  /**
   * Takes away what starts other programs of Java's modules, such as {@code keytool}; what starts
   * jars; and the jar by which development tools read the image.
   */
  private static void withoutTools(Path runtime) throws IOException {
    try (Stream<Path> programs = Files.list(runtime.resolve("bin"))) {
      for (Path program : programs.toList()) {
        String name = program.getFileName().toString();
        if (!name.equals("java") && !name.equals("java.exe") && !name.endsWith(".dll")) {
          Files.delete(program);
        }
      }
    }
    Files.deleteIfExists(runtime.resolve("lib/jexec"));
    Files.delete(runtime.resolve("lib/jrt-fs.jar"));
  }

  /**
   * Takes the comments out of a file of properties: Java reads this one in each run that computes a
   * digest, and comments are nearly all of it.
   */
  private static void withoutComments(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(line);
      }
    }
    Properties before = properties(file);
    Files.write(file, lines, StandardCharsets.ISO_8859_1);
    if (!properties(file).equals(before)) {
      throw new IllegalStateException(file + " says something else without its comments");
    }
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }
}
