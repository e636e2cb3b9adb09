package dev.atmos.cli.config;

import static dev.atmos.cli.config.Trees.CANARY;
import static dev.atmos.cli.config.Trees.failure;
import static dev.atmos.cli.config.Trees.writeWithPositions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.config.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final CommandRunner NO_COMMANDS =
      (command, directory, mostBytes, limit) -> {
        throw new AssertionError("nothing here runs a command");
      };

  private static ConfigOptions options(String... configFiles) {
    return new ConfigOptions(List.of(configFiles), List.of(), null, List.of());
  }

  private final FakeEnvironment environment = new FakeEnvironment();

  private ConfigMap load(FakeFiles files, String... configFiles) {
    return new ConfigLoader(
            ClassPath.trustPorts(files, environment, new FakeFileInspector()), NO_COMMANDS)
        .explain(options(configFiles))
        .merged();
  }

  private AtmosException refusal(FakeFiles files, String... configFiles) {
    return failure(() -> load(files, configFiles));
  }

  @Test
  void load_brokenFileAnywhere_isAnError() {
    FakeFiles files = FakeFiles.unix();
    files.write("atmos.yaml", "a: 1");
    files.write("/home/dev/.config/atmos/atmos.yaml", "a: '" + CANARY);
    assertThat(refusal(files).sentence())
        .isEqualTo(
            "/home/dev/.config/atmos/atmos.yaml:1:4: the quotes are never closed\n  1 | a: ...");
  }

  // ---- reading

  @Test
  void load_directoryInPlaceOfAFileThatIsNamed_isAnError() throws IOException {
    FakeFiles files = FakeFiles.unix();
    Files.createDirectories(files.path("atmos.yaml"));
    assertThat(refusal(files, "atmos.yaml").sentence())
        .isEqualTo("can't read /project/atmos.yaml: is a directory");
  }

  @Test
  void load_unreadableFile_isAnErrorThatSaysWhy() {
    FakeFiles files = FakeFiles.unix();
    FileInspector denied =
        new FakeFileInspector() {
          @Override
          public boolean exists(Path path) {
            return true;
          }

          @Override
          public boolean isFile(Path path) {
            return true;
          }

          @Override
          public Optional<byte[]> read(Path path, int limit) throws IOException {
            throw new IOException("permission denied");
          }
        };
    assertThat(
            failure(() ->
                    new ConfigLoader(ClassPath.trustPorts(files, environment, denied), NO_COMMANDS)
                        .explain(options())
                        .merged())
                .sentence())
        .isEqualTo("can't read /usr/local/etc/atmos/atmos.yaml: permission denied");
  }

  @Test
  void load_allFilesTogether_haveALimit() throws IOException {
    FakeFiles files = FakeFiles.unix();
    int mebibyte = 1024 * 1024;
    Files.writeString(files.path("one.yaml"), "#" + "x".repeat(5 * mebibyte - 1));
    Files.writeString(files.path("two.yaml"), "#" + "x".repeat(3 * mebibyte - 1));
    Files.writeString(files.path("three.yaml"), "\n");
    Files.writeString(files.path("empty.yaml"), "");
    assertThat(load(files, "one.yaml,two.yaml,empty.yaml").isEmpty()).isTrue();
    assertThat(load(files, "one.yaml,one.yaml").isEmpty()).as("one file counts once").isTrue();
    assertThat(refusal(files, "one.yaml,two.yaml,three.yaml").sentence())
        .isEqualTo(
            "the configuration is too large: with /project/three.yaml it is more than the 8 MiB"
                + " that all files together may have");
    List<Integer> limits = new ArrayList<>();
    Scene.Looks looks =
        new Scene.Looks() {
          @Override
          public Optional<byte[]> readReal(Path real, int limit) throws IOException {
            limits.add(limit);
            return super.readReal(real, limit);
          }
        };
    new ConfigLoader(ClassPath.trustPorts(files, environment, looks), NO_COMMANDS)
        .explain(options("one.yaml,empty.yaml"))
        .merged();
    assertThat(limits).as("no more is read than is left").endsWith(3 * mebibyte);
  }

  @Test
  void load_nothing_hasAPositionAllTheSame() {
    assertThat(load(FakeFiles.unix()).position()).hasToString("atmos.yaml:1:1");
  }

  @Test
  void load_env_isReadFromTheEnvironmentOfTheProcess() {
    FakeFiles files = FakeFiles.unix();
    environment.set("KEY", CANARY);
    files.write("atmos.yaml", "a: !env KEY");
    assertThat(load(files).text("a")).contains(CANARY);
    assertThat(load(files).toString()).doesNotContain(CANARY);
  }

  // ---- sections

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\nauth: {x: y}\nb: 2\n",
        "a: &x 1\nauth: {x: *x}\nb: 2\n",
        "auth:\n  x: y\nb: 2\n",
        "b: 2\nauth:\n  x: y",
        "a: 1"
      })
  void load_sections_givesExactlyThese(String text) {
    FakeFiles files = FakeFiles.unix();
    files.write("atmos.yaml", text);
    ConfigLoader loader =
        new ConfigLoader(
            ClassPath.trustPorts(files, environment, new FakeFileInspector()), NO_COMMANDS);
    ConfigMap all = loader.explain(options()).merged();
    ConfigMap some = loader.load(options(), Set.of("auth", "missing"));
    assertThat(some.keys()).isEqualTo(all.keys().stream().filter("auth"::equals).toList());
    assertThat(some.position()).isEqualTo(all.position());
    assertThat(some.map("auth").map(Trees::writeWithPositions))
        .isEqualTo(all.map("auth").map(Trees::writeWithPositions));
  }

  @Test
  void load_sectionsOfSeveralFiles_areMerged() {
    FakeFiles files = FakeFiles.unix();
    files.write("one.yaml", "a: 1\nauth:\n  realm: one\n  x: 1\n");
    files.write("two.yaml", "b: 1\n\nauth:\n  realm: two\nc: 1\n");
    ConfigLoader loader =
        new ConfigLoader(
            ClassPath.trustPorts(files, environment, new FakeFileInspector()), NO_COMMANDS);
    assertThat(writeWithPositions(loader.load(options("one.yaml,two.yaml"), Set.of("auth"))))
        .isEqualTo("{auth@3:1: {realm@4:3: two@4:10, x@4:3: 1@4:6}@4:3}@1:1");
  }

  @Test
  void load_sections_errorsElsewhereAreErrorsAllTheSame() {
    FakeFiles files = FakeFiles.unix();
    ConfigLoader loader =
        new ConfigLoader(
            ClassPath.trustPorts(files, environment, new FakeFileInspector()), NO_COMMANDS);
    files.write("atmos.yaml", "auth:\n  x: y\na:\n  b: 1\n  b: " + CANARY + "\n");
    assertThat(failure(() -> loader.load(options(), Set.of("auth"))).sentence())
        .isEqualTo(
            "/project/atmos.yaml:5:3: this key is a duplicate of the one in line 4\n"
                + "  5 |   b: ...");
    files.write("atmos.yaml", "auth:\n  x: y\nauth:\n  x: " + CANARY + "\n");
    ConfigLoader other =
        new ConfigLoader(
            ClassPath.trustPorts(files, environment, new FakeFileInspector()), NO_COMMANDS);
    assertThat(failure(() -> other.load(options(), Set.of("auth"))).sentence())
        .startsWith("/project/atmos.yaml:3:1: this key is a duplicate of the one in line 1\n");
  }

  @Test
  void namedOnCommandLine_isOnlyWhatTheCommandLineNames() {
    Scene scene = Scene.unix().file("a.yaml", "import: b").file("b.yaml").file("d/atmos.yaml");
    ConfigLoader loader = scene.config("a.yaml").configPath("d").loader();
    assertThat(loader.load(scene.options(), Set.of()).isEmpty()).isFalse();
    assertThat(named(loader, scene, "/project/a.yaml")).isTrue();
    assertThat(named(loader, scene, "/project/d/atmos.yaml")).isTrue();
    assertThat(named(loader, scene, "/project/b.yaml")).isFalse();
    scene.config().configPath().env("ATMOS_CONFIG", "a.yaml").env("ATMOS_CONFIG_PATH", "d");
    loader = scene.loader();
    assertThat(loader.load(scene.options(), Set.of()).isEmpty()).isFalse();
    assertThat(named(loader, scene, "/project/a.yaml")).as("by a variable").isFalse();
    assertThat(named(loader, scene, "/project/d/atmos.yaml")).isFalse();
  }

  private static boolean named(ConfigLoader loader, Scene scene, String path) {
    ConfigFile file = loader.ports().cache().find(scene.path(path), null);
    assertThat(file).isNotNull();
    assertThat(loader.ports().cache().of(file.source())).isSameAs(file);
    return file.namedOnCommandLine();
  }
}
