package dev.atmos.cli.config;

import static dev.atmos.cli.config.Trees.CANARY;
import static dev.atmos.cli.config.Trees.failure;
import static dev.atmos.cli.config.Trees.write;
import static dev.atmos.cli.config.Trees.writeWithPositions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.io.FileReader;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.plugin.testkit.PathFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  /** Notes what is looked at. */
  private static final class Looks implements FileReader {
    private final FileReader reader = new PathFileReader();
    private final List<String> looks = new ArrayList<>();
    private int limit;

    @Override
    public Optional<byte[]> read(Path path, int limit) throws IOException {
      this.limit = limit;
      looks.add(path.toString());
      return reader.read(path, limit);
    }

    @Override
    public boolean exists(Path path) {
      looks.add(path.toString());
      return reader.exists(path);
    }

    @Override
    public Optional<List<String>> list(Path directory) throws IOException {
      looks.add(directory.toString());
      return reader.list(directory);
    }

    @Override
    public Path real(Path path) throws IOException {
      return reader.real(path);
    }
  }

  private ConfigMap load(FakeFiles files, String... configFiles) {
    return new ConfigLoader(files, environment, new PathFileReader(), NO_COMMANDS)
        .explain(options(configFiles))
        .merged();
  }

  private AtmosException refusal(FakeFiles files, String... configFiles) {
    return failure(() -> load(files, configFiles));
  }

  // ---- where files are looked for

  /** From the lowest rank to the highest. */
  private static List<String> places(FakeFiles files) {
    return files.isWindows()
        ? List.of(
            "C:/ProgramData/atmos/atmos.yaml",
            "C:/Users/dev/.atmos/atmos.yaml",
            "C:/Users/dev/AppData/Local/atmos/atmos.yaml",
            "C:/repo/a/atmos.yaml",
            "C:/repo/atmos.yaml")
        : List.of(
            "/usr/local/etc/atmos/atmos.yaml",
            "/home/dev/.atmos/atmos.yaml",
            "/home/dev/.config/atmos/atmos.yaml",
            "/repo/a/atmos.yaml",
            "/repo/atmos.yaml");
  }

  static Stream<FakeFiles> systems() {
    return Stream.of(FakeFiles.unix(), FakeFiles.windows());
  }

  @ParameterizedTest
  @MethodSource("systems")
  void search_everyPlace_hasItsRank(FakeFiles files) throws IOException {
    List<String> places = places(files);
    files.cd(files.path(places.get(4)).resolveSibling("a").resolve("b").resolve("c").toString());
    Files.createDirectories(files.path(places.get(4)).resolveSibling(".git"));
    for (int i = 0; i < places.size(); i++) {
      files.write(places.get(i), "winner: " + i + "\nplace" + i + ": here\n");
    }
    for (int i = places.size() - 1; i >= 0; i--) {
      ConfigMap map = load(files);
      assertThat(map.keys()).as("places up to " + i).hasSize(i + 2);
      assertThat(map.text("winner")).contains(Integer.toString(i));
      Files.delete(files.path(places.get(i)));
    }
    assertThat(load(files).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("systems")
  void search_workingDirectory_outranksTheUserAndReplacesTheDirectoriesAbove(FakeFiles files)
      throws IOException {
    List<String> places = places(files);
    files.cd(files.path(places.get(4)).resolveSibling("a").resolve("b").toString());
    Files.createDirectories(files.path(places.get(4)).resolveSibling(".git"));
    for (int i = 0; i < places.size(); i++) {
      files.write(places.get(i), "winner: " + i + "\nplace" + i + ": here\n");
    }
    files.write("atmos.yaml", "winner: local\n");
    assertThat(write(load(files)))
        .isEqualTo("{winner: local, place0: here, place1: here, place2: here}");
  }

  @Test
  void search_directoriesAbove_countOnlyTheNearestAndTheRoot() throws IOException {
    FakeFiles files = FakeFiles.unix().cd("/x/repo/a/b/c");
    Files.createDirectories(files.path("/x/repo/.git"));
    files.write("/x/repo/a/b/atmos.yaml", "winner: near\nnear: 1");
    files.write("/x/repo/a/atmos.yaml", "winner: far\nfar: 1");
    files.write("/x/repo/atmos.yaml", "winner: root\nroot: 1");
    files.write("/x/atmos.yaml", "winner: above\nabove: 1");
    assertThat(write(load(files))).isEqualTo("{winner: root, near: 1, root: 1}");
  }

  @ParameterizedTest
  @CsvSource({
    // .git at,      files at,           what is read
    "/x/repo,        /x/repo,            /x/repo",
    "/x/repo,        /x,                 /x",
    "/x/repo,        /x/repo/a /x/repo,  /x/repo/a /x/repo",
    "/x/repo/a/b,    /x/repo/a /x/repo,  /x/repo/a",
    "/x/repo/a,      /x,                 /x",
    "'',             /x/repo /x,         /x/repo",
    "'',             /,                  /"
  })
  void search_repository_addsItsRoot(String root, String directories, String read)
      throws IOException {
    FakeFiles files = FakeFiles.unix().cd("/x/repo/a/b");
    if (!root.isEmpty()) {
      // In a worktree it is a file.
      files.write(root + "/.git", "gitdir: elsewhere");
    }
    for (String directory : directories.split(" ", -1)) {
      Files.writeString(files.path(directory).resolve("atmos.yaml"), "\"" + directory + "\": 1");
    }
    assertThat(load(files).keys()).containsExactly(read.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "FALSE, 1", "true, 2", "'', 2"})
  void search_repositoryRoot_canBeLeftOut(String value, int files) throws IOException {
    environment.set("ATMOS_GIT_ROOT_BASEPATH", value);
    FakeFiles tree = FakeFiles.unix().cd("/repo/a/b");
    Files.createDirectories(tree.path("/repo/.git"));
    tree.write("/repo/a/atmos.yaml", "a: 1");
    tree.write("/repo/atmos.yaml", "b: 1");
    assertThat(load(tree).keys()).hasSize(files);
  }

  @ParameterizedTest
  @ValueSource(strings = {".atmos", ".atmos.d", "atmos.d"})
  void search_directoryWithConfigurationOfItsOwn_leavesOutThoseAbove(String indicator)
      throws IOException {
    FakeFiles files = FakeFiles.unix().cd("/repo/a");
    files.write("/repo/atmos.yaml", "above: 1");
    assertThat(load(files).keys()).containsExactly("above");
    Files.createDirectories(files.path(indicator));
    assertThat(load(files).isEmpty()).isTrue();
  }

  @Test
  void search_hiddenFile_leavesOutThoseAboveAndIsNotRead() {
    FakeFiles files = FakeFiles.unix().cd("/repo/a");
    files.write("/repo/atmos.yaml", "above: 1");
    files.write(".atmos.yaml", "hidden: 1");
    assertThat(load(files).isEmpty()).isTrue();
    files.cd("/repo/a/b");
    assertThat(load(files).keys()).as("above, it is nothing").containsExactly("above");
  }

  @ParameterizedTest
  @MethodSource("systems")
  void search_ymlFile_isReadWhereThereIsNoYaml(FakeFiles files) throws IOException {
    List<String> places = places(files);
    files.cd(files.path(places.get(4)).resolveSibling("a").resolve("b").toString());
    Files.createDirectories(files.path(places.get(4)).resolveSibling(".git"));
    for (int i = 0; i < places.size(); i++) {
      files.write(places.get(i).replace(".yaml", ".yml"), "winner: " + i + "\nplace" + i + ": 1");
    }
    assertThat(load(files).keys()).hasSize(6);
    assertThat(load(files).text("winner")).contains("4");
    files.write(places.get(4), "yaml: 1");
    assertThat(load(files).keys()).doesNotContain("place4").contains("yaml");
    files.write("atmos.yml", "local: 1");
    assertThat(load(files).keys()).doesNotContain("yaml").contains("local");
  }

  @Test
  void search_fileThatIsFoundTwice_isMergedOnceAtItsHigherRank() {
    FakeFiles files = FakeFiles.unix().cd("/home/dev/.atmos/x");
    files.write("/home/dev/.atmos/atmos.yaml", "winner: dot\ndot: 1");
    files.write("/home/dev/.config/atmos/atmos.yaml", "winner: xdg");
    Looks looks = new Looks();
    assertThat(
            write(
                new ConfigLoader(files, environment, looks, NO_COMMANDS)
                    .explain(options())
                    .merged()))
        .isEqualTo("{winner: dot, dot: 1}");
    assertThat(looks.looks).doesNotHaveDuplicates();
    files.cd("/home/dev/.atmos");
    assertThat(load(files).text("winner")).contains("dot");
  }

  @Test
  void search_withoutHome_readsTheRest() {
    FakeFiles files = FakeFiles.unix().withoutHome();
    files.write("/home/dev/.atmos/atmos.yaml", "home: 1");
    files.write("/usr/local/etc/atmos/atmos.yaml", "system: 1");
    files.write("/project/atmos.yaml", "work: 1");
    assertThat(load(files).keys()).containsExactly("system", "work");
  }

  @Test
  void search_looksAtFewFiles() {
    FakeFiles files = FakeFiles.unix().cd("/project");
    Looks looks = new Looks();
    ConfigLoader loader = new ConfigLoader(files, environment, looks, NO_COMMANDS);
    loader.explain(options()).merged();
    assertThat(looks.looks)
        .containsExactly(
            "/usr/local/etc/atmos/atmos.yaml",
            "/usr/local/etc/atmos/atmos.yml",
            "/home/dev/.atmos/atmos.yaml",
            "/home/dev/.atmos/atmos.yml",
            "/home/dev/.config/atmos/atmos.yaml",
            "/home/dev/.config/atmos/atmos.yml",
            "/project/atmos.yaml",
            "/project/atmos.yml",
            "/project/.atmos.yaml",
            "/project/.atmos",
            "/project/.atmos.d",
            "/project/atmos.d",
            "/project/.git",
            "/.git",
            "/atmos.yaml",
            "/atmos.yml");
    files.write("/project/atmos.yaml", "a: 1");
    looks.looks.clear();
    loader.explain(options()).merged();
    assertThat(looks.looks).hasSize(7).endsWith("/project/atmos.yaml");
    looks.looks.clear();
    loader.explain(options("atmos.yaml")).merged();
    assertThat(looks.looks).containsExactly("/project/atmos.yaml");
  }

  @Test
  void search_brokenFileAnywhere_isAnError() {
    FakeFiles files = FakeFiles.unix();
    files.write("atmos.yaml", "a: 1");
    files.write("/home/dev/.config/atmos/atmos.yaml", "a: '" + CANARY);
    assertThat(refusal(files).sentence())
        .isEqualTo(
            "/home/dev/.config/atmos/atmos.yaml:1:4: the quotes are never closed\n  1 | a: ...");
  }

  // ---- --config and ATMOS_CONFIG

  @ParameterizedTest
  @MethodSource("systems")
  void config_named_replacesTheSearch(FakeFiles files) {
    files.write("atmos.yaml", "local: 1");
    files.write("one.yaml", "winner: one\none: 1");
    files.write("deep/two.yaml", "winner: two\ntwo: 1");
    assertThat(load(files, "one.yaml").keys()).containsExactly("winner", "one");
    assertThat(write(load(files, "one.yaml", "deep/two.yaml")))
        .isEqualTo("{winner: two, one: 1, two: 1}");
    assertThat(write(load(files, "deep/two.yaml,one.yaml")))
        .isEqualTo("{winner: one, two: 1, one: 1}");
    assertThat(write(load(files, files.path("one.yaml").toString(), "one.yaml")))
        .isEqualTo("{winner: one, one: 1}");
    environment.set("ATMOS_CONFIG", files.path("one.yaml") + "," + files.path("deep/two.yaml"));
    assertThat(write(load(files))).isEqualTo("{winner: two, one: 1, two: 1}");
    assertThat(load(files, "atmos.yaml").keys()).as("the option wins").containsExactly("local");
  }

  @Test
  void configVariable_empty_meansNoFileAndNoSearch() {
    FakeFiles files = FakeFiles.unix();
    files.write("atmos.yaml", "local: 1");
    files.write("/usr/local/etc/atmos/atmos.yaml", "system: 1");
    environment.set("ATMOS_CONFIG", "");
    Looks looks = new Looks();
    assertThat(
            new ConfigLoader(files, environment, looks, NO_COMMANDS)
                .explain(options())
                .merged()
                .isEmpty())
        .isTrue();
    assertThat(looks.looks).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "atmos.yaml,", ",atmos.yaml", "atmos.yaml,,atmos.yaml"})
  void config_emptyValue_isAnError(String value) {
    FakeFiles files = FakeFiles.unix();
    files.write("atmos.yaml", "local: 1");
    assertThat(refusal(files, value).sentence())
        .isEqualTo("--config has an empty value where the path of a file is needed");
    if (!value.isEmpty()) {
      environment.set("ATMOS_CONFIG", value);
      assertThat(refusal(files).sentence())
          .isEqualTo("ATMOS_CONFIG has an empty value where the path of a file is needed");
    }
  }

  static Stream<Arguments> config_badFile_isAnErrorThatNamesIt() {
    return Stream.of(
        arguments(
            FakeFiles.unix(),
            "missing.yaml",
            "the file /project/missing.yaml that --config names doesn't exist"),
        arguments(
            FakeFiles.unix(),
            "atmos.yaml/missing.yaml",
            "the file /project/atmos.yaml/missing.yaml that --config names doesn't exist"),
        arguments(FakeFiles.unix(), "directory", "can't read /project/directory: is a directory"),
        arguments(FakeFiles.unix(), "a\u0000b", "--config names no valid path"),
        arguments(
            FakeFiles.windows(),
            "missing.yaml",
            "the file C:\\project\\missing.yaml that --config names doesn't exist"),
        arguments(
            FakeFiles.windows(), "directory", "can't read C:\\project\\directory: is a directory"),
        arguments(FakeFiles.windows(), "a?b", "--config names no valid path"));
  }

  @ParameterizedTest
  @MethodSource
  void config_badFile_isAnErrorThatNamesIt(FakeFiles files, String value, String sentence)
      throws IOException {
    files.write("atmos.yaml", "local: 1");
    Files.createDirectories(files.path("directory"));
    assertThat(refusal(files, "atmos.yaml", value).sentence()).isEqualTo(sentence);
    environment.set("ATMOS_CONFIG", value);
    assertThat(refusal(files).sentence()).isEqualTo(sentence.replace("--config", "ATMOS_CONFIG"));
  }

  // ---- reading

  @Test
  void load_directoryInPlaceOfAFile_isAnError() throws IOException {
    FakeFiles files = FakeFiles.unix();
    Files.createDirectories(files.path("atmos.yaml"));
    assertThat(refusal(files).sentence())
        .isEqualTo("can't read /project/atmos.yaml: is a directory");
  }

  @Test
  void load_unreadableFile_isAnErrorThatSaysWhy() {
    FakeFiles files = FakeFiles.unix();
    FileReader denied =
        new FileReader() {
          @Override
          public Optional<byte[]> read(Path path, int limit) throws IOException {
            throw new IOException("permission denied");
          }

          @Override
          public boolean exists(Path path) {
            return true;
          }

          @Override
          public Optional<List<String>> list(Path directory) {
            return Optional.empty();
          }

          @Override
          public Path real(Path path) {
            return path;
          }
        };
    assertThat(
            failure(() ->
                    new ConfigLoader(files, environment, denied, NO_COMMANDS)
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
    Looks looks = new Looks();
    new ConfigLoader(files, environment, looks, NO_COMMANDS)
        .explain(options("one.yaml,empty.yaml"))
        .merged();
    assertThat(looks.limit).as("no more is read than is left").isEqualTo(3 * mebibyte);
  }

  @Test
  void load_again_seesTheFilesAsTheyWereAtFirst() {
    FakeFiles files = FakeFiles.unix();
    files.write("atmos.yaml", "a: 1");
    Looks looks = new Looks();
    ConfigLoader loader = new ConfigLoader(files, environment, looks, NO_COMMANDS);
    assertThat(loader.load(options(), Set.of("a")).keys()).containsExactly("a");
    files.write("atmos.yaml", "b: 1");
    looks.looks.clear();
    assertThat(loader.explain(options()).merged().keys()).containsExactly("a");
    assertThat(looks.looks).isEmpty();
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
    ConfigLoader loader = new ConfigLoader(files, environment, new PathFileReader(), NO_COMMANDS);
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
    ConfigLoader loader = new ConfigLoader(files, environment, new PathFileReader(), NO_COMMANDS);
    assertThat(writeWithPositions(loader.load(options("one.yaml,two.yaml"), Set.of("auth"))))
        .isEqualTo("{auth@3:1: {realm@4:3: two@4:10, x@4:3: 1@4:6}@4:3}@1:1");
  }

  @Test
  void load_sections_errorsElsewhereAreErrorsAllTheSame() {
    FakeFiles files = FakeFiles.unix();
    ConfigLoader loader = new ConfigLoader(files, environment, new PathFileReader(), NO_COMMANDS);
    files.write("atmos.yaml", "auth:\n  x: y\na:\n  b: 1\n  b: " + CANARY + "\n");
    assertThat(failure(() -> loader.load(options(), Set.of("auth"))).sentence())
        .isEqualTo(
            "/project/atmos.yaml:5:3: this key is a duplicate of the one in line 4\n"
                + "  5 |   b: ...");
    files.write("atmos.yaml", "auth:\n  x: y\nauth:\n  x: " + CANARY + "\n");
    assertThat(failure(() -> loader.load(options(), Set.of("auth"))).sentence())
        .startsWith("/project/atmos.yaml:3:1: this key is a duplicate of the one in line 1\n");
  }
}
