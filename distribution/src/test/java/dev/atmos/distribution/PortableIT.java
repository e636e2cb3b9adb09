package dev.atmos.distribution;

import static dev.atmos.distribution.Credentials.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The archive without a Java of its own: which Java it takes, and the caches that it makes. */
class PortableIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String NO_JAVA =
      "atmos: needs Java 25 or newer; install one, and set ATMOS_JAVA_HOME to its directory";

  /** The Java that runs the tests is of the version that the product is compiled for. */
  private static final Path JAVA = Path.of(System.getProperty("java.home", ""));

  private static Product product = Product.portable();

  /** As the archive has it. */
  @BeforeAll
  static void unpack() throws Exception {
    Path target = scratch.directory();
    try (FileSystem zip =
        FileSystems.newFileSystem(
            Product.archive("-portable.zip"), Map.of("enablePosixFileAttributes", true))) {
      List<Path> entries;
      try (Stream<Path> walk = Files.walk(zip.getPath("/"))) {
        entries = walk.toList();
      }
      for (Path entry : entries) {
        Path file = target.resolve(entry.toString().substring(1));
        if (Files.isDirectory(entry)) {
          Files.createDirectories(file);
        } else {
          Files.copy(entry, file, StandardCopyOption.COPY_ATTRIBUTES);
          Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
        }
      }
    }
    try (Stream<Path> top = Files.list(target)) {
      product = new Product(top.findFirst().orElseThrow());
    }
  }

  /** A path on which there is no Java. */
  private static String pathWithoutJava(Path place) throws Exception {
    Path bin = Files.createDirectories(place.resolve("bin"));
    for (String program : List.of("sh", "readlink", "mkdir")) {
      Path file = Tools.onPath(program).orElseThrow();
      if (!Files.exists(bin.resolve(program))) {
        Files.createSymbolicLink(bin.resolve(program), file);
      }
    }
    return bin.toString();
  }

  private static Launch token(Path place) throws Exception {
    return product.token(place).env("PATH", pathWithoutJava(place));
  }

  /** A directory that says it is a Java of that version, and fails if it is started. */
  private static Path pretender(String release) throws IOException {
    Path home = scratch.directory();
    Scratch.open(
        Launch.write(home.resolve("bin/java"), "#!/bin/sh\necho started\nexit 1\n"), "rwxr-xr-x");
    Launch.write(home.resolve("release"), release);
    return home;
  }

  private static Path old() throws IOException {
    return pretender("IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.1\"\n");
  }

  @Test
  void token_withoutAnyJava_failsInOneLine() throws Exception {
    assertThat(token(scratch.directory()).run().failed(1)).isEqualTo(NO_JAVA);
  }

  @Test
  void token_withAtmosJavaHome_isAccepted() throws Exception {
    accepted(
        token(scratch.directory())
            .env("ATMOS_JAVA_HOME", JAVA.toString())
            .env("JAVA_HOME", "/nonexistent")
            .run()
            .quiet());
  }

  @Test
  void token_withJavaHome_isAccepted() throws Exception {
    accepted(token(scratch.directory()).env("JAVA_HOME", JAVA.toString()).run().quiet());
  }

  @Test
  void token_withAJavaOnPathThroughLinks_isAccepted() throws Exception {
    Path place = scratch.directory();
    Path links = scratch.directory();
    Files.createSymbolicLink(links.resolve("first link"), JAVA.resolve("bin/java"));
    Files.createDirectories(links.resolve("bin"));
    Files.createSymbolicLink(links.resolve("bin/java"), Path.of("../first link"));
    accepted(
        token(place)
            .env("PATH", links.resolve("bin") + ":" + pathWithoutJava(place))
            .run()
            .quiet());
  }

  @Test
  void token_withAnOldJavaFirst_takesTheNext() throws Exception {
    accepted(
        token(scratch.directory())
            .env("ATMOS_JAVA_HOME", old().toString())
            .env("JAVA_HOME", JAVA.toString())
            .run()
            .quiet());
    Path place = scratch.directory();
    accepted(
        token(place)
            .env("ATMOS_JAVA_HOME", "/nonexistent")
            .env("JAVA_HOME", old().toString())
            .env("PATH", JAVA.resolve("bin") + ":" + pathWithoutJava(place))
            .run()
            .quiet());
  }

  @Test
  void token_withOldJavasOnly_failsInOneLine() throws Exception {
    for (String release :
        List.of(
            "JAVA_VERSION=\"17.0.1\"\n",
            "JAVA_VERSION=\"1.8.0_402\"\n",
            "JAVA_VERSION=\"24\"",
            "JAVA_VERSION=\"\"\n",
            "JAVA_VERSION=\"abc\"\n",
            "")) {
      Path old = pretender(release);
      Path place = scratch.directory();
      assertThat(
              token(place)
                  .env("ATMOS_JAVA_HOME", old.toString())
                  .env("JAVA_HOME", old.toString())
                  .env("PATH", old.resolve("bin") + ":" + pathWithoutJava(place))
                  .run()
                  .failed(1))
          .as(release)
          .isEqualTo(NO_JAVA);
    }
  }

  @Test
  void token_withARealOldJava_failsInOneLine() throws Exception {
    Path old =
        oldJava().orElseThrow(() -> Tools.absent("there is no Java older than 25 beside this one"));
    Path place = scratch.directory();
    assertThat(
            token(place)
                .env("JAVA_HOME", old.toString())
                .env("PATH", old.resolve("bin") + ":" + pathWithoutJava(place))
                .run()
                .failed(1))
        .isEqualTo(NO_JAVA);
    accepted(
        token(place)
            .env("JAVA_HOME", old.toString())
            .env("ATMOS_JAVA_HOME", JAVA.toString())
            .run()
            .quiet());
  }

  private static Optional<Path> oldJava() throws IOException {
    try (Stream<Path> beside = Files.list(JAVA.toRealPath().resolveSibling(""))) {
      for (Path home : beside.toList()) {
        Path release = home.resolve("release");
        if (Files.isReadable(release)
            && Files.isExecutable(home.resolve("bin/java"))
            && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(1?\\d|2[0-4])\\D.*")) {
          return Optional.of(home);
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void startupCache_whereItIsUnpacked_makesCachesForThatJavaAlone() throws Exception {
    Path place = scratch.directory();
    Product mine = product.lightCopyTo(scratch.directory().resolve("at mos"));
    String java = JAVA.toString();
    assertThat(caches(mine, place, java)).isEqualTo("not in use, token missing, main missing");

    Outcome made = mine.run(place, "startup-cache").env("JAVA_HOME", java).run().succeeded();
    assertThat(made.stdout()).isEmpty();
    assertThat(caches(mine, place, java)).isEqualTo("in use, token whole, main whole");
    accepted(mine.token(place).env("JAVA_HOME", java).run().quiet());

    // Of the same version, and another all the same.
    String other = Product.selfContained().runtime().toString();
    assertThat(caches(mine, place, other)).isEqualTo("not in use, token whole, main whole");
    accepted(mine.token(place).env("JAVA_HOME", other).run().quiet());
    assertThat(caches(mine, place, java)).isEqualTo("in use, token whole, main whole");

    mine.run(place, "startup-cache").env("JAVA_HOME", other).run().succeeded();
    assertThat(caches(mine, place, other)).isEqualTo("in use, token whole, main whole");
    assertThat(caches(mine, place, java)).isEqualTo("not in use, token whole, main whole");
    accepted(mine.token(place).env("JAVA_HOME", java).run().quiet());
  }

  /** The layer on top is bound to a file that is gone, and Java would say so in every run. */
  @Test
  void token_afterAMove_isAccepted_andSaysNothing() throws Exception {
    Path place = scratch.directory();
    String java = JAVA.toString();
    Product made = product.lightCopyTo(scratch.directory().resolve("atmos"));
    made.run(place, "startup-cache").env("JAVA_HOME", java).run().succeeded();
    Product moved = new Product(scratch.directory().resolve("moved"));
    Files.move(made.home(), moved.home());
    accepted(moved.token(place).env("JAVA_HOME", java).run().quiet());
    assertThat(caches(moved, place, java)).isEqualTo("in use, token whole, main whole");
  }

  private static String caches(Product product, Path place, String java) throws Exception {
    Outcome outcome =
        product.run(place, "version").env("JAVA_HOME", java).run().succeeded().quiet();
    String marker = "start-up cache: ";
    return outcome
        .stdout()
        .lines()
        .filter(line -> line.startsWith(marker))
        .findFirst()
        .orElseThrow()
        .substring(marker.length());
  }

  @Test
  void windowsLauncher_isThereWithItsOwnLineEndsAndNoTemplateLeft() throws Exception {
    String text = Files.readString(product.home().resolve("bin/atmos.bat"));
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    Path libraries = product.lib().resolve("libraries." + product.build() + ".jar");
    try (JarFile jar = new JarFile(libraries.toFile())) {
      String others = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      assertThat(jars())
          .allMatch(name ->
              text.contains("%ATMOS_LIB%\\" + name) ^ List.of(others.split(" ")).contains(name));
    }
    assertThat(text)
        .doesNotContain("@JAVA@", "@BUILD@", "@FLAGS@", "@CLASSPATH@", "@MAIN@", "@CHECK@");
  }

  /** Nothing runs it here, but that it passes what the program reads can be seen. */
  @Test
  void windowsLauncher_passesThePropertiesThatTheOtherLauncherPasses() throws Exception {
    Set<String> properties = properties("atmos");
    // A shell there can neither tell what a terminal is, nor let a program take its place.
    assertThat(properties).contains("atmos.terminal", "atmos.handover");
    properties.removeAll(Set.of("atmos.terminal", "atmos.handover"));
    assertThat(properties("atmos.bat")).isEqualTo(properties);
    // Without it, Java warns of each use of Windows' own functions.
    assertThat(Files.readString(product.home().resolve("bin/atmos.bat")))
        .contains(" --enable-native-access=ALL-UNNAMED ");
  }

  private static Set<String> properties(String launcher) throws IOException {
    return Pattern.compile("-D(atmos\\.[\\w.]+)=")
        .matcher(Files.readString(product.home().resolve("bin").resolve(launcher)))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> jars() throws IOException {
    try (Stream<Path> files = Files.list(product.lib())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .toList();
    }
  }
}
