package dev.atmos.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.plugin.base.AtmosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What kubeconfig entries carry has to mean the same in every directory and in every shell. */
final class SelectedConfigTest {

  /** A way in which a configuration comes about. */
  record Layout(String name, Consumer<Scene> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Layout layout(String name, Consumer<Scene> make) {
    return new Layout(name, make);
  }

  private static final List<Layout> LAYOUTS =
      List.of(
          layout("nothing at all", scene -> scene.cd("/src/shop")),
          layout("a file here", scene -> scene.file("/src/shop/atmos.yaml").cd("/src/shop")),
          layout("a hidden file here", scene -> scene.file("/src/shop/.atmos.yml").cd("/src/shop")),
          layout(
              "everybody's, mine and the project's",
              scene ->
                  scene
                      .file("SYSTEM/atmos.yaml", "import: [more.yaml]")
                      .file("SYSTEM/more.yaml")
                      .file("SYSTEM/.atmos.d/no.yaml")
                      .file("~/.atmos/atmos.yaml")
                      .file("USER/atmos.yaml", "import: [mine.yaml]")
                      .file("USER/mine.yaml")
                      .file("USER/atmos.d/yes.yaml")
                      .file("/src/shop/atmos.yaml")
                      .cd("/src/shop")),
          layout(
              "above, and the repository's root",
              scene ->
                  scene
                      .directory("/src/.git")
                      .file("/src/atmos.yaml", "import: [a/b.yaml]")
                      .file("/src/a/b.yaml")
                      .file("/src/.atmos.d/root.yaml")
                      .file("/src/shop/atmos.yaml")
                      .cd("/src/shop/cart/api")),
          layout(
              "the root is the nearest above",
              scene ->
                  scene.directory("/src/.git").file("/src/atmos.yaml").cd("/src/shop/cart/api")),
          layout(
              "fragments of the root without a file beside them",
              scene ->
                  scene
                      .directory("/src/.git")
                      .file("USER/atmos.yaml")
                      .file("/src/.atmos.d/deep/b.yaml")
                      .file("/src/.atmos.d/a.yaml", "import: [../c.yaml]")
                      .file("/src/c.yaml")
                      .file("/src/atmos.d/d.yaml")
                      .file("/src/shop/atmos.yaml")
                      .cd("/src/shop")),
          layout(
              "fragments of the root and nothing else",
              scene ->
                  scene.directory("/src/.git").file("/src/atmos.d/d.yaml").cd("/src/shop/cart")),
          layout(
              "a root without a file, and not wanted",
              scene ->
                  scene
                      .directory("/src/.git")
                      .file("/src/.atmos.d/a.yaml")
                      .file("/src/shop/atmos.yaml")
                      .env("ATMOS_GIT_ROOT_BASEPATH", "false")
                      .cd("/src/shop")),
          layout(
              "one directory more",
              scene ->
                  scene
                      .file("/etc/team/atmos.yaml")
                      .file("/src/atmos.yaml")
                      .file("/src/shop/atmos.yaml")
                      .env("ATMOS_CLI_CONFIG_PATH", "../team/../../etc/team")
                      .cd("/src/shop")),
          layout(
              "a relative base path of a file",
              scene ->
                  scene
                      .file("/src/shop/atmos.yaml", "base_path: ../lib", "import: ['*.yaml']")
                      .file("/src/lib/one.yaml")
                      .file("/src/lib/two.yaml")
                      .cd("/src/shop")),
          layout(
              "a base path for all files",
              scene ->
                  scene
                      .file("/src/shop/atmos.yaml", "import: [one.yaml]")
                      .file("/src/lib/one.yaml")
                      .env("ATMOS_BASE_PATH", "../lib")
                      .cd("/src/shop")),
          layout(
              "a base path of the command line",
              scene ->
                  scene
                      .file("/src/shop/atmos.yaml", "import: [one.yaml]")
                      .file("/src/lib/one.yaml")
                      .basePath("../lib")
                      .cd("/src/shop")),
          layout(
              "files that are named",
              scene ->
                  scene
                      .file("/src/a.yaml")
                      .file("/src/b/x.yaml", "import: [y.yaml]")
                      .file("/src/b/y.yaml")
                      .file("/src/c/atmos.yml")
                      .file("/src/c/.atmos.d/z.yaml")
                      .file("/src/shop/atmos.yaml")
                      .config("../a.yaml,../b/x.yaml")
                      .configPath("../c")
                      .cd("/src/shop")),
          layout(
              "files that variables name",
              scene ->
                  scene
                      .file("/src/a.yaml")
                      .file("/src/c/atmos.yml")
                      .env("ATMOS_CONFIG", "../a.yaml")
                      .env("ATMOS_CONFIG_PATH", "../c")
                      .cd("/src/shop")),
          layout(
              "no files, by a variable",
              scene -> scene.file("/src/shop/atmos.yaml").env("ATMOS_CONFIG", "").cd("/src/shop")),
          layout(
              "a profile beside the file",
              scene ->
                  scene
                      .file("/src/shop/atmos.yaml")
                      .file("/src/shop/profiles/ci/a.yaml", "import: [../../b.yaml]")
                      .file("/src/shop/b.yaml")
                      .env("ATMOS_PROFILE", "ci")
                      .cd("/src/shop")),
          layout(
              "several profiles in several places",
              scene ->
                  scene
                      .file("USER/atmos.yaml")
                      .file("USER/profiles/mine/a.yaml")
                      .file("USER/.atmos/profiles/ci/wrong.yaml")
                      .file("/src/shop/atmos.yaml")
                      .file("/src/shop/profiles/ci/right.yaml")
                      .profile("ci,mine")
                      .cd("/src/shop")),
          layout(
              "a profile of the user's that the machine's would hide",
              scene ->
                  scene
                      .file("SYSTEM/atmos.yaml")
                      .file("SYSTEM/.atmos/profiles/ci/wrong.yaml")
                      .file("USER/profiles/ci/right.yaml")
                      .file("/src/shop/atmos.yaml")
                      .env("ATMOS_PROFILE", "ci")
                      .cd("/src/shop")),
          layout(
              "a profile without any file",
              scene ->
                  scene
                      .file("/src/shop/.atmos/profiles/ci/a.yaml")
                      .env("ATMOS_PROFILE", "ci")
                      .cd("/src/shop")),
          layout(
              "a profile of mine without any file",
              scene ->
                  scene
                      .file("USER/profiles/ci/right.yaml")
                      .file("/elsewhere/profiles/ci/wrong.yaml")
                      .file("/elsewhere/.atmos/profiles/ci/wrong.yaml")
                      .profile("ci")
                      .cd("/src/shop")),
          layout(
              "a profile that the file names, in a place that it names",
              scene ->
                  scene
                      .file(
                          "/src/shop/atmos.yaml", "profiles: {default: ci, base_path: ../profiles}")
                      .file("USER/atmos.yaml")
                      .file("USER/../profiles/ci/wrong.yaml")
                      .file("/src/profiles/ci/right.yaml")
                      .cd("/src/shop")),
          layout(
              "a profile that the file's variables name",
              scene ->
                  scene
                      .file("/src/shop/atmos.yaml", "env: {ATMOS_PROFILE: ci}")
                      .file("/src/shop/profiles/ci/right.yaml")
                      .cd("/src/shop")));

  static Stream<Arguments> layouts() {
    List<Arguments> all = new ArrayList<>();
    for (Layout layout : LAYOUTS) {
      Scene.views().forEach(scene -> all.add(Arguments.of(layout, scene)));
    }
    return all.stream();
  }

  private static Map<String, String> variables(Scene scene) {
    return scene.loader().selection(scene.options()).variables();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layouts")
  void variables_inAnotherDirectoryAndAHostileShell_makeTheSameConfiguration(
      Layout layout, Scene scene) {
    layout.make().accept(scene);
    List<String> before = scene.order();
    Map<String, String> variables = variables(scene);

    scene
        .file("/elsewhere/atmos.yaml")
        .file("/elsewhere/.atmos.d/a.yaml")
        .file("/other/atmos.yaml")
        .file("/elsewhere/profiles/prod/a.yaml")
        .cd("/elsewhere")
        .config()
        .configPath()
        .profile()
        .basePath(null);
    Map.of(
            "ATMOS_CONFIG", "/other/atmos.yaml",
            "ATMOS_CONFIG_PATH", "/other",
            "ATMOS_CLI_CONFIG_PATH", "/other",
            "ATMOS_BASE_PATH", "/other",
            "ATMOS_PROFILE", "prod",
            "ATMOS_AUTH_REALM", "other",
            "ATMOS_GIT_ROOT_BASEPATH", "true")
        .forEach(scene::env);
    variables.forEach(scene::env);

    assertThat(scene.order()).isEqualTo(before);
    assertThat(variables(scene)).as("said again").isEqualTo(variables);
  }

  @Test
  void variables_ofAProject_nameItsFilesInOrder() {
    Scene scene =
        Scene.unix()
            .file("USER/atmos.yaml", "auth: {realm: mine}")
            .directory("/src/.git")
            .file("/src/.atmos.d/a.yaml")
            .file("/src/shop/atmos.yaml")
            .file("/src/shop/profiles/ci/a.yaml", "auth: {realm: shop}")
            .profile("ci")
            .cd("/src/shop");

    assertThat(variables(scene))
        .containsExactly(
            Map.entry(
                "ATMOS_CONFIG",
                "/home/dev/.config/atmos/atmos.yaml,/src/.atmos.d,/src/shop/atmos.yaml"),
            Map.entry("ATMOS_CONFIG_PATH", ""),
            Map.entry("ATMOS_CHDIR", ""),
            Map.entry("ATMOS_BASE_PATH", ""),
            Map.entry("ATMOS_PROFILE", "ci"),
            Map.entry("ATMOS_AUTH_REALM", "shop"));
  }

  private static final String MINE =
      """
      auth:
        providers:
          corp: {kind: p, start_url: x}
        identities:
          mine: {kind: i, via: {provider: CORP}}
      """;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          theirs: {kind: i}                  | mine   | USER
          theirs: {kind: i}                  | Mine   | USER
          theirs: {kind: i}                  |        | USER
          theirs: {kind: i}                  | theirs | BOTH
          theirs: {via: {identity: mine}}    | theirs | BOTH
          mine: {account: "111122223333"}    | mine   | BOTH
          mine: {via: {identity: theirs}}    | mine   | BOTH
          """,
      delimiter = '|')
  void variablesOfAnIdentity_nameAStrangersFileOnlyWhereItIsNeeded(
      String theirs, @Nullable String identity, String named) {
    Scene scene =
        Scene.unix()
            .env("ATMOS_TRUSTED_PATHS", "")
            .file("USER/atmos.yaml", MINE)
            .file("/src/atmos.yaml", "auth:\n  realm: r\n  identities:\n    " + theirs + "\n")
            .cd("/src");
    Map<String, String> variables = scene.loader().selection(scene.options()).variablesOf(identity);
    assertThat(variables)
        .containsEntry("ATMOS_AUTH_REALM", "r")
        .containsEntry(
            "ATMOS_CONFIG",
            "/home/dev/.config/atmos/atmos.yaml"
                + (named.equals("USER") ? "" : ",/src/atmos.yaml"));
  }

  @Test
  void variablesOfAnIdentity_inTheProfileOfAStranger_nameItOnlyWhereItIsNeeded() {
    Scene scene =
        Scene.unix()
            .env("ATMOS_TRUSTED_PATHS", "")
            .file("USER/atmos.yaml", MINE)
            .file("/src/atmos.yaml", "x: 1")
            .file("/src/profiles/ci/a.yaml", "auth: {identities: {theirs: {kind: i}}}")
            .env("ATMOS_PROFILE", "ci")
            .cd("/src");
    assertThat(scene.loader().selection(scene.options()).variablesOf("mine"))
        .containsEntry("ATMOS_CONFIG", "/home/dev/.config/atmos/atmos.yaml")
        .containsEntry("ATMOS_PROFILE", "");
    assertThat(scene.loader().selection(scene.options()).variablesOf("theirs"))
        .isEqualTo(variables(scene));
  }

  @Test
  void variables_ofNothing_areAllEmpty() {
    assertThat(variables(Scene.unix().cd("/src")).values()).containsOnly("").hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("dev.atmos.cli.config.Scene#views")
  void realm_byRank_isTheVariableElseTheFilesVariableElseTheSections(Scene scene) {
    scene.file("/src/atmos.yaml", "auth: {realm: c}", "env: {ATMOS_AUTH_REALM: b}").cd("/src");
    assertThat(variables(scene)).containsEntry("ATMOS_AUTH_REALM", "b");
    scene.env("ATMOS_AUTH_REALM", "");
    assertThat(variables(scene)).containsEntry("ATMOS_AUTH_REALM", "c");
    scene.env("ATMOS_AUTH_REALM", "a");
    assertThat(variables(scene)).containsEntry("ATMOS_AUTH_REALM", "a");
  }

  @Test
  void path_withAComma_isRefused() {
    Scene scene = Scene.unix().file("/src/a,b/atmos.yaml").cd("/src/a,b");

    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(() -> variables(scene))
        .withMessage(
            "/src/a,b/atmos.yaml has a comma in its path, so that no variable can name it");
  }

  @Test
  void profile_byItsPath_isTakenFromTheVariableOnly() {
    Scene scene = Scene.unix().file("/src/profiles/ci/a.yaml").cd("/elsewhere");

    assertThat(scene.env("ATMOS_PROFILE", "/src/profiles/ci").order())
        .containsExactly("/src/profiles/ci/a.yaml");
    assertThat(scene.env("ATMOS_PROFILE", "/src/profiles/no").problem())
        .startsWith("there is no profile '/src/profiles/no', which ATMOS_PROFILE names");
    assertThat(scene.env("ATMOS_PROFILE", "src/profiles/ci").problem())
        .startsWith("ATMOS_PROFILE has a path where the name of a profile is needed");
    assertThat(scene.profile("/src/profiles/ci").problem())
        .startsWith("--profile has a path where the name of a profile is needed");
    scene.profile().env("ATMOS_PROFILE", "");
    scene.file("/elsewhere/atmos.yaml", "profiles: {default: /src/profiles/ci}");
    assertThat(scene.problem()).contains("has a path where the name of a profile is needed");
  }
}
