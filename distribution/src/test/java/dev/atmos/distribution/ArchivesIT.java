package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is shipped. */
class ArchivesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final long MEGABYTE = 1_000_000;

  private static Path unpacked = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    Path target = scratch.directory();
    Launch.in(scratch.directory())
        .shell("umask 022; tar -xzf \"$1\" -C \"$2\"", Product.archive(".tar.gz"), target)
        .run()
        .succeeded()
        .quiet();
    unpacked = target;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(unpacked)) {
      return files.filter(file -> !file.equals(unpacked)).toList();
    }
  }

  private static Path home() throws IOException {
    try (Stream<Path> top = Files.list(unpacked)) {
      List<Path> found = top.toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  @Test
  void tarGz_ofTheSelfContainedProduct_isSmallEnough() throws Exception {
    assertThat(Files.size(Product.archive(".tar.gz"))).isLessThan(55 * MEGABYTE);
    long size = 0;
    for (Path file : files()) {
      size += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    }
    assertThat(size).isLessThan(120 * MEGABYTE);
  }

  @Test
  void tarGz_namesNothingOutsideOfItsOneDirectory() throws Exception {
    Outcome list =
        Launch.in(scratch.directory())
            .command("tar", "-tzf", Product.archive(".tar.gz").toString())
            .run()
            .succeeded()
            .quiet();
    assertInOneDirectory(list.stdout().lines().toList());
    assertThat(home().getFileName().toString()).startsWith("atmos-0.1.0-");
  }

  @Test
  void zip_namesNothingOutsideOfItsOneDirectory() throws Exception {
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(Product.archive("-portable.zip").toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        names.add(all.nextElement().getName());
      }
    }
    assertInOneDirectory(names);
    assertThat(names)
        .contains(
            "atmos-0.1.0-portable/bin/atmos",
            "atmos-0.1.0-portable/bin/atmos.bat",
            "atmos-0.1.0-portable/bin/docker-credential-atmos",
            "atmos-0.1.0-portable/bin/docker-credential-atmos.bat",
            "atmos-0.1.0-portable/LICENSE",
            "atmos-0.1.0-portable/README.md")
        .noneMatch(name -> name.endsWith(".aot") || name.contains("/runtime/"));
  }

  private static void assertInOneDirectory(List<String> names) {
    assertThat(names).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    assertThat(names)
        .noneMatch(name -> name.startsWith("/"))
        .noneMatch(name -> List.of(name.split("/", -1)).contains(".."));
    assertThat(names.stream().map(name -> name.substring(0, name.indexOf('/'))).distinct())
        .hasSize(1);
  }

  @Test
  void tarGz_holdsTheLicenceAndTheDocuments() throws Exception {
    assertThat(Files.readString(home().resolve("LICENSE"))).contains("Apache License");
    assertThat(home().resolve("README.md")).isNotEmptyFile();
    assertThat(home().resolve("runtime/legal/java.base")).isNotEmptyDirectory();
  }

  @Test
  void tarGz_hasTheLicencesOfTheLibraries_andNoJars() throws Exception {
    assertThat(files()).noneMatch(file -> file.toString().endsWith(".jar"));
    Path legal = home().resolve("runtime/legal/dev.atmos");
    int notices = 0;
    for (Path jar : Product.portable().jars()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : zip.stream().toList()) {
          String name = entry.getName();
          if (name.startsWith("META-INF/") && name.matches(".*(?i:licen[cs]e|notice|copying).*")) {
            String library =
                jar.getFileName().toString().replaceFirst("\\.[0-9a-f]{12}\\.jar$", "");
            assertThat(legal.resolve(library).resolve(name.substring("META-INF/".length())))
                .hasBinaryContent(zip.getInputStream(entry).readAllBytes());
            notices++;
          }
        }
      }
    }
    assertThat(notices).isGreaterThan(50);
  }

  @Test
  void runtime_hasNoPrograms_butJava() throws Exception {
    List<String> programs = new ArrayList<>();
    for (Path file : files()) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isExecutable(file)) {
        programs.add(home().relativize(file).toString());
      }
    }
    assertThat(programs)
        .containsExactlyInAnyOrder(
            "bin/atmos",
            "bin/docker-credential-atmos",
            "runtime/bin/java",
            "runtime/lib/jspawnhelper");
    try (Stream<Path> bin = Files.list(home().resolve("runtime/bin"))) {
      assertThat(bin.map(file -> file.getFileName().toString())).containsExactly("java");
    }
  }

  @Test
  void tarGz_givesEveryFileTheRightsItNeeds() throws Exception {
    for (Path file : files()) {
      if (Files.isSymbolicLink(file)) {
        assertThat(file.toRealPath()).startsWith(unpacked);
        continue;
      }
      boolean runs =
          Files.isDirectory(file)
              || file.startsWith(home().resolve("bin"))
              || file.startsWith(home().resolve("runtime/bin"))
              || file.endsWith("jspawnhelper");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo(runs ? "rwxr-xr-x" : "rw-r--r--");
    }
    assertThat(home().resolve("bin/atmos")).isExecutable();
    assertThat(home().resolve("runtime/bin/java")).isExecutable();
    assertThat(home().resolve("runtime/lib/jspawnhelper")).isExecutable();
  }

  @Test
  void zip_letsTheLauncherRun() throws Exception {
    try (FileSystem zip =
        FileSystems.newFileSystem(
            Product.archive("-portable.zip"), Map.of("enablePosixFileAttributes", true))) {
      Path launcher = zip.getPath("/atmos-0.1.0-portable/bin/atmos");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(launcher)))
          .isEqualTo("rwxr-xr-x");
    }
  }

  /** The start-up caches are bound to the time of the image; archives keep whole, even seconds. */
  @Test
  void tarGz_hasTimesThatEveryArchiveKeeps() throws Exception {
    for (Path file : files()) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Instant time = Files.getLastModifiedTime(file).toInstant();
        assertThat(time.getNano()).as(file.toString()).isZero();
        assertThat(time.getEpochSecond() % 2).as(file.toString()).isZero();
      }
    }
  }

  @Test
  void tarGz_unpacked_hasWholeCachesInUse() throws Exception {
    assertThat(new Product(home()).caches(scratch.directory()))
        .isEqualTo("in use, token whole, main whole");
  }

  /** The program loads its own plugins by the index; what declares them is for ServiceLoader. */
  @Test
  void index_ofEachArchive_namesThePluginsThatServiceLoaderFinds() throws Exception {
    Product image = new Product(home());
    String declaration =
        Launch.in(scratch.directory())
            .command(image.runtime() + "/bin/java", "--describe-module", "dev.atmos")
            .run()
            .succeeded()
            .stdout();
    String provides = "provides dev.atmos.plugin.Plugin with ";
    assertThat(declaration.lines().filter(line -> line.startsWith(provides)))
        .singleElement()
        .satisfies(line ->
            assertThat(line.substring(provides.length()).split(" "))
                .containsExactlyInAnyOrderElementsOf(indexed(image)));

    Product portable = Product.portable();
    List<URL> jars = new ArrayList<>();
    for (Path jar : portable.jars()) {
      jars.add(jar.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      List<String> found = new ArrayList<>();
      for (Object plugin :
          ServiceLoader.load(loader.loadClass("dev.atmos.plugin.Plugin"), loader)) {
        found.add(plugin.getClass().getName());
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(indexed(portable));
    }
  }

  private static List<String> indexed(Product product) throws IOException {
    Properties index = new Properties();
    try (InputStream in =
        Files.newInputStream(product.lib().resolve("atmos-" + product.build() + ".plugins"))) {
      index.load(in);
    }
    return index.stringPropertyNames().stream()
        .filter(key -> key.endsWith("/class"))
        .map(index::getProperty)
        .toList();
  }

  @Test
  void launcher_isAShellScriptWithNoTemplateLeft() throws Exception {
    String text = Files.readString(home().resolve("bin/atmos"));
    assertThat(text)
        .startsWith("#!/bin/sh\n")
        .doesNotContain("@JAVA@", "@BUILD@", "@FLAGS@", "@CLASSPATH@", "@MAIN@", "@CHECK@", "\r");
  }

  @Test
  void launcher_passesTheFlagsThatTheDocumentExplains() throws Exception {
    StringBuilder explained = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("../docs/performance.md"))) {
      if (line.startsWith("| `-") && line.split("\\|", -1).length == 4) {
        explained.append(line, 0, line.indexOf('|', 1)).append('\n');
      }
    }
    assertThat(flags(Files.readString(home().resolve("bin/atmos"))))
        .isEqualTo(flags(explained.toString()));
  }

  /** Without their values. */
  private static Set<String> flags(String text) {
    return Pattern.compile("(?<![\\w-])-(XX:[+-]?\\w+|X[\\w:]+|D[\\w.]+)")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
