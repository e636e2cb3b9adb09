package dev.atmos.cli.config;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.approval.TrustReview;
import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.plugin.testkit.FakePrivateFiles;
import dev.atmos.services.config.ConfigMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A working directory with files in it, and a shell that knows what a test tells it. */
public final class Project {
  public final FakeFiles files;
  public final FakeEnvironment environment = new FakeEnvironment();
  public final FakeFileInspector reader = new FakeFileInspector();

  /** What was run: the directory, a blank, and the command. */
  public final List<String> run = new ArrayList<>();

  private final Map<String, CommandRunner.Outcome> outcomes = new HashMap<>();

  private Project(FakeFiles files) {
    this.files = files;
  }

  /** Both views. */
  public enum View {
    UNIX,
    WINDOWS;

    public Project project() {
      return new Project(this == UNIX ? FakeFiles.unix() : FakeFiles.windows());
    }
  }

  public static Project unix() {
    return View.UNIX.project();
  }

  /** Writes a file; its path starts from the working directory. */
  public Project file(String path, String content) {
    files.write(path, content);
    return this;
  }

  /** Links a path to another. */
  public Project link(String path, String target) {
    try {
      Path link = files.path(path);
      Path parent = link.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createSymbolicLink(link, files.path(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Trusts everything below a directory. */
  public Project trusting(String directory) {
    environment.set("ATMOS_TRUSTED_PATHS", path(directory));
    return this;
  }

  /** Gives the shell a command. */
  public Project command(String command, int exitCode, String output) {
    outcomes.put(command, new CommandRunner.Outcome(exitCode, Secret.of(output)));
    return this;
  }

  /** A path as messages show it. */
  public String path(String path) {
    return files.path(path).normalize().toString();
  }

  public CommandRunner.Outcome run(String command, Path directory, int mostBytes, Duration limit)
      throws IOException {
    run.add(directory + " " + command);
    CommandRunner.Outcome outcome = outcomes.get(command);
    if (outcome == null) {
      throw new IOException("can't be started");
    }
    return outcome;
  }

  public ConfigLoader loader() {
    return new ConfigLoader(ClassPath.trustPorts(files, environment, reader), this::run);
  }

  /** A review of the configuration. */
  public TrustReview review() {
    return new TrustReview(
        ClassPath.trustPorts(files, environment, reader),
        new FakePrivateFiles(),
        ConfigOptions.NONE);
  }

  /** The configuration. */
  public ConfigMap load() {
    return loader().explain(ConfigOptions.NONE).merged();
  }

  /** The text of a key at the top. */
  public String text(String key) {
    return load().text(key).orElseThrow();
  }

  /** Where the value of a key at the top is. */
  public static Position positionOf(ConfigMap map, String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    if (entry == null) {
      throw new AssertionError("no key " + key);
    }
    return entry.value().resolved().position();
  }
}
