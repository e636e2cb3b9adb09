package dev.atmos.distribution;

import dev.atmos.cli.bootstrap.Main;
import dev.atmos.cli.host.PluginIndex;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds the product's directories out of the jars of its own class path, which is the product's.
 *
 * <p>Usage: {@code Assemble LAUNCHERS SELF_CONTAINED PORTABLE INSTANT SBOM DOCUMENT...}: the
 * directory of the launchers' templates, the two directories to make, the time that all files get,
 * the bill of materials as Maven makes it, and the files that lie at the top of both. The portable
 * directory has the jars; the self-contained one has a Java runtime with the jars' content in it,
 * and its start-up caches.
 */
final class Assemble {
  /** The Java that the product is compiled for. */
  private static final String JAVA = "25";

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
          "-XX:AsyncDeflationInterval=60000",
          "-Xms16m",
          "-Xmn12m",
          "-XX:StringTableSize=1024",
          "-XX:CompileThresholdScaling=6",
          "-Dpicocli.disable.closures=true",
          "-Dpicocli.converters.excludes=.+");

  private static final String MAIN = Main.class.getName();

  /** Where a jar says what its plugin adds. */
  static final String PLUGIN_METADATA = "META-INF/atmos/plugin.properties";

  /** Stands for all libraries but those that the token command needs. */
  private static final String LIBRARIES = "libraries.jar";

  /**
   * The libraries that a token from live credentials needs. They come right after our own jar on
   * the class path, and the token's start-up cache knows no others.
   */
  private static final List<String> TOKEN_LIBRARIES = List.of("picocli", "snakeyaml");

  private final Path launchers;
  private final Instant time;
  private final byte[] own;
  private final Map<String, byte[]> libraries = new TreeMap<>();
  private final List<Path> classPath;
  private final String build;
  private final byte[] index;
  private final List<Path> documents = new ArrayList<>();

  private Assemble(List<Path> classPath, Path launchers, Instant time) throws IOException {
    this.classPath = classPath;
    this.launchers = launchers;
    this.time = time;
    List<Path> modules = new ArrayList<>();
    for (Path jar : classPath) {
      if (OwnJar.isModule(jar)) {
        modules.add(jar);
      } else {
        libraries.put(
            jar.getFileName().toString(),
            Retarget.isNeeded(jar) ? Retarget.retarget(jar, entryTime()) : Files.readAllBytes(jar));
      }
    }
    OwnJar merged = OwnJar.of(modules);
    this.index = index(modules);
    this.build = build(merged.bytes(entryTime()));
    merged.stamp(build);
    this.own = merged.bytes(entryTime());
  }

  /** The jars of the class path that Maven gives this program, in the order of their names. */
  private static List<Path> classPath() {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        jars.add(Path.of(entry));
      }
    }
    jars.sort(Comparator.comparing(jar -> jar.getFileName().toString()));
    return jars;
  }

  private LocalDateTime entryTime() {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Assemble assemble =
        new Assemble(classPath(), Path.of(arguments[0]), Instant.parse(arguments[3]));
    for (int i = 5; i < arguments.length; i++) {
      assemble.documents.add(Path.of(arguments[i]));
    }
    Path billOfMaterials = Path.of(arguments[4]);
    Path selfContained = Path.of(arguments[1]);
    Path portable = Path.of(arguments[2]);
    assemble.portable(portable);
    assemble.billOfMaterials(billOfMaterials, portable);
    assemble.settle(portable);
    assemble.selfContained(selfContained, portable.resolve("lib"));
    assemble.billOfMaterials(billOfMaterials, selfContained);
    // The caches are bound to the time of the image: it is set before, and kept by the archive.
    assemble.settle(selfContained);
    makeStartupCaches(selfContained);
    assemble.settle(selfContained);
  }

  /** Its Maven plugin does nothing where Maven is offline. */
  private void billOfMaterials(Path made, Path directory) throws IOException {
    if (!Files.exists(made)) {
      System.err.println(
          "assembled without "
              + made.getFileName()
              + ": Maven makes the bill of materials when it is online; run it without -o");
      return;
    }
    BillOfMaterials bill = BillOfMaterials.read(made);
    Path runtime = directory.resolve("runtime");
    boolean image = Files.exists(runtime);
    for (Path jar : classPath) {
      String name = jar.getFileName().toString();
      byte[] shipped = libraries.get(name);
      if (shipped != null && image) {
        bill.includes(name, Files.readAllBytes(jar), shipped);
      } else if (shipped != null) {
        bill.ships(name, "lib/" + named(name), Files.readAllBytes(jar), shipped);
      }
    }
    if (image) {
      bill.shipsRuntime(RuntimeImage.modules(runtime), runtime);
    } else {
      bill.shipsOwn("lib/" + ownName(), own);
      bill.shipsFile("lib/" + named(LIBRARIES), namesOfOtherLibraries());
    }
    bill.write(directory.resolve(made.getFileName()));
  }

  /** The directory of jars, for any Java. */
  private void portable(Path directory) throws IOException {
    Path lib = directory(directory);
    Files.write(lib.resolve(ownName()), own);
    for (Map.Entry<String, byte[]> jar : libraries.entrySet()) {
      Files.write(lib.resolve(named(jar.getKey())), jar.getValue());
    }
    Files.write(lib.resolve(named(LIBRARIES)), namesOfOtherLibraries());
    launcher("atmos", directory, classPath("$atmos_lib/", ":"), MAIN, "-version");
    launcher("atmos.bat", directory, classPath("%ATMOS_LIB%\\", ";"), MAIN, "-version");
    launcher("docker-credential-atmos.bat", directory, "", "", "");
  }

  /** The directory with a Java that has the same jars in it, as one module. */
  private void selfContained(Path directory, Path jars) throws IOException {
    directory(directory);
    ProductModule module = new ProductModule();
    module.add("atmos", jars.resolve(ownName()));
    for (String jar : libraries.keySet()) {
      module.add(jar.substring(0, jar.length() - ".jar".length()), jars.resolve(named(jar)));
    }
    Path file = Files.createTempFile(ProductModule.NAME, ".jar");
    try {
      module.write(file, RuntimeImage.platform(), MAIN, entryTime());
      RuntimeImage.make(directory.resolve("runtime"), file);
    } finally {
      Files.delete(file);
    }
    module.writeNotices(directory.resolve("runtime/legal").resolve(ProductModule.NAME));
    // Java maps all of a cache only for the module that it was made with, be it started or not.
    String check = "-Djdk.module.main=" + ProductModule.NAME + " -version";
    launcher("atmos", directory, "", "-m " + ProductModule.NAME + "/" + MAIN, check);
  }

  /** What both have; returns where the index of the plugins is. */
  private Path directory(Path directory) throws IOException {
    deleteTree(directory);
    Path lib = Files.createDirectories(directory.resolve("lib"));
    Files.write(lib.resolve("atmos-" + build + ".plugins"), index);
    for (Path document : documents) {
      Files.copy(document, directory.resolve(document.getFileName()));
    }
    return lib;
  }

  private String classPath(String prefix, String separator) {
    List<String> classPath = new ArrayList<>();
    classPath.add(prefix + ownName());
    for (String jar : libraries.keySet()) {
      if (isOfToken(jar)) {
        classPath.add(prefix + named(jar));
      }
    }
    classPath.add(prefix + named(LIBRARIES));
    return String.join(separator, classPath);
  }

  private void launcher(String name, Path directory, String classPath, String main, String check)
      throws IOException {
    String text =
        Files.readString(launchers.resolve(name))
            .replace("@JAVA@", JAVA)
            .replace("@BUILD@", build)
            .replace("@LOADER@", RuntimeImage.loader(directory.resolve("runtime")))
            .replace("@FLAGS@", FLAGS)
            .replace("@CLASSPATH@", classPath)
            .replace("@MAIN@", main)
            .replace("@CHECK@", check);
    if (name.endsWith(".bat")) {
      text = text.replace("\n", "\r\n");
    }
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.writeString(bin.resolve(name), text);
    if (name.equals("atmos")) {
      // A copy, as not all that unpacks archives makes links.
      Files.writeString(bin.resolve("docker-credential-atmos"), text);
    }
  }

  /**
   * A jar that has nothing in it but the names of the other libraries. Java looks at each entry of
   * the class path when it starts, and at what an entry names not before it looks for a class
   * there.
   *
   * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jar/jar.html">JAR File
   *     Specification, Class-Path</a>
   */
  private byte[] namesOfOtherLibraries() throws IOException {
    List<String> names = new ArrayList<>();
    for (String jar : libraries.keySet()) {
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
      entry.setTimeLocal(entryTime());
      jar.putNextEntry(entry);
      manifest.write(jar);
    }
    return bytes.toByteArray();
  }

  /** Whether the token command needs this library as long as there are live credentials. */
  private static boolean isOfToken(String jar) {
    for (String name : TOKEN_LIBRARIES) {
      // A version follows, and not another word.
      if (jar.startsWith(name + "-") && Character.isDigit(jar.charAt(name.length() + 1))) {
        return true;
      }
    }
    return false;
  }

  private String ownName() {
    return "atmos-" + build + ".jar";
  }

  /** The jar's name with the build in it, so that no other build's cache can be taken for its. */
  private String named(String jar) {
    return jar.substring(0, jar.length() - ".jar".length()) + "." + build + ".jar";
  }

  /** Names the content of all jars, yet without the stamp: equal jars make an equal build. */
  private String build(byte[] unstamped) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(unstamped);
      for (Map.Entry<String, byte[]> jar : libraries.entrySet()) {
        digest.update(jar.getKey().getBytes(StandardCharsets.UTF_8));
        digest.update(jar.getValue());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One index of all modules' plugins, in the order of their ids. */
  private static byte[] index(List<Path> modules) throws IOException {
    Map<String, Properties> plugins = new TreeMap<>();
    for (Path module : modules) {
      try (JarFile jar = new JarFile(module.toFile())) {
        ZipEntry entry = jar.getEntry(PLUGIN_METADATA);
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

  private static void makeStartupCaches(Path directory) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder("bin/atmos", "startup-cache");
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
              || path.endsWith("jspawnhelper");
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
