package dev.atmos.cli.bootstrap;

import dev.atmos.cli.port.Installation.CacheState;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.system.Digests;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two layers of start-up caches beside the jars: {@code atmos-<build>-<name>.aot}, each with
 * its digest in a file beside it. They carry the build in their names because the VM doesn't always
 * notice that a jar has changed (JDK-8377932), and would then run old classes.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: Ahead-of-Time Command-Line Ergonomics</a>
 * @see <a href="https://openjdk.org/jeps/350">JEP 350: Dynamic CDS Archives</a>
 */
final class StartupCaches {
  /** An AOT cache: Java loads all its classes at the start. */
  private static final String TOKEN = "token";

  /** A CDS archive on top of that cache: of its classes, Java loads those that are used. */
  private static final String MAIN = "main";

  /** The layers, each made on top of the one before. */
  static final List<String> NAMES = List.of(TOKEN, MAIN);

  private final Path directory;
  private final String build;

  StartupCaches(Path directory, String build) {
    this.directory = directory;
    this.build = build;
  }

  CacheState state(String name) {
    Path cache = file(name, ".aot");
    if (!Files.exists(cache)) {
      return CacheState.MISSING;
    }
    try {
      return Files.readString(file(name, ".aot.sha256")).equals(digestLine(name, cache))
          ? CacheState.WHOLE
          : CacheState.DAMAGED;
    } catch (IOException e) {
      // What can't be read can't be used.
      return CacheState.DAMAGED;
    }
  }

  /** Trains each cache by real runs in a Java of its own, and puts it in place when it is whole. */
  void make(CommandConsole console) {
    try {
      for (String name : NAMES) {
        make(name);
        console.say("made the start-up cache for " + describe(name));
      }
      String key = System.getProperty("atmos.java");
      if (key != null) {
        // The second layer holds on to the name that the first one had when it was made.
        Files.writeString(file("java", ""), key + "\n" + file(TOKEN, ".aot") + "\n");
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "the start-up caches can't be made in " + directory, null, e);
    }
  }

  private void make(String name) throws IOException {
    Path place = Files.createTempDirectory("atmos-startup-cache");
    Path fresh = file(name, ".aot.new");
    try {
      int code = name.equals(TOKEN) ? trainFirst(fresh, place) : trainSecond(fresh, place);
      if (code != 0 || !Files.exists(fresh)) {
        throw new AtmosException(
            ExitCode.FAILED,
            "the start-up cache for " + describe(name) + " can't be made in " + directory,
            "can this directory be written to?");
      }
      // No layer stays on top of another one than its own. Then the digest first: a cache without
      // its own digest is damaged, and a digest alone is nothing.
      for (int i = NAMES.size() - 1; i >= NAMES.indexOf(name); i--) {
        Files.deleteIfExists(file(NAMES.get(i), ".aot"));
      }
      Files.writeString(file(name, ".aot.sha256"), digestLine(name, fresh));
      Files.move(fresh, file(name, ".aot"), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
      deleteTree(place);
    }
  }

  private static int trainFirst(Path fresh, Path place) throws IOException {
    return train(TOKEN, place, List.of("-XX:AOTCacheOutput=" + fresh));
  }

  /**
   * Java writes the name of the layer below into the one on top, and wants a file of that name at
   * each start, wherever atmos has been moved to by then. It writes none if the layer below is the
   * runtime's own archive; so where the runtime is ours, it has one for as long as the training.
   */
  private int trainSecond(Path fresh, Path place) throws IOException {
    Path below = file(TOKEN, ".aot");
    String exit = "-XX:ArchiveClassesAtExit=" + fresh;
    if (!CacheTraining.class.getModule().isNamed()) {
      return train(MAIN, place, List.of("-XX:SharedArchiveFile=" + below, exit));
    }
    Path own = Path.of(System.getProperty("java.home", ""), "lib/server/classes.jsa");
    Files.deleteIfExists(own); // of a training that was killed
    Files.createSymbolicLink(own, below);
    try {
      return train(MAIN, place, List.of("-XX:SharedArchiveFile=" + own, exit));
    } finally {
      Files.delete(own);
    }
  }

  private static int train(String name, Path place, List<String> caches) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // The same flags as in production, but for those that concern a cache that is there.
      if (!flag.startsWith("-XX:SharedArchiveFile=")
          && !flag.startsWith("-Datmos.cache=")
          && !flag.startsWith("-Djdk.module.main=")
          && !flag.equals("-XX:+VerifySharedSpaces")) {
        command.add(flag);
      }
    }
    command.addAll(caches);
    command.addAll(List.of("-cp", classPath(name)));
    String module = CacheTraining.class.getModule().getName();
    if (module == null) {
      command.add(CacheTraining.class.getName());
    } else {
      command.addAll(List.of("-m", module + "/" + CacheTraining.class.getName()));
    }
    command.addAll(List.of(name, place.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  /**
   * For each jar that a cache is made with, Java looks at each start whether it is still the same.
   * The last entry of the class path names the libraries that a token doesn't need.
   */
  private static String classPath(String name) {
    String all = System.getProperty("java.class.path", "");
    int libraries = all.lastIndexOf(File.pathSeparatorChar);
    return name.equals(TOKEN) && libraries > 0 ? all.substring(0, libraries) : all;
  }

  private Path file(String name, String suffix) {
    return directory.resolve("atmos-" + build + "-" + name + suffix);
  }

  private static String describe(String name) {
    return name.equals(TOKEN) ? "aws eks token" : "all other commands";
  }

  /** As sha256sum writes it: it names the build, so that another one's cache isn't whole here. */
  private String digestLine(String name, Path cache) throws IOException {
    return digest(cache) + "  " + file(name, ".aot").getFileName() + "\n";
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
