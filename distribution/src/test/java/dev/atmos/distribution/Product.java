package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An unpacked product.
 *
 * @param home its directory
 */
record Product(Path home) {

  /**
   * The one that the build made, with its own Java; or, where the shape to be tested is {@code
   * jars}, the jars of the portable one. Tests that change it make a copy.
   */
  static Product selfContained() {
    return isOnJars() ? onJars() : withItsJava();
  }

  /** The one with its own Java, whatever the shape. */
  static Product withItsJava() {
    return new Product(property("atmos.product"));
  }

  /** Whether the jars of the portable archive are to be tested, and not the image. */
  static boolean isOnJars() {
    return System.getProperty("atmos.shape", "image").equals("jars");
  }

  /** The portable one with the tests' Java beside its jars, and start-up caches for that. */
  static synchronized Product onJars() {
    try {
      Path place = property("atmos.archives").resolve("jars-" + portable().build());
      Product product = new Product(place.resolve("atmos"));
      if (!Files.exists(product.home)) {
        Product fresh = portable().lightCopyTo(place.resolve("fresh"));
        Files.createSymbolicLink(fresh.runtime(), Path.of(System.getProperty("java.home", "")));
        Files.move(fresh.home, product.home);
        product.run(place, "startup-cache").run().succeeded();
      }
      return product;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one that brings no Java with it. */
  static Product portable() {
    return new Product(property("atmos.portable"));
  }

  /** The archive whose name ends so. */
  static Path archive(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(property("atmos.archives"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      assertThat(found).as("archives in " + suffix).hasSize(1);
      return found.getFirst();
    }
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("the system property " + name + " is not set");
    }
    return Path.of(value).toAbsolutePath();
  }

  /** A copy, times included, to which start-up caches are bound. */
  Product copyTo(Path target) throws IOException, InterruptedException {
    copy(home, target);
    return new Product(target);
  }

  /** A copy of everything but the Java runtime, which it shares with this one. */
  Product lightCopyTo(Path target) throws IOException, InterruptedException {
    Files.createDirectories(target);
    copy(home.resolve("bin"), target.resolve("bin"));
    copy(lib(), target.resolve("lib"));
    if (Files.exists(runtime())) {
      Files.createSymbolicLink(target.resolve("runtime"), runtime());
    }
    return new Product(target);
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("cp", "-Rp", from.toString(), to.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).as("cp").isZero();
  }

  Path launcher() {
    return home.resolve("bin/atmos");
  }

  Path lib() {
    return home.resolve("lib");
  }

  Path runtime() {
    return home.resolve("runtime");
  }

  /** Names the content of the jars; a part of the names of jars and caches. */
  String build() throws IOException {
    String name = only(".plugins").getFileName().toString();
    return name.substring("atmos-".length(), name.length() - ".plugins".length());
  }

  /** The start-up cache of that name, be it there or not. */
  Path cache(String name) throws IOException {
    return lib().resolve("atmos-" + build() + "-" + name + ".aot");
  }

  /** The jar of all our modules. */
  Path ownJar() throws IOException {
    return lib().resolve("atmos-" + build() + ".jar");
  }

  /** The jar of that library. */
  Path library(String name) throws IOException {
    try (Stream<Path> files = Files.list(lib())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + "-"))
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** All jars. */
  List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(lib())) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private Path only(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(lib())) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  Launch run(Path place, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(words);
    return Launch.in(place).command(command);
  }

  Launch run(Path place, String... words) throws IOException {
    return run(place, List.of(words));
  }

  /** {@code atmos aws eks token}, as kubectl runs it. */
  Launch token(Path place, String... more) throws IOException {
    return run(place, Credentials.tokenCommand(more));
  }

  /** What {@code atmos version --output json} says, and that it says nothing else. */
  JsonNode version(Path place) throws IOException, InterruptedException {
    Outcome outcome = run(place, "version", "--output", "json").run().succeeded();
    return Credentials.line(outcome.stdout());
  }

  /** What {@code atmos version} says of the caches: in use, and each one's state. */
  String caches(Path place) throws IOException, InterruptedException {
    JsonNode cache = version(place).get("startupCache");
    return (cache.get("inUse").booleanValue() ? "in use" : "not in use")
        + ", token "
        + cache.get("token").textValue()
        + ", main "
        + cache.get("main").textValue();
  }
}
