package dev.atmos.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.SearchStep;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files of one view with what the command line and the variables say. Paths are written as on Unix;
 * {@code ~/} is the home directory, {@code SYSTEM/} and {@code USER/} are those of the machine's
 * and the user's configuration.
 *
 * <p>Every file that is {@linkplain #file made} here appends its own path to a list: what is
 * merged, in which order, and how often, is what that list has.
 */
public final class Scene {
  private final FakeFiles files;
  private final FakeEnvironment environment = new FakeEnvironment();
  private final Looks looks = new Looks();
  private final CommandRunner noCommands =
      (command, directory, mostBytes, limit) -> {
        throw new AssertionError("nothing here runs a command");
      };
  private List<String> config = List.of();
  private List<String> configPath = List.of();
  private @Nullable String basePath;
  private List<String> profiles = List.of();

  /** Notes what is looked at. */
  public static class Looks extends FakeFileInspector {
    private final List<Path> paths = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();

    private void note(String kind, Path path) {
      paths.add(path);
      kinds.add(kind + " " + path);
    }

    @Override
    public Optional<byte[]> read(Path path, int limit) throws IOException {
      note("read", path);
      return super.read(path, limit);
    }

    @Override
    public boolean exists(Path path) {
      note("exists", path);
      return super.exists(path);
    }

    @Override
    public Optional<List<String>> list(Path directory) throws IOException {
      note("list", directory);
      return super.list(directory);
    }

    @Override
    public boolean isFile(Path path) {
      note("isFile", path);
      return super.isFile(path);
    }
  }

  private Scene(FakeFiles files) {
    this.files = files;
    // What an untrusted file may not import is another test's business.
    environment.set("ATMOS_TRUSTED_PATHS", files.isWindows() ? "C:\\" : "/");
  }

  public static Scene unix() {
    return new Scene(FakeFiles.unix());
  }

  public static Scene windows() {
    return new Scene(FakeFiles.windows());
  }

  /** For tests that hold in both views. */
  public static Stream<Scene> views() {
    return Stream.of(unix(), windows());
  }

  public boolean isWindows() {
    return files.isWindows();
  }

  public FakeFiles files() {
    return files;
  }

  public Path path(String path) {
    if (path.startsWith("SYSTEM/")) {
      return files.system().orElseThrow().resolve(path.substring(7));
    }
    if (path.startsWith("USER/")) {
      return files.config().orElseThrow().resolve(path.substring(5));
    }
    if (path.startsWith("~/")) {
      return files.home().orElseThrow().resolve(path.substring(2));
    }
    return files.path(isWindows() && path.startsWith("/") ? "C:" + path : path);
  }

  /** The same as messages show it. */
  public String shown(String path) {
    return path(path).toString();
  }

  public Scene cd(String directory) {
    files.cd(path(directory).toString());
    return this;
  }

  public Scene directory(String directory) {
    try {
      Files.createDirectories(path(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Makes a file that says of itself that it was merged. */
  public Scene file(String path, String... lines) {
    return text(path, "trace: !append ['" + path + "']\n" + String.join("\n", lines) + "\n");
  }

  public Scene text(String path, String content) {
    files.write(path(path).toString(), content);
    return this;
  }

  public Scene link(String path, String target) {
    try {
      Path link = path(path);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, path(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public Scene env(String name, String value) {
    environment.set(name, value);
    return this;
  }

  public Scene config(String... values) {
    config = List.of(values);
    return this;
  }

  public Scene configPath(String... values) {
    configPath = List.of(values);
    return this;
  }

  public Scene basePath(@Nullable String value) {
    basePath = value;
    return this;
  }

  public Scene profile(String... values) {
    profiles = List.of(values);
    return this;
  }

  /** What an import needs: these files and a guard. */
  public ConfigPorts ports(ConfigFileCache cache, ImportGuard guard) {
    FileTrust trust = new FileTrust(ClassPath.trustPorts(files, environment, looks), cache, true);
    return new ConfigPorts(files, environment, cache, noCommands, trust, guard);
  }

  public ConfigLoader loader() {
    looks.paths.clear();
    looks.kinds.clear();
    return loader(looks);
  }

  public ConfigLoader loader(FileInspector reader) {
    return new ConfigLoader(ClassPath.trustPorts(files, environment, reader), noCommands);
  }

  public ConfigOptions options() {
    return new ConfigOptions(config, configPath, basePath, profiles);
  }

  public Configuration explain() {
    return loader().explain(options());
  }

  public ConfigMap merged() {
    return explain().merged();
  }

  /** As a command reads it that needs some sections, which must not make a difference to them. */
  public ConfigMap load(String... sections) {
    return loader().load(options(), Set.of(sections));
  }

  /** The files that were merged, from the lowest rank to the highest. */
  public List<String> order() {
    List<String> order = texts(merged());
    assertThat(texts(load("trace"))).as("with some sections only").isEqualTo(order);
    assertThat(looks.kinds).as("nothing is looked at twice").doesNotHaveDuplicates();
    return order;
  }

  private static List<String> texts(ConfigMap map) {
    List<String> texts = new ArrayList<>();
    if (map.list("trace").isPresent()) {
      for (ConfigValue item : map.list("trace").get().items()) {
        texts.add(((ConfigText) item).text());
      }
    }
    return texts;
  }

  public AtmosException refusal() {
    AtmosException refusal = Trees.failure(this::merged);
    assertThat(Trees.failure(() -> load("auth"))).hasMessage(refusal.getMessage());
    return refusal;
  }

  /** The first line of a refusal, with paths as on Unix. */
  public String problem() {
    return plain(Trees.problem(refusal()));
  }

  /** A text with paths as on Unix. */
  public String plain(String text) {
    return isWindows() ? text.replace('\\', '/').replace("C:", "") : text;
  }

  /** The steps of the search: one line each, with paths as on Unix. */
  public List<String> steps() {
    List<String> lines = new ArrayList<>();
    for (SearchStep step : explain().steps()) {
      lines.add(
          "  ".repeat(step.depth())
              + step.outcome()
              + " "
              + plain(step.path().toString())
              + " ("
              + step.place()
              + ")"
              + (step.detail().isEmpty() ? "" : ": " + step.detail()));
    }
    return lines;
  }

  /** What was looked at since a loader was made, with paths as on Unix. */
  public List<String> looks() {
    List<String> shown = new ArrayList<>();
    for (Path path : looks.paths) {
      shown.add(plain(path.toString()));
    }
    return shown;
  }

  @Override
  public String toString() {
    return isWindows() ? "Windows" : "Unix";
  }
}
