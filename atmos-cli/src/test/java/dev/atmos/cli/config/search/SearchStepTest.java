package dev.atmos.cli.config.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Scene;
import dev.atmos.cli.config.Trees;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of the search. */
class SearchStepTest {

  static List<Scene> views() {
    return Scene.views().toList();
  }

  private static String user(Scene scene) {
    return scene.plain(scene.shown("USER/"));
  }

  private static String system(Scene scene) {
    return scene.plain(scene.shown("SYSTEM/"));
  }

  private static String home(Scene scene) {
    return scene.plain(scene.shown("~/"));
  }

  @ParameterizedTest
  @MethodSource("views")
  void steps_ofNothing_areThePlaces(Scene scene) {
    assertThat(scene.cd("/a/b").steps())
        .containsExactly(
            "ABSENT " + system(scene) + " (the system): no atmos.yaml",
            "ABSENT " + home(scene) + "/.atmos (the home directory): no atmos.yaml",
            "ABSENT " + user(scene) + " (the user's configuration): no atmos.yaml",
            "ABSENT /a (the nearest directory above): no atmos.yaml",
            "ABSENT /a/b (the working directory): no atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void steps_ofEverything_areInTheOrderOfRanksWithWhatEachTakesInBeforeIt(Scene scene) {
    scene.cd("/repo/a").directory("/repo/.git").file("/repo/atmos.d/r.yaml");
    scene.file("SYSTEM/atmos.yaml", "import: x");
    scene.file("USER/atmos.yaml", "import: [team, 'none*']").file("USER/team.yaml", "import: deep");
    scene.file("USER/deep.yaml");
    scene.file("/repo/a/atmos.yaml", "import: ['" + scene.shown("USER/deep.yaml") + "']");
    scene.file("/repo/a/.atmos.d/f.yaml").directory("/repo/a/atmos.d");
    scene.file("/repo/a/profiles/p/y.yaml");
    scene.directory("/repo/a/profiles/q").profile("q,p");
    String provisioned = "~/.cache/atmos/auth/sso/provisioned-identities.yaml";
    scene.file(
        "/repo/a/profiles/p/x.yaml",
        "auth: {providers: {sso: {auto_provision_identities: true}}}",
        "import: y");
    scene.text(provisioned, "auth: {}");
    assertThat(scene.steps())
        .containsExactly(
            "MERGED " + scene.plain(scene.shown(provisioned)) + " (what the provider sso offers)",
            "  SKIPPED "
                + system(scene)
                + "/atmos.yaml (import): what the system's configuration imports is not read",
            "MERGED " + system(scene) + "/atmos.yaml (the system)",
            "ABSENT " + home(scene) + "/.atmos (the home directory): no atmos.yaml",
            "  ABSENT " + user(scene) + "/atmos.d (atmos.d)",
            "  ABSENT " + user(scene) + "/.atmos.d (.atmos.d)",
            "    SKIPPED "
                + user(scene)
                + "/deep.yaml (import): merged further down, at a higher rank",
            "  MERGED " + user(scene) + "/team.yaml (import)",
            "  ABSENT "
                + (scene.isWindows() ? user(scene) : user(scene) + "/none*")
                + " (import): no YAML file matches none*",
            "MERGED " + user(scene) + "/atmos.yaml (the user's configuration)",
            "MERGED /repo/atmos.d/r.yaml (atmos.d of the repository's root)",
            "ABSENT /repo/.atmos.d (.atmos.d of the repository's root)",
            "SKIPPED /repo (the nearest directory above): the working directory has configuration"
                + " of its own",
            "SKIPPED /repo (the repository's root): the working directory has configuration of its"
                + " own",
            "  ABSENT /repo/a/atmos.d (atmos.d): no YAML file in it",
            "  MERGED /repo/a/.atmos.d/f.yaml (.atmos.d)",
            "  MERGED " + user(scene) + "/deep.yaml (import)",
            "MERGED /repo/a/atmos.yaml (the working directory)",
            "ABSENT /repo/a/profiles/q (the profile q): no YAML file in it",
            "  SKIPPED /repo/a/profiles/p/y.yaml (import): merged further down, at a higher rank",
            "MERGED /repo/a/profiles/p/x.yaml (the profile p)",
            "MERGED /repo/a/profiles/p/y.yaml (the profile p)");
  }

  @ParameterizedTest
  @MethodSource("views")
  void steps_ofFilesThatAreFoundTwice_sayWhereTheyCount(Scene scene) {
    scene.cd("~/.atmos").file("~/.atmos/atmos.yaml");
    assertThat(scene.steps())
        .contains(
            "SKIPPED "
                + home(scene)
                + "/.atmos/atmos.yaml (the home directory): merged further down, at a higher rank",
            "MERGED " + home(scene) + "/.atmos/atmos.yaml (the working directory)");
  }

  @ParameterizedTest
  @MethodSource("views")
  void steps_withTheVariable_sayWhatItRulesOut(Scene scene) {
    scene.cd("/repo/a").directory("/repo/.git").env("ATMOS_CLI_CONFIG_PATH", "x");
    assertThat(scene.steps())
        .endsWith(
            "ABSENT /repo/atmos.d (atmos.d of the repository's root)",
            "ABSENT /repo/.atmos.d (.atmos.d of the repository's root)",
            "SKIPPED /repo (the nearest directory above): ATMOS_CLI_CONFIG_PATH is set",
            "SKIPPED /repo (the repository's root): ATMOS_CLI_CONFIG_PATH is set",
            "ABSENT /repo/a (the working directory): no atmos.yaml",
            "ABSENT /repo/a/x (ATMOS_CLI_CONFIG_PATH): no atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void steps_ofNamedFiles_areNothingElse(Scene scene) {
    scene.file("a.yaml").file("d/atmos.yaml").config("a.yaml").configPath("d").directory("atmos.d");
    assertThat(scene.steps())
        .containsExactly(
            "  ABSENT /project/atmos.d (atmos.d): no YAML file in it",
            "  ABSENT /project/.atmos.d (.atmos.d)",
            "MERGED /project/a.yaml (--config)",
            "  ABSENT /project/d/atmos.d (atmos.d)",
            "  ABSENT /project/d/.atmos.d (.atmos.d)",
            "MERGED /project/d/atmos.yaml (--config-path)");
    assertThat(scene.config().configPath().env("ATMOS_CONFIG", "").steps()).isEmpty();
  }

  @Test
  void steps_ofABrokenConfiguration_areRefused() {
    Scene scene = Scene.unix().text("atmos.yaml", "a: [");
    assertThat(Trees.problem(Trees.failure(() -> scene.explain().steps())))
        .startsWith("/project/atmos.yaml:1:5: ");
  }
}
