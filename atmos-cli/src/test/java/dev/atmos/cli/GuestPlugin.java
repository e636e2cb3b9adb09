package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.host.PluginIndex;
import dev.atmos.plugin.Plugin;
import dev.atmos.services.system.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A plugin of a third party's, compiled when a test runs, and installed as an installer does it:
 * its jar below the plugins directory, its metadata in the index there.
 */
final class GuestPlugin {
  /** What the word {@code BOOM} stands for in the code of a plugin. */
  private static final String BOOM = "new IllegalStateException(\"boom\")";

  private static final String IMPORTS =
      """
      package acme;
      import dev.atmos.plugin.*;
      import dev.atmos.plugin.auth.*;
      import dev.atmos.plugin.base.*;
      import dev.atmos.plugin.config.*;
      import dev.atmos.plugin.context.*;
      import dev.atmos.plugin.integration.*;
      import dev.atmos.plugin.kind.*;
      import java.util.*;
      import java.util.concurrent.Callable;
      import picocli.CommandLine.Model.CommandSpec;
      """;

  private final String id;
  private final Properties metadata = new Properties();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> removed = new ArrayList<>();
  private boolean jarInstalled = true;
  private int truncatedBy;
  private int classVersion;
  private String classPath = "";
  private String serviceFile = "acme.AcmePlugin\n";

  private GuestPlugin(String id) {
    this.id = id;
    with("id", id)
        .with("version", "1.0")
        .with("api", "0.2")
        .with("class", "acme.AcmePlugin")
        .with("group.acme", "Work with Acme")
        .with("command.acme.hello", "Say hello");
  }

  /** Whose class {@code acme.AcmePlugin} has these members. */
  static GuestPlugin withMembers(String members) {
    return new GuestPlugin("acme").source("AcmePlugin", "implements Plugin", members);
  }

  /** With a command {@code acme hello} that does that, in a method that returns an integer. */
  static GuestPlugin withCommand(String body) {
    return withMembers(commands("CommandSpec.wrapWithoutInspection(new Hello(context))"))
        .source(
            "Hello",
            "implements Callable<Integer>",
            """
            final PluginContext context;
            Hello(PluginContext context) { this.context = context; }
            public Integer call() throws Exception { %s }
            """
                .formatted(body));
  }

  /** Members that list the command {@code acme hello}, made by an expression. */
  static String commands(String factory) {
    return """
    public List<PluginCommand> commands() {
      return List.of(PluginCommand.of("acme hello", context -> %s));
    }
    """
        .formatted(factory);
  }

  /** Under another id, with the same code. */
  GuestPlugin as(String otherId) {
    GuestPlugin other = new GuestPlugin(otherId);
    other.metadata.putAll(metadata);
    other.metadata.setProperty("id", otherId);
    other.sources.putAll(sources);
    return other;
  }

  /** Says something in the metadata. */
  GuestPlugin with(String key, String value) {
    metadata.setProperty(key, value);
    return this;
  }

  /** Says nothing of that in the metadata. */
  GuestPlugin without(String key) {
    metadata.remove(key);
    return this;
  }

  /** With one more public class of the package {@code acme}. */
  GuestPlugin source(String name, String relations, String members) {
    sources.put(
        name,
        IMPORTS
            + "public class "
            + name
            + " "
            + relations
            + " {\n"
            + members.replace("BOOM", BOOM)
            + "}\n");
    return this;
  }

  /** With an annotation on one of its classes. */
  GuestPlugin annotated(String name, String annotation) {
    sources.computeIfPresent(
        name,
        (key, source) ->
            source.replace("public class " + name, annotation + " public class " + name));
    return this;
  }

  /** With an identity kind {@code acme/static} whose class has these members. */
  GuestPlugin withIdentity(String members) {
    return with("identities", "acme/static")
        .source(
            "Static",
            "implements IdentityType",
            "public String kind() { return \"acme/static\"; }\n" + members);
  }

  /** With an integration kind {@code acme/thing} whose class has these members. */
  GuestPlugin withIntegration(String members) {
    return with("integrations", "acme/thing")
        .source(
            "Thing",
            "implements IntegrationType",
            "public String kind() { return \"acme/thing\"; }\n" + members);
  }

  /** Without a class that was there when it was compiled. */
  GuestPlugin missing(String name) {
    removed.add(name);
    return this;
  }

  /** Without its jar. */
  GuestPlugin withoutJar() {
    jarInstalled = false;
    return this;
  }

  /** With a jar that lacks its last bytes. */
  GuestPlugin truncatedBy(int bytes) {
    truncatedBy = bytes;
    return this;
  }

  /** With a manifest that names another jar. */
  GuestPlugin classPath(String jar) {
    classPath = jar;
    return this;
  }

  /** With class files of that major version (JVMS 4.1). */
  GuestPlugin classVersion(int major) {
    classVersion = major;
    return this;
  }

  /** With that content of its service file. */
  GuestPlugin serviceFile(String content) {
    serviceFile = content;
    return this;
  }

  /** Installs it beside those that are installed already. */
  void install(Path data) {
    try {
      String version = metadata.getProperty("version");
      String jarName = id + "-" + version + ".jar";
      Path plugins = data.resolve("plugins");
      Path directory = Files.createDirectories(plugins.resolve(id).resolve(version));
      if (jarInstalled) {
        writeJar(directory.resolve(jarName));
      }
      Path file = plugins.resolve("index.properties");
      Properties index = new Properties();
      if (Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          index.load(in);
        }
      }
      PluginIndex.add(index, metadata);
      index.setProperty(id + "/jars", jarName);
      if (jarInstalled) {
        index.setProperty(
            id + "/sha256." + jarName,
            Digests.sha256Hex(Files.readAllBytes(directory.resolve(jarName))));
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        index.store(out, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeJar(Path jar) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    compile(classes);
    for (String name : removed) {
      Files.delete(classes.resolve("acme/" + name + ".class"));
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> tree = Files.walk(classes)) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        if (classVersion != 0) {
          content[6] = (byte) (classVersion >> 8);
          content[7] = (byte) classVersion;
        }
        entry(out, classes.relativize(file).toString().replace('\\', '/'), content);
      }
      if (!classPath.isEmpty()) {
        String manifest = "Manifest-Version: 1.0\nClass-Path: " + classPath + "\n";
        entry(out, "META-INF/MANIFEST.MF", bytes(manifest));
      }
      entry(out, "META-INF/services/" + Plugin.class.getName(), bytes(serviceFile));
      StringWriter text = new StringWriter();
      metadata.store(text, null);
      entry(out, "META-INF/atmos/plugin.properties", bytes(text.toString()));
    }
    if (truncatedBy > 0) {
      byte[] whole = Files.readAllBytes(jar);
      Files.write(jar, java.util.Arrays.copyOf(whole, whole.length - truncatedBy));
    }
  }

  private void compile(Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, source) -> units.add(new SourceFile(name, source)));
    StringWriter problems = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                problems,
                null,
                null,
                List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString()),
                null,
                units)
            .call();
    assertThat(compiled).as(problems.toString()).isTrue();
  }

  private static void entry(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class SourceFile extends SimpleJavaFileObject {
    private final String source;

    SourceFile(String name, String source) {
      super(URI.create("string:///acme/" + name + ".java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
