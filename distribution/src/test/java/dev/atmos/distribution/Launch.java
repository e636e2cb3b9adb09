package dev.atmos.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that is about to be started, with exactly the variables that are said here: PATH with
 * the system's programs, HOME with an empty directory, and an access key. Its standard input is
 * empty, unless the command itself says otherwise.
 */
final class Launch {
  static final String SYSTEM_PATH = "/usr/bin:/bin";
  static final int SECONDS = 60;

  private final Path place;
  private final Map<String, String> environment = new TreeMap<>();
  private List<String> command = List.of();
  private Path directory;

  private Launch(Path place) throws IOException {
    this.place = place;
    this.directory = Files.createDirectories(place.resolve("cwd"));
    env("PATH", SYSTEM_PATH);
    env("HOME", Files.createDirectories(home()).toString());
    env("AWS_ACCESS_KEY_ID", Credentials.KEY_ID);
    env("AWS_SECRET_ACCESS_KEY", Credentials.SECRET);
  }

  /** A program whose home and working directory are below {@code place}. */
  static Launch in(Path place) throws IOException {
    return new Launch(place);
  }

  Launch command(String... words) {
    return command(List.of(words));
  }

  Launch command(List<String> words) {
    command = List.copyOf(words);
    return this;
  }

  /** What is to be started. */
  List<String> words() {
    return command;
  }

  /** A line of shell, and what it finds in {@code $1}, {@code $2} and so on. */
  Launch shell(String line, Object... arguments) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return command(words);
  }

  Launch env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Launch without(String... names) {
    for (String name : names) {
      environment.remove(name);
    }
    return this;
  }

  Launch from(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  /**
   * As a user to whom the modes of files mean something: as one who owns nothing where this one is
   * root, else as this one.
   */
  Launch asMortal() throws IOException, InterruptedException {
    if (!Tools.isRoot()) {
      return this;
    }
    if (Tools.onPath("setpriv").isEmpty()) {
      throw Tools.absent("there is no setpriv to drop root's rights with");
    }
    return through("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
  }

  /** By way of another program, which gets this one's words after its own. */
  Launch through(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(command);
    return command(all);
  }

  Path home() {
    return place.resolve("home");
  }

  Path workingDirectory() {
    return directory;
  }

  /** Puts a file into the home or the working directory. */
  static Path write(Path file, String text) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.writeString(file, text);
  }

  Outcome run() throws IOException, InterruptedException {
    return start().finish();
  }

  /** Runs it; where it doesn't end, it is ended after so many seconds, and its exit code is 137. */
  Outcome runFor(int seconds) throws IOException, InterruptedException {
    return start().finish(seconds);
  }

  Running start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path stdout = Files.createTempFile("atmos-it", ".out");
    Path stderr = Files.createTempFile("atmos-it", ".err");
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    return new Running(command, process, stdout, stderr);
  }

  /** A program that has been started. */
  record Running(List<String> command, Process process, Path stdout, Path stderr) {
    Outcome finish() throws IOException, InterruptedException {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      Outcome outcome = finish(0);
      if (!ended) {
        throw new AssertionError(command + " does not end: " + outcome);
      }
      return outcome;
    }

    Outcome finish(int seconds) throws IOException, InterruptedException {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      try {
        return new Outcome(
            process.waitFor(),
            Files.readString(stdout, StandardCharsets.ISO_8859_1),
            Files.readString(stderr, StandardCharsets.ISO_8859_1));
      } finally {
        Files.delete(stdout);
        Files.delete(stderr);
      }
    }
  }
}
