package dev.atmos.cli.config.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.config.Scene;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where files are looked for, and in which order they count. */
class SearchTest {

  static Stream<Scene> views() {
    return Scene.views();
  }

  /** The file, and around it all that it can take in. */
  private static void fileWithAll(Scene scene, String directory) {
    scene.file(directory + "atmos.yaml", "import: [first, second]");
    scene.file(directory + "first.yaml");
    scene.file(directory + "second.yaml");
    scene.file(directory + "atmos.d/b.yaml");
    scene.file(directory + "atmos.d/a.yml");
    scene.file(directory + "atmos.d/deeper/a.yaml");
    scene.file(directory + ".atmos.d/c.yaml");
  }

  private static List<String> all(String directory) {
    return Stream.of(
            "atmos.d/a.yml",
            "atmos.d/b.yaml",
            "atmos.d/deeper/a.yaml",
            ".atmos.d/c.yaml",
            "first.yaml",
            "second.yaml",
            "atmos.yaml")
        .map(directory::concat)
        .toList();
  }

  // ---- the places

  @ParameterizedTest
  @MethodSource("views")
  void search_places_rankFromTheSystemToTheRepositorysRoot(Scene scene) {
    scene.cd("/repo/a/b/c").directory("/repo/.git");
    scene
        .file("/repo/atmos.yaml")
        .file("/repo/a/atmos.yaml")
        .file("USER/atmos.yaml")
        .file("~/.atmos/atmos.yaml")
        .file("SYSTEM/atmos.yaml");
    assertThat(scene.order())
        .containsExactly(
            "SYSTEM/atmos.yaml",
            "~/.atmos/atmos.yaml",
            "USER/atmos.yaml",
            "/repo/a/atmos.yaml",
            "/repo/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_workingDirectory_outranksTheUserAndReplacesTheDirectoriesAbove(Scene scene) {
    scene.cd("/repo/a/b").directory("/repo/.git");
    scene
        .file("/repo/atmos.yaml")
        .file("/repo/a/atmos.yaml")
        .file("/repo/a/b/atmos.yaml")
        .file("USER/atmos.yaml")
        .file("~/.atmos/atmos.yaml")
        .file("SYSTEM/atmos.yaml");
    assertThat(scene.order())
        .containsExactly(
            "SYSTEM/atmos.yaml", "~/.atmos/atmos.yaml", "USER/atmos.yaml", "/repo/a/b/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_cliConfigPath_outranksTheWorkingDirectoryAndReplacesTheDirectoriesAbove(Scene scene) {
    scene.cd("/repo/a/b").directory("/repo/.git");
    scene.file("/repo/atmos.yaml").file("/repo/a/atmos.yaml").file("/else/atmos.yaml");
    scene.file("USER/atmos.yaml");
    scene.env("ATMOS_CLI_CONFIG_PATH", scene.shown("/else"));
    assertThat(scene.order()).containsExactly("USER/atmos.yaml", "/else/atmos.yaml");
    scene.file("/repo/a/b/atmos.yaml");
    assertThat(scene.order())
        .containsExactly("USER/atmos.yaml", "/repo/a/b/atmos.yaml", "/else/atmos.yaml");
    assertThat(scene.env("ATMOS_CLI_CONFIG_PATH", "../../../else").order())
        .as("relative to the working directory")
        .endsWith("/else/atmos.yaml");
    assertThat(scene.env("ATMOS_CLI_CONFIG_PATH", "").order())
        .as("empty is not set")
        .containsExactly("USER/atmos.yaml", "/repo/a/b/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void cliConfigPath_withoutFile_isSilentButMustNotBeAFile(Scene scene) {
    scene.file("/repo/atmos.yaml").cd("/repo/a");
    scene.env("ATMOS_CLI_CONFIG_PATH", "missing");
    assertThat(scene.order()).as("and what is above is left out all the same").isEmpty();
    scene.directory("/repo/a/empty").env("ATMOS_CLI_CONFIG_PATH", "empty");
    assertThat(scene.order()).isEmpty();
    scene.env("ATMOS_CLI_CONFIG_PATH", scene.shown("/repo/atmos.yaml"));
    assertThat(scene.problem())
        .isEqualTo("/repo/atmos.yaml that ATMOS_CLI_CONFIG_PATH names is not a directory");
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_fileWithAll_ranksFragmentsBelowImportsBelowItself(Scene scene) {
    scene.cd("/work");
    fileWithAll(scene, "/work/");
    fileWithAll(scene, "USER/");
    fileWithAll(scene, "~/.atmos/");
    assertThat(scene.order())
        .isEqualTo(
            Stream.of("~/.atmos/", "USER/", "/work/").flatMap(at -> all(at).stream()).toList());
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_system_takesInNothing(Scene scene) {
    fileWithAll(scene, "SYSTEM/");
    assertThat(scene.order()).containsExactly("SYSTEM/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_repositorysFragments_rankRightBelowTheFirstFileOfTheProject(Scene scene) {
    scene.cd("/repo/a/b").directory("/repo/.git");
    scene.file("/repo/atmos.d/x.yaml").file("/repo/.atmos.d/x.yaml");
    scene.file("USER/atmos.yaml");
    assertThat(scene.order())
        .as("also without a file of the project")
        .containsExactly("USER/atmos.yaml", "/repo/atmos.d/x.yaml", "/repo/.atmos.d/x.yaml");
    scene.file("/repo/a/b/atmos.yaml").file("/repo/a/b/atmos.d/y.yaml");
    assertThat(scene.order())
        .as("once, also where the directories above are left out")
        .containsExactly(
            "USER/atmos.yaml",
            "/repo/atmos.d/x.yaml",
            "/repo/.atmos.d/x.yaml",
            "/repo/a/b/atmos.d/y.yaml",
            "/repo/a/b/atmos.yaml");
    scene.file("/else/atmos.yaml").env("ATMOS_CLI_CONFIG_PATH", scene.shown("/else"));
    assertThat(scene.order())
        .endsWith("/repo/a/b/atmos.yaml", "/else/atmos.yaml")
        .startsWith("USER/atmos.yaml", "/repo/atmos.d/x.yaml");
    scene.env("ATMOS_GIT_ROOT_BASEPATH", "false");
    assertThat(scene.order())
        .containsExactly(
            "USER/atmos.yaml",
            "/repo/a/b/atmos.d/y.yaml",
            "/repo/a/b/atmos.yaml",
            "/else/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_repositorysFragments_lieAroundItsOwnFileWhereThatCounts(Scene scene) {
    scene.cd("/repo/a/b").directory("/repo/.git");
    scene.file("/repo/atmos.d/x.yaml").file("/repo/atmos.yaml").file("/repo/a/atmos.yaml");
    assertThat(scene.order())
        .containsExactly("/repo/a/atmos.yaml", "/repo/atmos.d/x.yaml", "/repo/atmos.yaml");
    assertThat(scene.cd("/repo").order())
        .containsExactly("/repo/atmos.d/x.yaml", "/repo/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_noFileAtAll_stillReadsTheRepositorysFragments(Scene scene) {
    scene.cd("/repo/a").directory("/repo/.git").file("/repo/.atmos.d/x.yaml");
    assertThat(scene.order()).containsExactly("/repo/.atmos.d/x.yaml");
    assertThat(scene.env("ATMOS_CONFIG", "").order()).as("no search at all").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_fragmentsWithoutTheirFile_onlyLeaveOutTheDirectoriesAbove(Scene scene) {
    scene.file("/repo/a/atmos.d/x.yaml").file("/repo/atmos.yaml").cd("/repo/a");
    assertThat(scene.order()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_directoriesAbove_countOnlyTheNearestAndTheRoot(Scene scene) {
    scene.cd("/x/repo/a/b/c").directory("/x/repo/.git");
    scene
        .file("/x/repo/a/b/atmos.yaml")
        .file("/x/repo/a/atmos.yaml")
        .file("/x/repo/atmos.yaml")
        .file("/x/atmos.yaml");
    assertThat(scene.order()).containsExactly("/x/repo/a/b/atmos.yaml", "/x/repo/atmos.yaml");
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
    "'',             '',                 ''"
  })
  void search_repository_addsItsRoot(String root, String directories, String read) {
    for (Scene scene : Scene.views().toList()) {
      scene.cd("/x/repo/a/b");
      if (!root.isEmpty()) {
        // In a worktree it is a file.
        scene.text(root + "/.git", "gitdir: elsewhere");
      }
      for (String directory : directories.split(" ", -1)) {
        scene.file(directory + "/atmos.yaml");
      }
      assertThat(scene.order())
          .containsExactly((read.replace(" ", "/atmos.yaml ") + "/atmos.yaml").split(" ", -1));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "FALSE, 1", "true, 2", "'', 2"})
  void search_repositoryRoot_canBeLeftOut(String value, int files) {
    for (Scene scene : Scene.views().toList()) {
      scene.cd("/repo/a/b").directory("/repo/.git");
      scene.file("/repo/a/atmos.yaml").file("/repo/atmos.yaml");
      assertThat(scene.env("ATMOS_GIT_ROOT_BASEPATH", value).order())
          .isEqualTo(List.of("/repo/a/atmos.yaml", "/repo/atmos.yaml").subList(0, files));
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_directoriesAbove_endWithTheRootOfTheFileSystem(Scene scene) {
    scene.file("/atmos.yaml");
    assertThat(scene.cd("/a/b").order()).as("the nearest above").containsExactly("/atmos.yaml");
    assertThat(scene.cd("/").order()).as("the working directory").containsExactly("/atmos.yaml");
    assertThat(scene.directory("/.git").cd("/a").order())
        .as("and the repository's root")
        .containsExactly("/atmos.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {".atmos/", ".atmos.d/", "atmos.d/", ".atmos.yaml", ".atmos.yml"})
  void search_directoryWithConfigurationOfItsOwn_leavesOutThoseAbove(String indicator) {
    for (Scene scene : Scene.views().toList()) {
      scene.file("/repo/atmos.yaml").cd("/repo/a");
      assertThat(scene.order()).containsExactly("/repo/atmos.yaml");
      if (indicator.endsWith("/")) {
        scene.directory("/repo/a/" + indicator);
      } else {
        scene.text("/repo/a/" + indicator, "");
      }
      assertThat(scene.order()).isEmpty();
    }
  }

  // ---- names

  @ParameterizedTest
  @MethodSource("views")
  void search_namesInADirectory_haveTheirOrder(Scene scene) {
    scene.cd("/repo/a/b").directory("/repo/.git");
    List<String> places =
        List.of("SYSTEM/", "~/.atmos/", "USER/", "/repo/a/", "/repo/", "/repo/a/b/", "/else/");
    for (String name : List.of(".atmos.yml", ".atmos.yaml", "atmos.yml", "atmos.yaml")) {
      for (String place : places.subList(0, 5)) {
        scene.file(place + name);
      }
      assertThat(scene.order())
          .containsExactly(
              "SYSTEM/" + name,
              "~/.atmos/" + name,
              "USER/" + name,
              "/repo/a/" + name,
              "/repo/" + name);
    }
    for (String name : List.of(".atmos.yml", ".atmos.yaml", "atmos.yml", "atmos.yaml")) {
      scene.file("/repo/a/b/" + name).file("/else/" + name);
      scene.env("ATMOS_CLI_CONFIG_PATH", scene.shown("/else"));
      assertThat(scene.order()).endsWith("/repo/a/b/" + name, "/else/" + name).hasSize(5);
      Scene named = scene.isWindows() ? Scene.windows() : Scene.unix();
      assertThat(named.file("/else/" + name).configPath(named.shown("/else")).order())
          .containsExactly("/else/" + name);
    }
  }

  // ---- once

  @ParameterizedTest
  @MethodSource("views")
  void search_fileThatIsFoundTwice_countsOnceAtItsHigherRank(Scene scene) {
    scene.file("~/.atmos/atmos.yaml").file("USER/atmos.yaml").cd("~/.atmos/x");
    assertThat(scene.order()).containsExactly("USER/atmos.yaml", "~/.atmos/atmos.yaml");
    assertThat(scene.cd("~/.atmos").order())
        .containsExactly("USER/atmos.yaml", "~/.atmos/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void search_fileThatIsFoundAndImported_countsOnceAtItsHigherRank(Scene scene) {
    scene.file("USER/atmos.yaml", "import: team").file("USER/team.yaml");
    scene.file("atmos.yaml", "import: ['" + scene.shown("USER/team.yaml") + "']");
    assertThat(scene.order()).containsExactly("USER/atmos.yaml", "USER/team.yaml", "atmos.yaml");
  }

  // ---- the rest

  @ParameterizedTest
  @MethodSource("views")
  void search_withoutHome_readsTheRest(Scene scene) {
    scene.file("~/.atmos/atmos.yaml").file("USER/atmos.yaml").file("SYSTEM/atmos.yaml");
    scene.file("/project/atmos.yaml").files().withoutHome();
    assertThat(scene.order()).containsExactly("SYSTEM/atmos.yaml", "/project/atmos.yaml");
  }

  @Test
  void search_withoutAnything_looksAtFewPaths() {
    Scene scene = Scene.unix();
    scene.load("auth");
    assertThat(scene.looks())
        .containsExactly(
            "/usr/local/etc/atmos",
            "/home/dev/.atmos",
            "/home/dev/.config/atmos",
            "/project/atmos.yaml",
            "/project/atmos.yml",
            "/project/.atmos.yaml",
            "/project/.atmos.yml",
            "/project/.git",
            "/.git",
            "/project/.atmos.d",
            "/project/atmos.d",
            "/project/.atmos",
            "/atmos.yaml",
            "/atmos.yml",
            "/.atmos.yaml",
            "/.atmos.yml");
  }

  @Test
  void search_fileWithoutImports_looksAtFewPaths() {
    Scene scene = Scene.unix().file("/project/atmos.yaml").directory("/project/.git");
    scene.load("auth");
    assertThat(scene.looks())
        .containsExactly(
            "/usr/local/etc/atmos",
            "/home/dev/.atmos",
            "/home/dev/.config/atmos",
            "/project/atmos.yaml",
            "/project/.git",
            "/project/.atmos.d",
            "/project/atmos.d");
    scene.config("atmos.yaml").load("auth");
    assertThat(scene.looks())
        .containsExactly("/project/atmos.yaml", "/project/.atmos.d", "/project/atmos.d");
    scene.env("ATMOS_CONFIG", "").config().load("auth");
    assertThat(scene.looks()).isEmpty();
  }

  @Test
  void load_ofMoreSections_looksAtNothingAgain() {
    Scene scene = Scene.unix().file("atmos.yaml", "import: x", "auth: {realm: r}").file("x.yaml");
    ConfigLoader loader = scene.loader();
    assertThat(loader.load(scene.options(), Set.of("auth")).keys())
        .containsExactlyInAnyOrder("import", "auth");
    List<String> looks = scene.looks();
    scene.text("atmos.yaml", "changed: 1");
    ConfigMap more = loader.load(scene.options(), Set.of("auth", "trace"));
    assertThat(more.keys()).as("as they were at first").contains("trace", "auth", "import");
    assertThat(scene.looks()).isEqualTo(looks);
  }

  // ---- --config, --config-path and their variables

  @ParameterizedTest
  @MethodSource("views")
  void named_files_replaceTheSearch(Scene scene) {
    scene.file("atmos.yaml").file("one.yaml").file("deep/two.yaml").file("USER/atmos.yaml");
    scene.file("deep/atmos.d/x.yaml").directory(".git").file("atmos.d/repo.yaml");
    assertThat(scene.config("deep/two.yaml").order())
        .as("with what lies around it")
        .containsExactly("deep/atmos.d/x.yaml", "deep/two.yaml");
    scene.file("else/atmos.yaml").file("deep/.atmos.yml");
    assertThat(scene.config("deep/two.yaml,else/atmos.yaml").configPath("deep").order())
        .containsExactly(
            "deep/two.yaml", "else/atmos.yaml", "deep/atmos.d/x.yaml", "deep/.atmos.yml");
    assertThat(scene.config("else/atmos.yaml").configPath("else,deep", "else").order())
        .as("each counts once")
        .containsExactly("deep/atmos.d/x.yaml", "deep/.atmos.yml", "else/atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void named_byVariables_isNamedInTheSameWay(Scene scene) {
    scene.file("one.yaml").file("two.yaml").file("deep/atmos.yaml").file("deeper/atmos.yml");
    scene.env("ATMOS_CONFIG", "two.yaml,one.yaml");
    assertThat(scene.order()).containsExactly("two.yaml", "one.yaml");
    scene.env("ATMOS_CONFIG_PATH", "deeper,deep");
    assertThat(scene.order())
        .containsExactly("two.yaml", "one.yaml", "deeper/atmos.yml", "deep/atmos.yaml");
    assertThat(scene.env("ATMOS_CONFIG", "").order())
        .containsExactly("deeper/atmos.yml", "deep/atmos.yaml");
    assertThat(scene.config("one.yaml").order())
        .as("an option takes the place of both")
        .containsExactly("one.yaml");
    assertThat(scene.config().configPath("deep").order()).containsExactly("deep/atmos.yaml");
    scene.file("atmos.yaml").configPath().env("ATMOS_CONFIG", "").env("ATMOS_CONFIG_PATH", "");
    assertThat(scene.order()).as("no file and no search").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("views")
  void named_inTheHomeDirectory_isFound(Scene scene) {
    scene.file("~/x/atmos.yaml");
    assertThat(scene.config("~/x/atmos.yaml").order()).containsExactly("~/x/atmos.yaml");
    assertThat(scene.config().configPath("~/x").order()).containsExactly("~/x/atmos.yaml");
  }

  static Stream<Arguments> named_badValue_isRefused() {
    return Stream.of(
        Arguments.of("", "has an empty value where the path of a # is needed"),
        Arguments.of(" ", "has an empty value where the path of a # is needed"),
        Arguments.of("good,", "has an empty value where the path of a # is needed"),
        Arguments.of(",good", "has an empty value where the path of a # is needed"),
        Arguments.of("a\u0000b", "doesn't name a valid path"));
  }

  @ParameterizedTest
  @MethodSource
  void named_badValue_isRefused(String value, String problem) {
    String file = problem.replace("#", "file");
    String directory = problem.replace("#", "directory");
    for (Scene scene : Scene.views().toList()) {
      scene.file("good/atmos.yaml");
      String files = value.replace("good", "good/atmos.yaml");
      assertThat(scene.config(files).problem()).isEqualTo("--config " + file);
      assertThat(scene.config().configPath(value).problem())
          .isEqualTo("--config-path " + directory);
      scene.configPath();
      if (!value.isEmpty()) {
        scene.env("ATMOS_CONFIG_PATH", value);
        assertThat(scene.problem()).isEqualTo("ATMOS_CONFIG_PATH " + directory);
        scene.env("ATMOS_CONFIG", files);
        assertThat(scene.problem()).isEqualTo("ATMOS_CONFIG " + file);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void named_whatIsNotThere_isRefused(Scene scene) {
    scene.file("atmos.yaml").directory("empty");
    assertThat(scene.config("atmos.yaml", "missing").problem())
        .isEqualTo("the file /project/missing that --config names doesn't exist");
    assertThat(scene.config("empty").problem())
        .isEqualTo("can't read /project/empty: is a directory");
    scene.config();
    assertThat(scene.configPath("missing").problem())
        .isEqualTo("the directory /project/missing that --config-path names doesn't exist");
    assertThat(scene.configPath("empty").problem())
        .isEqualTo("the directory /project/empty that --config-path names has no atmos.yaml");
    assertThat(scene.configPath("atmos.yaml").problem())
        .isEqualTo("/project/atmos.yaml that --config-path names is not a directory");
    scene.configPath().env("ATMOS_CONFIG_PATH", "empty");
    assertThat(scene.problem())
        .isEqualTo("the directory /project/empty that ATMOS_CONFIG_PATH names has no atmos.yaml");
    scene.env("ATMOS_CONFIG", "missing");
    assertThat(scene.problem())
        .isEqualTo("the file /project/missing that ATMOS_CONFIG names doesn't exist");
  }

  @ParameterizedTest
  @MethodSource("views")
  void basePath_thatIsNoDirectory_isRefused(Scene scene) {
    scene.file("atmos.yaml");
    assertThat(scene.basePath("missing").problem())
        .isEqualTo("the directory /project/missing that --base-path names doesn't exist");
    assertThat(scene.basePath("atmos.yaml").problem())
        .isEqualTo("/project/atmos.yaml that --base-path names is not a directory");
    assertThat(scene.basePath("").problem())
        .isEqualTo("--base-path has an empty value where the path of a directory is needed");
    assertThat(scene.basePath("a\u0000b").problem())
        .isEqualTo("--base-path doesn't name a valid path");
    scene.basePath(null).env("ATMOS_BASE_PATH", "missing");
    assertThat(scene.problem())
        .isEqualTo("the directory /project/missing that ATMOS_BASE_PATH names doesn't exist");
    assertThat(scene.basePath(".").order()).as("the option counts").containsExactly("atmos.yaml");
    assertThat(scene.basePath(null).env("ATMOS_BASE_PATH", "").order())
        .containsExactly("atmos.yaml");
  }

  @Test
  void search_brokenLinkInPlaceOfAFile_isRefused() {
    Scene scene = Scene.unix().link("/project/atmos.yaml", "/nowhere");
    assertThat(scene.problem()).isEqualTo("can't read /project/atmos.yaml: is a link to nothing");
  }
}
