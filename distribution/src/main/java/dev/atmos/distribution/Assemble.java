package dev.atmos.distribution;

import dev.atmos.cli.host.PluginIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds the product's directories.
 *
 * <p>Usage: {@code Assemble JARS LAUNCHERS SELF_CONTAINED PORTABLE INSTANT DOCUMENT...}: the
 * directories of the jars and of the launchers' templates, the two directories to make, the time
 * that all files get, and the files that lie at the top of both. The self-contained directory has a
 * Java runtime of its own and its start-up caches; the portable one has neither.
 */
final class Assemble {
  /** The Java that the product is compiled for. */
  private static final String JAVA = "25";

  /**
   * The platform's modules without the desktop, so that a plugin may count on them; and what TLS,
   * zip files and the AWS SDK need beside them.
   */
  private static final String MODULES =
      String.join(
          ",",
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
          "jdk.httpserver",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.security.auth",
          "jdk.unsupported",
          "jdk.zipfs");

  /** What every run is started with; why each flag is there: docs/performance.md. */
  private static final String FLAGS =
      String.join(
          " ",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+DisableAttachMechanism",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "-XX:+DisplayVMOutputToStderr",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-PrintWarnings",
          "-XX:ArchiveRelocationMode=0",
          "-XX:-AOTReplayTraining",
          "-XX:-AOTAdapterCaching",
          "-XX:-AOTStubCaching",
          "-Xms16m",
          "-Xmn12m",
          "-XX:StringTableSize=1024",
          "-XX:CompileThresholdScaling=3",
          "-Dpicocli.disable.closures=true");

  /** Stands for all jars but those that the token command needs. */
  private static final String LIBRARIES = "libraries.jar";

  /** They come first on the class path, and its start-up cache knows them and no others. */
  private static final List<String> TOKEN_JARS =
      List.of(
          "atmos-auth",
          "atmos-aws-eks",
          "atmos-cli",
          "atmos-text",
          "picocli",
          "plugin-api",
          "snakeyaml");

  /** Its Maven plugin does nothing where Maven is offline. */
  private static final String BILL_OF_MATERIALS = "sbom.json";

  private final Path launchers;
  private final Instant time;
  private final Map<String, byte[]> jars = new TreeMap<>();
  private final String build;
  private final byte[] index;
  private final List<Path> documents = new ArrayList<>();

