package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The jar of a plugin of somebody else's, compiled against what the product has. */
final class StrangersJar {
  private StrangersJar() {}

  /**
   * Compiles a plugin of one source file.
   *
   * @param build an empty directory
   * @param className of the plugin, with its package
   * @param jar where the jar is written
   */
  static void write(Path build, String className, String source, Path jar) throws IOException {
    String path = className.replace('.', '/');
    Path file = Launch.write(build.resolve(path + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Product jars = Product.portable();
      String classPath =
          jars.ownJar() + ":" + jars.library("picocli") + ":" + jars.library("jspecify");
      List<String> options =
          List.of("-d", build.toString(), "-proc:none", "--release", "17", "-cp", classPath);
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    Files.createDirectories(jar.resolveSibling(""));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> classes = Files.list(file.resolveSibling(""))) {
      out.putNextEntry(new JarEntry("META-INF/services/dev.atmos.plugin.Plugin"));
      out.write((className + "\n").getBytes(StandardCharsets.UTF_8));
      for (Path each : classes.filter(name -> name.toString().endsWith(".class")).toList()) {
        out.putNextEntry(new JarEntry(build.relativize(each).toString()));
        out.write(Files.readAllBytes(each));
      }
    }
  }

  /** Writes into the index of installed plugins which jar belongs to a plugin. */
  static void register(Path plugins, String id, Path jar) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
    Files.writeString(
        plugins.resolve("index.properties"),
        id + "/sha256." + jar.getFileName() + "=" + HexFormat.of().formatHex(digest) + "\n",
        StandardOpenOption.APPEND);
  }
}
