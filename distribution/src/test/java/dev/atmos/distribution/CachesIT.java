package dev.atmos.distribution;

import static dev.atmos.distribution.Credentials.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of the start-up caches, an answer is right or there is none. */
class CachesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final List<String> NAMES = List.of("token", "main");

  /** In the constants of a class of the other build, in place of the same number of letters. */
  private static final String ANSWER_OF_THE_BUILD = "client.authentication.k8s.io/";

  private static final String ANSWER_OF_ANOTHER_BUILD = "client.authentication.K8S.IO/";

  private static final String CACHE_OF_ANOTHER_BUILD =
      "atmos: the start-up cache belongs to a different build; rebuild it: atmos startup-cache";

  private static final String TWO_BUILDS =
      "atmos: the launcher and the program belong to different builds; unpack the archive again";

  private static Product copy() throws IOException, InterruptedException {
    return copyOf(product);
  }

  private static Product copyOf(Product any) throws IOException, InterruptedException {
    return any.lightCopyTo(scratch.directory().resolve("atmos"));
  }

  @Test
  void version_asBuilt_saysThatBothCachesAreWholeAndInUse() throws Exception {
    Path place = scratch.directory();
    JsonNode version = product.version(place);
    assertThat(version.fieldNames())
        .toIterable()
        .containsExactly("version", "build", "java", "startupCache");
    assertThat(version.get("version").textValue()).isEqualTo("0.1.0");
    assertThat(version.get("build").textValue()).isEqualTo(product.build());
    assertThat(version.get("java").textValue()).startsWith("2");
    assertThat(version.get("startupCache").fieldNames())
        .toIterable()
        .containsExactly("inUse", "token", "main");
    assertThat(product.caches(place)).isEqualTo("in use, token whole, main whole");
  }

  @Test
  void token_withoutCaches_isAccepted() throws Exception {
    Path place = scratch.directory();
    Product damaged = copy();
    for (String name : NAMES) {
      Files.delete(damaged.cache(name));
    }
    accepted(damaged.token(place).run().quiet());
    assertThat(damaged.caches(place)).isEqualTo("not in use, token missing, main missing");
    assertThat(damaged.run(place, "version").run().succeeded().quiet().stdout())
        .endsWith(
            """
            start-up cache: not in use, token missing, main missing
            rebuild it: atmos startup-cache
            """);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0001, 0.5, 0.999})
  void token_withTruncatedCaches_isAccepted(double part) throws Exception {
    Path place = scratch.directory();
    Product damaged = copy();
    for (String name : NAMES) {
      try (RandomAccessFile file = new RandomAccessFile(damaged.cache(name).toFile(), "rw")) {
        file.setLength((long) (file.length() * part));
      }
    }
    accepted(damaged.token(place).run());
    assertThat(damaged.caches(place)).isEqualTo("not in use, token damaged, main damaged");
  }

  /** All over it, and closer to each other towards the end, where its smaller parts are. */
  static Stream<Double> places() {
    return Stream.concat(
        IntStream.rangeClosed(1, 10).mapToObj(i -> i / 11.0),
        IntStream.rangeClosed(0, 5).mapToObj(i -> 0.87 + i / 50.0));
  }

  @ParameterizedTest
  @MethodSource("places")
  void token_withADamagedBody_isAcceptedOrThereIsNone(double where) throws Exception {
    Path place = scratch.directory();
    Product damaged = copy();
    for (String name : NAMES) {
      flip(damaged.cache(name), where, 16);
    }
    List<String> before = files(place, damaged.home());
    // Java reads what it finds, and may lose its way for ever: then there is no answer either.
    Outcome outcome = damaged.token(place).runFor(20);
    if (outcome.exit() == 0) {
      accepted(outcome);
    } else {
      assertThat(outcome.stdout()).isEmpty();
    }
    assertThat(damaged.caches(place)).endsWith(", token damaged, main damaged");
    assertThat(files(place, damaged.home())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.5, 0.8})
  void startupCache_whereCachesAreDamaged_mendsThem(double where) throws Exception {
    Path place = scratch.directory();
    Product damaged = copy();
    for (String name : NAMES) {
      flip(damaged.cache(name), where, 4096);
    }
    assertThat(damaged.caches(place)).isEqualTo("not in use, token damaged, main damaged");
    Outcome outcome = damaged.run(place, "startup-cache").run().succeeded();
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr())
        .isEqualTo(
            """
            made the start-up cache for aws eks token
            made the start-up cache for all other commands
            """);
    assertThat(damaged.caches(place)).isEqualTo("in use, token whole, main whole");
    accepted(damaged.token(place).run().quiet());
  }

  @Test
  void caches_ofAnImage_sayNothingOfWhereItIs() throws Exception {
    for (String name : NAMES) {
      assertThat(strings(product.cache(name))).doesNotContain(product.home().toString());
    }
  }

  /** A path that exists, as Java looks for it with each class of a jar. */
  @Test
  void startupCache_calledByARelativePath_isMadeWithTheAbsoluteOne() throws Exception {
    Path place = scratch.directory();
    Product moved = copyOf(Product.onJars());
    Launch.in(place)
        .shell("cd \"$1\"; bin/atmos startup-cache; cd bin; ./atmos startup-cache", moved.home())
        .run()
        .succeeded();
    for (String name : NAMES) {
      assertThat(strings(moved.cache(name))).contains(moved.home() + "/");
    }
    assertThat(moved.caches(place)).isEqualTo("in use, token whole, main whole");
    accepted(moved.token(place).run().quiet());
  }

  private static String strings(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  @Test
  void startupCache_whereNothingCanBeWritten_fails() throws Exception {
    Path place = scratch.openDirectory();
    Product closed = copy();
    Scratch.open(closed.lib(), "r-xr-xr-x");
    closed.run(place, "startup-cache").asMortal().run().failed(1);
    assertThat(closed.caches(place)).isEqualTo("in use, token whole, main whole");
  }

  @Test
  void token_withTouchedJars_isAccepted() throws Exception {
    Path place = scratch.directory();
    Product touched = copyOf(Product.onJars());
    for (Path jar : List.of(touched.ownJar(), touched.library("picocli"))) {
      Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
    accepted(touched.token(place).run());
    assertThat(touched.caches(place)).endsWith("in use, token whole, main whole");
  }

  @Test
  void token_withATouchedImage_isAccepted() throws Exception {
    Path place = scratch.directory();
    Product touched = product.copyTo(scratch.directory().resolve("atmos"));
    Files.setLastModifiedTime(
        touched.runtime().resolve("lib/modules"),
        FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    accepted(touched.token(place).run().quiet());
    assertThat(touched.caches(place)).isEqualTo("in use, token whole, main whole");
  }

  @Test
  void token_withAnotherImage_isAccepted_withoutItsCaches() throws Exception {
    Path place = scratch.directory();
    Product changed = product.copyTo(scratch.directory().resolve("atmos"));
    Files.write(
        changed.runtime().resolve("lib/modules"), new byte[] {0}, StandardOpenOption.APPEND);
    accepted(changed.token(place).run());
    assertThat(changed.caches(place)).isEqualTo("not in use, token whole, main whole");
  }

  @Test
  void token_withTheCachesOfAnotherBuildBesideIt_isOfItsOwnBuild() throws Exception {
    Path place = scratch.directory();
    Product another = anotherBuild();
    assertThat(answer(another, place)).isEqualTo(ANSWER_OF_ANOTHER_BUILD);
    for (String name : NAMES) {
      Files.copy(
          Product.onJars().cache(name),
          another.lib().resolve(Product.onJars().cache(name).getFileName()),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    assertThat(answer(another, place)).isEqualTo(ANSWER_OF_ANOTHER_BUILD);
    assertThat(another.caches(place)).isEqualTo("not in use, token missing, main missing");
  }

  /** Java 25 doesn't notice, and loads the classes of the other build. */
  @Test
  void anyCommand_withCachesOfAnotherBuildInPlaceOfItsOwn_runsNothingOfTheOtherBuild()
      throws Exception {
    Path place = scratch.directory();
    Product another = anotherBuild();
    another.run(place, "startup-cache").run().succeeded();
    assertThat(another.caches(place)).isEqualTo("in use, token whole, main whole");
    assertThat(answer(another, place)).isEqualTo(ANSWER_OF_ANOTHER_BUILD);
    // Of a layer on top, Java sees that it belongs to another one below.
    takeCache("main", another);
    assertThat(another.caches(place)).isEqualTo("in use, token whole, main damaged");
    assertThat(answer(another, place)).isEqualTo(ANSWER_OF_ANOTHER_BUILD);
    takeCache("token", another);
    List<String> token = Credentials.tokenCommand();
    for (List<String> words : List.of(token, List.of("version"), List.of("--help"))) {
      Outcome refused = another.run(place, words).run();
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.stdout()).isEmpty();
      // Java may say before that the layer on top is of other jars.
      assertThat(refused.stderr()).endsWith(CACHE_OF_ANOTHER_BUILD + "\n");
    }
    another.run(place, "startup-cache").run().succeeded();
    assertThat(another.caches(place)).isEqualTo("in use, token whole, main whole");
    assertThat(answer(another, place)).isEqualTo(ANSWER_OF_ANOTHER_BUILD);
  }

  /** Puts the cache of the build, with its digest, where the other build has its own. */
  private static void takeCache(String name, Product another) throws IOException {
    Path cache = another.cache(name);
    Files.copy(
        Product.onJars().cache(name),
        cache,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(
        Path.of(Product.onJars().cache(name) + ".sha256"),
        Path.of(cache + ".sha256"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void anyCommand_withJarsOfAnotherBuild_saysWhatToDo() throws Exception {
    Path place = scratch.directory();
    Product another = anotherBuild();
    Files.copy(Product.onJars().ownJar(), another.ownJar(), StandardCopyOption.REPLACE_EXISTING);
    for (String word : List.of("version", "startup-cache")) {
      assertThat(another.run(place, word).run().failed(1)).isEqualTo(TWO_BUILDS);
    }
  }

  @Test
  void anyCommand_ofALauncherOfAnotherBuild_saysWhatToDo() throws Exception {
    Path place = scratch.directory();
    Product mixed = copy();
    rename(mixed);
    assertThat(mixed.token(place).run().failed(1)).isEqualTo(CACHE_OF_ANOTHER_BUILD);
    for (String name : NAMES) {
      Files.delete(mixed.cache(name));
    }
    assertThat(mixed.token(place).run().failed(1)).isEqualTo(TWO_BUILDS);
    assertThat(mixed.run(place, "startup-cache").run().failed(1)).isEqualTo(TWO_BUILDS);
  }

  private static String answer(Product product, Path place) throws Exception {
    Outcome outcome = product.token(place).run().succeeded();
    String version = Credentials.line(outcome.stdout()).get("apiVersion").textValue();
    return version.substring(0, version.indexOf('/') + 1);
  }

  /** The same modules with one class changed, and named by another build throughout. */
  private static Product anotherBuild() throws IOException, InterruptedException {
    Product another = copyOf(Product.onJars());
    String build = another.build();
    for (String cache : NAMES) {
      Files.delete(another.cache(cache));
      Files.delete(Path.of(another.cache(cache) + ".sha256"));
    }
    String name = rename(another);
    change(another.ownJar(), "/ExecInfo.class", ANSWER_OF_THE_BUILD, ANSWER_OF_ANOTHER_BUILD);
    change(another.ownJar(), "/Main.class", build, name);
    nameLibraries(another.lib().resolve("libraries." + name + ".jar"), build, name);
    return another;
  }

  /** Gives the launcher, and the files of the build, the name of another one. */
  private static String rename(Product another) throws IOException {
    String build = another.build();
    String name = new StringBuilder(build).reverse().toString();
    assertThat(name).isNotEqualTo(build);
    List<Path> files;
    try (Stream<Path> list = Files.list(another.lib())) {
      files = list.toList();
    }
    for (Path file : files) {
      Files.move(file, file.resolveSibling(file.getFileName().toString().replace(build, name)));
    }
    Files.writeString(
        another.launcher(), Files.readString(another.launcher()).replace(build, name));
    return name;
  }

  private static void nameLibraries(Path jar, String build, String name) throws IOException {
    FileTime time = Files.getLastModifiedTime(jar);
    Manifest manifest;
    try (JarFile in = new JarFile(jar.toFile())) {
      manifest = in.getManifest();
    }
    manifest
        .getMainAttributes()
        .compute(Attributes.Name.CLASS_PATH, (key, jars) -> ((String) jars).replace(build, name));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    Files.write(jar, bytes.toByteArray());
    Files.setLastModifiedTime(jar, time);
  }

  /** Replaces a text in the constants of a class by another one of the same length. */
  private static void change(Path jar, String suffix, String text, String other)
      throws IOException {
    FileTime time = Files.getLastModifiedTime(jar);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int changed = 0;
    try (JarFile in = new JarFile(jar.toFile());
        JarOutputStream out = new JarOutputStream(bytes)) {
      for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        out.putNextEntry(new JarEntry(entry.getName()));
        String content;
        try (InputStream stream = in.getInputStream(entry)) {
          content = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        if (entry.getName().endsWith(suffix)) {
          String patched = content.replace(text, other);
          changed += patched.equals(content) ? 0 : 1;
          content = patched;
        }
        out.write(content.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    Files.write(jar, bytes.toByteArray());
    Files.setLastModifiedTime(jar, time);
    assertThat(changed).as("changed classes in " + jar).isPositive();
  }

  /** Turns every bit of some bytes, and leaves the time as it was. */
  private static void flip(Path path, double where, int count) throws IOException {
    FileTime time = Files.getLastModifiedTime(path);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long offset = (long) (file.length() * where);
      byte[] bytes = new byte[count];
      file.seek(offset);
      file.readFully(bytes);
      for (int i = 0; i < count; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
      file.seek(offset);
      file.write(bytes);
    }
    Files.setLastModifiedTime(path, time);
  }

  private static List<String> files(Path... roots) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> tree = Files.walk(root)) {
        tree.filter(file -> !Files.isDirectory(file))
            .map(Path::toString)
            .sorted()
            .forEach(names::add);
      }
    }
    return names;
  }
}
