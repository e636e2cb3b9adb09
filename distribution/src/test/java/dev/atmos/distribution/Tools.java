package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The programs that the tests talk to. What is absent skips the test and says why, or fails it
 * where the system property {@code atmos.skips} is {@code fail}.
 */
final class Tools {
  private Tools() {}

  /** Skips the test, or fails it. */
  static AssertionError absent(String reason) {
    if (System.getProperty("atmos.skips", "allow").equals("fail")) {
      return fail(reason);
    }
    return Assumptions.abort(reason);
  }

  /** The file of a program that is on PATH. */
  static Optional<Path> onPath(String program) {
    String path = System.getenv("PATH");
    for (String directory : (path == null ? Launch.SYSTEM_PATH : path).split(":", -1)) {
      Path file = Path.of(directory, program);
      if (!directory.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** The file of a program that is on PATH. Without one, the test is skipped, or it fails. */
  static Path program(String name) {
    return onPath(name).orElseThrow(() -> absent("there is no " + name + " on PATH"));
  }

  static boolean isRoot() throws IOException, InterruptedException {
    return output("id", "-u").strip().equals("0");
  }

  /**
   * The stock kubectls: the one that ATMOS_TEST_KUBECTL names; those beside the file of the one on
   * PATH, as the Google Cloud SDK has them; and that one itself, if it isn't the SDK's dispatcher.
   */
  static List<Path> stockKubectls() throws IOException, InterruptedException {
    Set<Path> found = new LinkedHashSet<>();
    String named = System.getenv("ATMOS_TEST_KUBECTL");
    if (named != null) {
      found.add(Path.of(named).toRealPath());
    }
    Optional<Path> onPath = onPath("kubectl");
    if (onPath.isPresent()) {
      Path file = onPath.get().toRealPath();
      try (Stream<Path> beside = Files.list(file.resolveSibling(""))) {
        beside
            .filter(other -> other.getFileName().toString().matches("kubectl\\.1\\.\\d+"))
            .filter(Files::isExecutable)
            .sorted()
            .forEach(found::add);
      }
      if (!isDispatcher(file)) {
        found.add(file);
      }
    }
    return new ArrayList<>(found);
  }

  /**
   * The Google Cloud SDK's kubectl, which runs the stock one that fits the server: the one on PATH,
   * or one that lies beside it.
   */
  static Optional<Path> dispatcherKubectl() throws IOException, InterruptedException {
    Optional<Path> onPath = onPath("kubectl");
    if (onPath.isPresent()) {
      Path beside = onPath.get().toRealPath().resolveSibling("kubectl");
      if (Files.isExecutable(beside) && isDispatcher(beside)) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  private static boolean isDispatcher(Path kubectl) throws IOException, InterruptedException {
    return output(kubectl.toString(), "version", "--client").contains("dispatcher");
  }

  /**
   * The AWS CLI itself, and not the shim of a version manager, which takes a shell to get to it.
   */
  static Path aws() throws IOException, InterruptedException {
    String named = System.getenv("ATMOS_TEST_AWS");
    if (named != null) {
      return Path.of(named);
    }
    return behindShim(onPath("aws").orElseThrow(() -> absent("there is no AWS CLI on PATH")));
  }

  /** Version 2 of the AWS CLI: the one that ATMOS_TEST_AWS2 names, or the one on PATH. */
  static Path aws2() throws IOException, InterruptedException {
    String named = System.getenv("ATMOS_TEST_AWS2");
    if (named != null) {
      return Path.of(named);
    }
    Path onPath = aws();
    if (output(onPath.toString(), "--version").startsWith("aws-cli/2")) {
      return onPath;
    }
    throw absent("there is no version 2 of the AWS CLI: name one in ATMOS_TEST_AWS2");
  }

  /** Python 3 itself, and not the shim of a version manager, which needs its user's variables. */
  static Path python() throws IOException, InterruptedException {
    return behindShim(program("python3"));
  }

  private static Path behindShim(Path program) throws IOException, InterruptedException {
    if (program.resolveSibling("").endsWith("shims") && onPath("pyenv").isPresent()) {
      String behind = output("pyenv", "which", program.getFileName().toString()).strip();
      return behind.isEmpty() ? program : Path.of(behind);
    }
    return program;
  }

  /** What a program prints, with the variables of this process. */
  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /**
   * Whether programs can be run by way of these words, which make namespaces. Where CI has found
   * that it can't make any, and said so, a test that needs them ends without having tried anything.
   */
  static boolean hasNamespaces(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(words));
    command.add("true");
    if (onPath(words[0]).isPresent()
        && new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0) {
      return true;
    }
    String what = "no namespaces can be made here by " + String.join(" ", words);
    if (!"none".equals(System.getenv("ATMOS_TEST_NAMESPACES"))) {
      throw absent(what);
    }
    System.out.println("not tried: " + what);
    return false;
  }
}
