package dev.atmos.cli.config.search;

import static dev.atmos.cli.config.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Scene;
import dev.atmos.cli.config.Trees;
import dev.atmos.services.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of all files that the search can come to, whose word counts. Each list has everything that plays
 * a part, from the lowest rank to the highest; behind a bar is what a file says beside who it is.
 */
class PrecedenceTest {
  private static final String OFFERED =
      "~/.cache/atmos/auth/sso/provisioned-identities.yaml | identities only";
  private static final String SYSTEM = "SYSTEM/atmos.yaml | import: [never]";

  static Stream<Scene> views() {
    return Scene.views();
  }

  @ParameterizedTest
  @MethodSource("views")
  void order_belowTheFilesOfARepository_endsWithItsRootAndTheProfiles(Scene scene) {
    scene.cd("/repo/a/b/c").directory("/repo/.git").profile("one,two");
    never(scene, "/atmos.yaml", "/repo/profiles/two/never.yaml", "/repo/a/profiles/one/never.yaml");
    isTheOrder(
        scene,
        of(OFFERED, SYSTEM),
        around("~/.atmos/"),
        around("USER/"),
        around("/repo/a/"),
        around("/repo/"),
        of(
            "/repo/team.yaml",
            "/repo/profiles/one/a.yaml | import: [../../team]",
            "/repo/profiles/one/b.yml",
            "/repo/profiles/one/deeper/a.yaml",
            "USER/profiles/two/a.yaml"));
  }

  @ParameterizedTest
  @MethodSource("views")
  void order_inADirectoryWithItsOwnFile_leavesOutTheFilesAboveAndEndsWithTheVariables(Scene scene) {
    scene.cd("/repo/a").directory("/repo/.git");
    scene.env("ATMOS_CLI_CONFIG_PATH", scene.shown("/team"));
    never(scene, "/atmos.yaml", "/repo/atmos.yaml", "/repo/a/atmos.yml", "/repo/a/.atmos.yaml");
    isTheOrder(
        scene,
        of(OFFERED, SYSTEM),
        around("~/.atmos/"),
        around("USER/"),
        of("/repo/atmos.d/x.yaml", "/repo/.atmos.d/x.yaml"),
        around("/repo/a/"),
        around("/team/"));
  }

  @ParameterizedTest
  @MethodSource("views")
  void order_ofFilesThatAreNamed_isThatOfTheirNamesTheFilesBeforeTheDirectories(Scene scene) {
    scene.cd("/repo").directory("/repo/.git");
    scene.config("../one/atmos.yaml", scene.shown("/frag/.atmos.d") + ",../two/x.yaml");
    scene.configPath("../four," + scene.shown("/three"));
    never(scene, "SYSTEM/atmos.yaml", "~/.atmos/atmos.yaml", "USER/atmos.yaml", "/atmos.yaml");
    never(scene, "/repo/atmos.yaml", "/repo/atmos.d/x.yaml", "/two/atmos.yaml");
    isTheOrder(
        scene,
        of(OFFERED),
        around("/one/"),
        of("/frag/.atmos.d/a.yaml", "/two/x.yaml"),
        around("/four/"),
        around("/three/"));
  }

  private static List<String> of(String... ranks) {
    return List.of(ranks);
  }

  /** A file, and below it all that it takes in. */
  private static List<String> around(String directory) {
    return Stream.of(
            "atmos.d/a.yml",
            "atmos.d/b.yaml",
            "atmos.d/deeper/a.yaml",
            ".atmos.d/c.yaml",
            "nested.yaml",
            "first.yaml | import: [nested]",
            "second.yaml",
            "atmos.yaml | import: [first, second]")
        .map(directory::concat)
        .toList();
  }

  private static void never(Scene scene, String... paths) {
    for (String path : paths) {
      says(scene, path, "never");
    }
  }

  /** Silences the files one by one, beginning with the highest rank: then the next one counts. */
  @SafeVarargs
  private static void isTheOrder(Scene scene, List<String>... parts) {
    List<String> ranks = new ArrayList<>();
    for (List<String> part : parts) {
      ranks.addAll(part);
    }
    never(scene, "SYSTEM/never.yaml", "SYSTEM/atmos.d/never.yaml", "SYSTEM/.atmos.d/never.yaml");
    for (int i = 0; i < ranks.size(); i++) {
      says(scene, ranks.get(i), name(i));
    }
    for (int i = ranks.size() - 1; i >= 0; i--) {
      String rank = scene + ": " + ranks.get(i);
      for (ConfigMap merged : List.of(scene.merged(), scene.load("auth"))) {
        ConfigMap auth = merged.map("auth").orElseThrow();
        assertThat(write(auth.map("identities").orElseThrow()))
            .as(rank)
            .isEqualTo("{" + name(i) + ": {kind: " + name(i) + ", " + name(i) + ": }}");
        if (!ranks.get(i).equals(OFFERED)) {
          assertThat(auth.text("realm")).as(rank).contains(name(i));
          assertThat(Trees.text(auth, "providers", "sso", "region")).as(rank).isEqualTo(name(i));
        }
      }
      says(scene, ranks.get(i), null);
    }
  }

  /** An identity's name: always the same one, but for its case. */
  private static String name(int rank) {
    String dev = Integer.toBinaryString(0x1_000 | rank).substring(1);
    return dev.replace('0', 'x').replace('1', 'X');
  }

  /** Writes what a file says: who it is, and in any case which provider offers identities. */
  private static void says(Scene scene, String rank, @Nullable String name) {
    String[] parts = rank.split(" \\| ", 2);
    String provider = "auto_provision_identities: true";
    String auth = "";
    if (name != null) {
      provider += ", region: " + name;
      auth =
          "realm: " + name + ", identities: {" + name + ": {kind: " + name + ", " + name + ": }}, ";
    }
    scene.text(
        parts[0],
        "auth: {"
            + auth
            + "providers: {sso: {"
            + provider
            + "}}}\n"
            + (parts.length > 1 && parts[1].startsWith("import") ? parts[1] + "\n" : ""));
  }
}