  private Assemble(Path jarDirectory, Path launchers, Instant time) throws IOException {
    this.launchers = launchers;
    this.time = time;
    List<Path> originals;
    try (Stream<Path> files = Files.list(jarDirectory)) {
      originals = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    LocalDateTime entryTime = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    for (Path jar : originals) {
      jars.put(
          jar.getFileName().toString(),
          Retarget.isNeeded(jar) ? Retarget.retarget(jar, entryTime) : Files.readAllBytes(jar));
    }
    this.index = index(originals);
    this.build = build();
    for (Path jar : originals) {
      if (Stamp.isNeeded(jar)) {
        jars.put(jar.getFileName().toString(), Stamp.stamp(jar, build, entryTime));
      }
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Assemble assemble =
        new Assemble(Path.of(arguments[0]), Path.of(arguments[1]), Instant.parse(arguments[4]));
    for (int i = 5; i < arguments.length; i++) {
      Path document = Path.of(arguments[i]);
      if (document.endsWith(BILL_OF_MATERIALS) && !Files.exists(document)) {
        System.err.println(
            "assembled without "
                + BILL_OF_MATERIALS
                + ": Maven makes the bill of materials when it is online; run it without -o");
      } else {
        assemble.documents.add(document);
      }
    }
    Path selfContained = Path.of(arguments[2]);
    Path portable = Path.of(arguments[3]);
    assemble.directory(portable);
    assemble.launcher("atmos.bat", portable, "%ATMOS_LIB%\\", ";");
    assemble.settle(portable);
    assemble.directory(selfContained);
    Path runtime = selfContained.resolve("runtime");
    jlink(runtime);
    withoutComments(runtime.resolve("conf/security/java.security"));
    // The caches are bound to the times of the jars: these are set before, and kept by the archive.
    assemble.settle(selfContained);
    makeStartupCaches(selfContained);
    assemble.settle(selfContained);
  }

  private void directory(Path directory) throws IOException {
    deleteTree(directory);
    Path lib = Files.createDirectories(directory.resolve("lib"));
    for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
      Files.write(lib.resolve(named(jar.getKey())), jar.getValue());
    }
    Files.write(lib.resolve(named(LIBRARIES)), libraries());
    Files.write(lib.resolve("atmos-" + build + ".plugins"), index);
    launcher("atmos", directory, "$atmos_lib/", ":");
    for (Path document : documents) {
      Files.copy(document, directory.resolve(document.getFileName()));
    }
  }

  private void launcher(String name, Path directory, String prefix, String separator)
      throws IOException {
    List<String> classPath = new ArrayList<>();
    for (String jar : jars.keySet()) {
      if (isOfToken(jar)) {
        classPath.add(prefix + named(jar));
      }
    }
    int token = classPath.size();
    classPath.add(prefix + named(LIBRARIES));
    String text =
        Files.readString(launchers.resolve(name))
            .replace("@JAVA@", JAVA)
            .replace("@BUILD@", build)
            .replace("@FLAGS@", FLAGS)
            .replace("@TOKEN_JARS@", String.valueOf(token))
            .replace("@CLASSPATH@", String.join(separator, classPath));
    if (name.endsWith(".bat")) {
      text = text.replace("\n", "\r\n");
    }
    Files.writeString(Files.createDirectories(directory.resolve("bin")).resolve(name), text);
  }

  /**
   * A jar that has nothing in it but the names of the others. Java looks at each entry of the class
   * path when it starts, and at what an entry names not before it looks for a class there.
   *
   * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jar/jar.html">JAR File
   *     Specification, Class-Path</a>
   */
  private byte[] libraries() throws IOException {
    List<String> names = new ArrayList<>();
    for (String jar : jars.keySet()) {
      if (!isOfToken(jar)) {
        names.add(named(jar));
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
      entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
      jar.putNextEntry(entry);
      manifest.write(jar);
    }
    return bytes.toByteArray();
  }

  /** Whether the token command needs classes of this jar as long as there are live credentials. */
  private static boolean isOfToken(String jar) {
    for (String name : TOKEN_JARS) {
      // A version follows, and not another word.
      if (jar.startsWith(name + "-") && Character.isDigit(jar.charAt(name.length() + 1))) {
        return true;
      }
    }
    return false;
  }

  /** The jar's name with the build in it, so that no other build's cache can be taken for its. */
  private String named(String jar) {
    return jar.substring(0, jar.length() - ".jar".length()) + "." + build + ".jar";
  }

  /** Names the content of all jars, yet without the stamp: equal jars make an equal build. */
  private String build() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
        digest.update(jar.getKey().getBytes(StandardCharsets.UTF_8));
        digest.update(jar.getValue());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One index of all jars' plugins, in the order of their ids. */
  private static byte[] index(List<Path> originals) throws IOException {
    Map<String, Properties> plugins = new TreeMap<>();
    for (Path original : originals) {
      try (JarFile jar = new JarFile(original.toFile())) {
        ZipEntry entry = jar.getEntry("META-INF/atmos/plugin.properties");
        if (entry != null) {
          Properties metadata = new Properties();
          try (InputStream in = jar.getInputStream(entry)) {
            metadata.load(in);
          }
          plugins.put(metadata.getProperty("id"), metadata);
        }
      }
    }
    Properties index = new Properties();
    for (Properties metadata : plugins.values()) {
      PluginIndex.add(index, metadata);
    }
    // Properties.store would write the time of the build into it.
    StringWriter text = new StringWriter();
    for (String key : new TreeSet<>(index.stringPropertyNames())) {
      String value = index.getProperty(key).replace("\\", "\\\\");
      text.append(key).append('=').append(value).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The door to Windows' store of authorities is a module that other systems haven't. */
  private static String modules() {
    String windows = "jdk.crypto.mscapi";
    return ModuleFinder.ofSystem().find(windows).isPresent() ? MODULES + "," + windows : MODULES;
  }

  private static void jlink(Path runtime) {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    int code =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            modules(),
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

  private static void makeStartupCaches(Path directory) throws IOException, InterruptedException {
    // By a relative path, as the directory will be somewhere else: see the launcher.
    ProcessBuilder command = new ProcessBuilder("bin/atmos", "startup-cache");
    command.environment().put("ATMOS_LAUNCH_BUILD", "1");
    int code = command.directory(directory.toFile()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("atmos startup-cache failed with exit code " + code);
    }
  }

  /** Readable by everybody, writable by its owner, and of one time. */
  private void settle(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = new ArrayList<>(tree.toList());
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Path path = paths.get(i);
      if (Files.isSymbolicLink(path)) {
        continue;
      }
      boolean runs =
          Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
              || (path.getParent() != null && path.getParent().endsWith("bin"))
              || path.endsWith("jspawnhelper")
              || path.endsWith("jexec");
      if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
      }
      Files.setLastModifiedTime(path, FileTime.from(time));
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(root)) {
      paths = new ArrayList<>(tree.toList());
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.delete(paths.get(i));
    }
  }
}
