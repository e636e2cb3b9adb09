package dev.atmos.cli.config.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Scene;
import dev.atmos.cli.config.Trees;
import dev.atmos.plugin.base.AtmosException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What profiles are, where they are, and what chooses them. */
class ProfilesTest {

  static List<Scene> views() {
    return Scene.views().toList();
  }

  // ---- what a profile is

  @ParameterizedTest
  @MethodSource("views")
  void profile_files_areMergedOverAllByDepthThenByName(Scene scene) {
    scene.file("SYSTEM/atmos.yaml").file("atmos.yaml", "import: x").file("x.yaml");
    scene
        .file("profiles/dev/b.yaml")
        .file("profiles/dev/a/z.yaml")
        .file("profiles/dev/c.yml", "import: more")
        .file("profiles/dev/more.yaml")
        .file("profiles/dev/.hidden.yaml")
        .text("profiles/dev/README.md", "no: [");
    assertThat(scene.profile("dev").order())
        .containsExactly(
            "SYSTEM/atmos.yaml",
            "x.yaml",
            "atmos.yaml",
            "profiles/dev/b.yaml",
            "profiles/dev/c.yml",
            "profiles/dev/more.yaml",
            "profiles/dev/a/z.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void profile_fileOfTheBaseThatItImports_countsOnceThere(Scene scene) {
    scene.file("atmos.yaml", "import: x", "winner: base").file("x.yaml", "winner: x");
    scene.file("profiles/dev/a.yaml", "import: ../../x");
    assertThat(scene.profile("dev").order())
        .containsExactly("atmos.yaml", "x.yaml", "profiles/dev/a.yaml");
    assertThat(scene.merged().text("winner")).contains("x");
  }

  @ParameterizedTest
  @MethodSource("views")
  void profiles_several_rankFromTheLeftToTheRight(Scene scene) {
    scene.file("atmos.yaml");
    for (String name : List.of("a", "b", "c")) {
      scene.file("profiles/" + name + "/x.yaml");
    }
    List<String> order =
        List.of("atmos.yaml", "profiles/c/x.yaml", "profiles/a/x.yaml", "profiles/b/x.yaml");
    assertThat(scene.profile("c,a", "b").order()).isEqualTo(order);
    assertThat(scene.profile("a,c,a,b").order()).as("twice counts once").isEqualTo(order);
  }

  @ParameterizedTest
  @MethodSource("views")
  void profile_withoutFiles_addsNothing(Scene scene) {
    scene.file("atmos.yaml").directory("profiles/dev");
    assertThat(scene.profile("dev").order()).containsExactly("atmos.yaml");
  }

  // ---- what chooses one

  @ParameterizedTest
  @MethodSource("views")
  void profile_choice_isTheOptionElseTheVariableElseEnvElseTheDefault(Scene scene) {
    for (String name : List.of("option", "variable", "env", "default")) {
      scene.file("profiles/" + name + "/x.yaml");
    }
    scene.file("atmos.yaml");
    assertThat(scene.order()).containsExactly("atmos.yaml");
    scene.file("atmos.yaml", "profiles: {default: default}");
    assertThat(scene.order()).containsExactly("atmos.yaml", "profiles/default/x.yaml");
    scene.file("atmos.yaml", "profiles: {default: default}", "env: {ATMOS_PROFILE: env}");
    assertThat(scene.order()).containsExactly("atmos.yaml", "profiles/env/x.yaml");
    scene.env("ATMOS_PROFILE", "variable");
    assertThat(scene.order()).containsExactly("atmos.yaml", "profiles/variable/x.yaml");
    scene.profile("option");
    assertThat(scene.order()).containsExactly("atmos.yaml", "profiles/option/x.yaml");
    scene.profile().env("ATMOS_PROFILE", "");
    assertThat(scene.order())
        .as("empty is not set")
        .containsExactly("atmos.yaml", "profiles/env/x.yaml");
    scene.env("ATMOS_PROFILE", "env,default");
    assertThat(scene.order())
        .containsExactly("atmos.yaml", "profiles/env/x.yaml", "profiles/default/x.yaml");
  }

  @Test
  void profile_choiceOfAProfile_choosesNoFurtherOne() {
    Scene scene = Scene.unix().file("atmos.yaml").file("profiles/b/x.yaml");
    scene.file("profiles/a/x.yaml", "profiles: {default: b}", "env: {ATMOS_PROFILE: b}");
    assertThat(scene.profile("a").order()).containsExactly("atmos.yaml", "profiles/a/x.yaml");
  }

  // ---- where they are

  @ParameterizedTest
  @MethodSource("views")
  void profile_places_countInTheirOrder(Scene scene) {
    scene.file("conf/atmos.yaml", "profiles: {base_path: own}").configPath("conf").profile("p");
    scene.file("conf/profiles/p/x.yaml");
    assertThat(scene.order()).endsWith("conf/profiles/p/x.yaml").hasSize(2);
    scene.file("USER/profiles/p/x.yaml");
    assertThat(scene.order()).endsWith("USER/profiles/p/x.yaml").hasSize(2);
    scene.file("conf/.atmos/profiles/p/x.yaml");
    assertThat(scene.order()).endsWith("conf/.atmos/profiles/p/x.yaml").hasSize(2);
    scene.file("conf/own/p/x.yaml");
    assertThat(scene.order()).endsWith("conf/own/p/x.yaml").hasSize(2);
    scene.file("~/mine/p/x.yaml").file("conf/atmos.yaml", "profiles: {base_path: ~/mine}");
    assertThat(scene.order()).endsWith("~/mine/p/x.yaml").hasSize(2);
    scene.file("/all/p/x.yaml");
    scene.file("conf/atmos.yaml", "profiles: {base_path: '" + scene.shown("/all") + "'}");
    assertThat(scene.order()).endsWith("/all/p/x.yaml").hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("views")
  void profile_configDirectory_isThatOfTheFileThatCountsMost(Scene scene) {
    scene.profile("p").file("USER/atmos.yaml").file("profiles/p/x.yaml");
    scene.file("/repo/profiles/p/x.yaml").file("USER/profiles/p/x.yaml");
    assertThat(scene.order()).containsExactly("USER/atmos.yaml", "USER/profiles/p/x.yaml");
    scene.file("/repo/.atmos/profiles/p/x.yaml").file("/repo/atmos.yaml").cd("/repo/a");
    assertThat(scene.order()).endsWith("/repo/.atmos/profiles/p/x.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void profile_withoutAFile_isLookedForInTheWorkingDirectory(Scene scene) {
    scene.profile("p").file("profiles/p/x.yaml");
    assertThat(scene.order()).containsExactly("profiles/p/x.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void profile_ofNamedFiles_isLookedForAtEachOfThemTheLastOneFirst(Scene scene) {
    scene.file("a/atmos.yaml").file("b/atmos.yaml").config("a/atmos.yaml,b/atmos.yaml");
    scene.file("a/profiles/p/x.yaml").file("a/profiles/q/x.yaml").file("b/profiles/p/x.yaml");
    scene.profile("p,q");
    assertThat(scene.order())
        .containsExactly(
            "a/atmos.yaml", "b/atmos.yaml", "b/profiles/p/x.yaml", "a/profiles/q/x.yaml");
    scene.file("a/.atmos/profiles/p/x.yaml");
    assertThat(scene.order()).as("a place counts more").contains("a/.atmos/profiles/p/x.yaml");
  }

  // ---- their names

  @ParameterizedTest
  @MethodSource("views")
  void profiles_names_areThoseOfAllPlaces(Scene scene) {
    scene.file("atmos.yaml", "profiles: {base_path: own, default: missing}");
    scene.file("own/d/x.yaml").file("own/file.yaml").file(".atmos/profiles/c/x.yaml");
    scene.file("USER/profiles/b/x.yaml").file("profiles/a/x.yaml").file("profiles/b/x.yaml");
    scene.file("profiles/.hidden/x.yaml").profile("unknown");
    assertThat(scene.explain().profiles()).containsExactly("a", "b", "c", "d");
    assertThat(Scene.unix().explain().profiles()).isEmpty();
  }

  @Test
  void profile_unknown_isRefusedWithWhatThereIs() {
    for (Scene scene : views()) {
      scene.file("atmos.yaml", "auth: {identities: {Dev: {kind: aws/user}}}");
      assertThat(scene.profile("p").problem())
          .isEqualTo("there is no profile 'p', which --profile names; there are no profiles");
      scene.file("profiles/prod/x.yaml").file("profiles/stage/x.yaml");
      AtmosException refusal = scene.profile("prod,p").refusal();
      assertThat(refusal.sentence())
          .isEqualTo("there is no profile 'p', which --profile names; known: prod, stage");
      assertThat(refusal.hint()).isEmpty();
      assertThat(scene.profile("dev").refusal().hint())
          .contains("'dev' is an identity, which is selected by: --identity dev");
      assertThat(
              Trees.failure(() -> scene.loader().load(scene.options(), Set.of("settings"))).hint())
          .as("whatever is asked for")
          .contains("'dev' is an identity, which is selected by: --identity dev");
      scene.profile().env("ATMOS_PROFILE", "p");
      assertThat(scene.problem())
          .isEqualTo("there is no profile 'p', which ATMOS_PROFILE names; known: prod, stage");
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void profile_unknownInAFile_isRefusedWithItsPosition(Scene scene) {
    scene.file("profiles/prod/x.yaml").file("atmos.yaml", "profiles:", "  default: p");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/atmos.yaml:3:12: there is no profile 'p', which 'profiles.default' names;"
                + " known: prod");
    scene.file("atmos.yaml", "env:", "  ATMOS_PROFILE: p");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/atmos.yaml:3:18: there is no profile 'p', which 'env.ATMOS_PROFILE' names;"
                + " known: prod");
  }

  @Test
  void profile_unknownAmongMany_namesSomeOfThem() {
    Scene scene = Scene.unix().profile("p");
    for (int i = 10; i < 35; i++) {
      scene.directory("profiles/p" + i);
    }
    assertThat(scene.problem()).endsWith(", p18, p19 and 15 more").contains("known: p10, p11, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''    | has an empty value where the name of a profile is needed",
        "' '   | has an empty value where the name of a profile is needed",
        "a,    | has an empty value where the name of a profile is needed",
        "a,,a  | has an empty value where the name of a profile is needed",
        "a/b   | has a path where the name of a profile is needed",
        "a\\b  | has a path where the name of a profile is needed",
        "/a    | has a path where the name of a profile is needed",
        "../a  | has a path where the name of a profile is needed",
        ".     | has a name that no profile can have: .",
        "a,..  | has a name that no profile can have: ..",
      })
  void profile_badName_isRefused(String value, String problem) {
    for (Scene scene : views()) {
      scene.file("atmos.yaml").file("profiles/a/x.yaml").file("a/x.yaml");
      assertThat(scene.profile(value).problem()).isEqualTo("--profile " + problem);
      if (!value.isEmpty()) {
        scene.profile();
        // An absolute path is what a kubeconfig entry may have there.
        if (!value.startsWith("/")) {
          assertThat(scene.env("ATMOS_PROFILE", value).problem())
              .isEqualTo("ATMOS_PROFILE " + problem);
        }
        scene.env("ATMOS_PROFILE", "").file("atmos.yaml", "profiles: {default: '" + value + "'}");
        assertThat(scene.problem())
            .isEqualTo("/project/atmos.yaml:2:21: 'profiles.default' " + problem);
      }
    }
  }

  @Test
  void profile_nameThatNoDirectoryCanHave_isRefused() {
    assertThat(Scene.unix().profile("a\u0000b").problem())
        .isEqualTo("--profile has a name that no directory can have");
    assertThat(Scene.windows().profile("a?b").problem())
        .isEqualTo("--profile has a name that no directory can have");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profiles: x               | 2:1: 'profiles' must be a mapping, and is a text",
        "profiles: {default: [x]}  | 2:12: 'default' must be a text, and is a list",
        "profiles: {base_path: []} | 2:12: 'base_path' must be a text, and is a list",
        "env: [x]                  | 2:1: 'env' must be a mapping, and is a list",
        "env: {ATMOS_PROFILE: {}}  | 2:7: 'ATMOS_PROFILE' must be a text, and is a mapping"
      })
  void profiles_sectionOfAnotherType_isRefused(String line, String problem) {
    Scene scene = Scene.unix().file("atmos.yaml", line);
    if (line.contains("base_path")) {
      scene.profile("p");
    }
    assertThat(scene.problem()).isEqualTo("/project/atmos.yaml:" + problem);
  }
}
