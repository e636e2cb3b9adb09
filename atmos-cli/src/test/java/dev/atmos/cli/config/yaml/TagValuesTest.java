package dev.atmos.cli.config.yaml;

import static dev.atmos.cli.config.Trees.CANARY;
import static dev.atmos.cli.config.Trees.failure;
import static dev.atmos.cli.config.Trees.problem;
import static dev.atmos.cli.config.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.config.Project;
import dev.atmos.cli.config.Project.View;
import dev.atmos.cli.config.Trees;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.DeferredValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagValuesTest {

  @ParameterizedTest
  @EnumSource
  void exec_inATrustedFile_isWhatTheCommandWrites(View view) {
    Project project =
        view.project()
            .trusting(".")
            .file("sub/atmos.yaml", "a: !exec  pass show x \nb: 1")
            .command("pass show x", 0, "  word \n\n");
    project.files.cd("sub");
    assertThat(project.text("b")).isEqualTo("1");
    assertThat(project.run).as("nobody has used it yet").isEmpty();
    assertThat(project.text("a")).isEqualTo("word");
    assertThat(project.run).containsExactly(project.path(".") + " pass show x");
  }

  @Test
  void exec_usedOften_isRunOnceForEachPlace() {
    Project project =
        Project.unix()
            .trusting(".")
            .file("atmos.yaml", "a: &x !exec now\nb: *x\nc: !exec now")
            .command("now", 0, "12:00");
    ConfigLoader loader = project.loader();
    for (int i = 0; i < 3; i++) {
      ConfigMap map = loader.load(ConfigOptions.NONE, Set.of("a", "b", "c"));
      assertThat(map.text("a")).contains("12:00");
      assertThat(map.text("b")).contains("12:00");
    }
    assertThat(project.run).as("of the one place").hasSize(1);
    assertThat(loader.load(ConfigOptions.NONE, Set.of("a", "b", "c")).text("c")).contains("12:00");
    assertThat(project.run).hasSize(2);
  }

  @Test
  void exec_thatFails_saysThePlaceAndTheCodeAndNothingElse() {
    Project project =
        Project.unix()
            .trusting(".")
            .file("atmos.yaml", "x: 1\na: !exec " + CANARY)
            .command(CANARY, 3, CANARY);
    ConfigLoader loader = project.loader();
    for (int i = 0; i < 2; i++) {
      AtmosException e =
          failure(() -> loader.load(ConfigOptions.NONE, Set.of("a", "b", "c")).text("a"));
      assertThat(e.sentence())
          .isEqualTo(
              "/project/atmos.yaml:2:4: the command of !exec failed with exit code 3\n"
                  + "  2 | a: ...");
    }
    assertThat(project.run).as("not tried again").hasSize(1);
  }

  @Test
  void exec_thatCantRun_saysWhy() {
    Project project = Project.unix().trusting(".").file("atmos.yaml", "a: !exec " + CANARY);
    assertThat(problem(failure(() -> project.text("a"))))
        .isEqualTo("/project/atmos.yaml:1:4: the command of !exec failed: it can't be started");
  }

  @ParameterizedTest
  @EnumSource
  void exec_inAnUntrustedFile_isOneLineAndNotRun(View view) {
    Project project = view.project().file("atmos.yaml", "x:\n  a: !exec " + CANARY);
    AtmosException e = failure(() -> project.load().map("x").orElseThrow().text("a"));
    String file = project.path("atmos.yaml");
    assertThat(e.sentence())
        .isEqualTo(file + ":2:6: this file is not trusted, and wants to run a command");
    assertThat(e.hint()).contains("read it, then run: atmos config trust " + file);
    assertThat(project.run).isEmpty();
  }

  @Test
  void exec_throughALinkToATrustedFile_isRunWhereTheFileIs() {
    Project project =
        Project.unix()
            .file("/home/dev/.config/atmos/mine.yaml", "a: !exec ./token.sh")
            .link("atmos.yaml", "/home/dev/.config/atmos/mine.yaml")
            .command("./token.sh", 0, "t");
    assertThat(project.text("a")).isEqualTo("t");
    assertThat(project.run).containsExactly("/home/dev/.config/atmos ./token.sh");
  }

  @ParameterizedTest
  @EnumSource
  void include_ofYamlAndJson_isParsed(View view) {
    Project project =
        view.project()
            .file("atmos.yaml", "a: !include conf/a.yaml\nb: !include b.JSON\nc: !include c.yml")
            .file("conf/a.yaml", "k: no\nn: !include n.txt")
            .file("n.txt", "beside the first file's base path, and not this one's")
            .file("conf/n.txt", " text \n")
            .file("b.JSON", "{\n\t\"u\": \"https:\\/\\/x\\u0041\\\\/\",\n\t\"l\":[1,null]}")
            .file("c.yml", "");
    ConfigMap map = project.load();
    assertThat(write(map.map("a").orElseThrow())).startsWith("{k: no, n: <!include n.txt>}");
    assertThat(map.map("a").orElseThrow().text("n")).contains("text");
    assertThat(write(map.map("b").orElseThrow())).isEqualTo("{u: \"https://xA\\/\", l: [1, null]}");
    assertThat(map.text("c")).isEmpty();
  }

  @Test
  void include_ofAnythingElse_isItsText() {
    Project project =
        Project.unix()
            .file(
                "atmos.yaml",
                "a: !include 'k e y.pem'\nb: !include.raw k e y.pem\nc: !include.raw x.yaml")
            .file("k e y.pem", "\n one\n two\n\n")
            .file("x.yaml", "k: v\n");
    assertThat(project.text("a")).isEqualTo("one\n two");
    assertThat(project.text("b")).isEqualTo("\n one\n two\n\n");
    assertThat(project.text("c")).isEqualTo("k: v\n");
  }

  @Test
  void include_positions_areOfTheFileThatSaysSo() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "a: !include a.yaml\nb: !include b.txt")
            .file("a.yaml", "\nk: [x]")
            .file("b.txt", "x");
    ConfigMap map = project.load();
    assertThat(problem(failure(() -> map.map("a").orElseThrow().text("k"))))
        .isEqualTo("/project/a.yaml:2:1: 'k' must be a text, and is a list");
    assertThat(Project.positionOf(map, "b")).hasToString("/project/b.txt:1:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.yaml   | the file /project/missing.yaml doesn't exist",
        "conf           | can't read /project/conf: is a directory",
        "atmos.yaml     | a file includes itself: /project/atmos.yaml -> /project/atmos.yaml",
        "https://x/y    | remote includes are not supported",
        "s3::x          | remote includes are not supported"
      })
  void include_ofNothingOfUse_isAnErrorWhenUsed(String path, String problem) {
    Project project =
        Project.unix().file("conf/x", "").file("atmos.yaml", "x: 1\na: !include " + path);
    assertThat(project.text("x")).isEqualTo("1");
    assertThat(problem(failure(() -> project.text("a"))))
        .isEqualTo("/project/atmos.yaml:2:4: " + problem);
  }

  @Test
  void include_inACircle_isAnErrorThatShowsIt() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "a: !include b.yaml")
            .file("b.yaml", "a: !include c.yaml")
            .file("c.yaml", "a: !include b.yaml");
    ConfigMap b = project.load().map("a").orElseThrow();
    ConfigMap c = b.map("a").orElseThrow();
    assertThat(problem(failure(() -> c.map("a"))))
        .isEqualTo(
            "/project/c.yaml:1:4: a file includes itself: /project/b.yaml -> /project/c.yaml ->"
                + " /project/b.yaml");
  }

  @Test
  void include_elevenDeep_isRefused() {
    Project project = Project.unix().file("atmos.yaml", "a: !include 1.yaml");
    for (int i = 1; i <= 11; i++) {
      project.file(i + ".yaml", "a: !include " + (i + 1) + ".yaml");
    }
    ConfigMap map = project.load();
    for (int i = 1; i <= 10; i++) {
      map = map.map("a").orElseThrow();
    }
    ConfigMap deepest = map;
    assertThat(problem(failure(() -> deepest.map("a"))))
        .isEqualTo("/project/10.yaml:1:4: includes are nested deeper than 10, which is the limit");
  }

  @Test
  void include_thatGrowsWithEachLevel_endsAtALimit() {
    StringBuilder ten = new StringBuilder("- [");
    Project project = Project.unix();
    for (int level = 0; level < 9; level++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        text.append("k").append(i).append(": !include ").append(level + 1).append(".yaml\n");
      }
      project.file(level == 0 ? "atmos.yaml" : level + ".yaml", text.toString());
    }
    project.file("9.yaml", ten.append("]").toString());
    assertThat(problem(failure(() -> resolveAll(project.load()))))
        .endsWith("too much is included: at most 1000 times, and 8 MiB in all");
  }

  private static void resolveAll(ConfigMap map) {
    for (ConfigMap.Entry entry : map.entries().values()) {
      if (entry.value().resolved() instanceof ConfigMap below) {
        resolveAll(below);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void include_outsideOfTheProject_isRefusedInAnUntrustedFile(View view) {
    Project project =
        view.project()
            .file("../other/secret.txt", CANARY)
            .file("atmos.yaml", "a: !include ../other/secret.txt");
    AtmosException e = failure(() -> project.text("a"));
    assertThat(e.sentence())
        .isEqualTo(
            project.path("atmos.yaml")
                + ":1:4: this file is not trusted, and wants to read outside of its project");
    project.trusting(".");
    assertThat(project.text("a")).isEqualTo(CANARY);
  }

  @Test
  void include_throughALinkOutOfTheProject_isRefusedInAnUntrustedFile() {
    Project project =
        Project.unix()
            .file("/other/secret.txt", CANARY)
            .link("inside", "/other")
            .file("atmos.yaml", "a: !include inside/secret.txt");
    assertThat(failure(() -> project.text("a")).sentence())
        .endsWith("wants to read outside of its project");
  }

  @ParameterizedTest
  @EnumSource
  void include_withinTheRepository_isAllowed(View view) {
    Project project =
        view.project()
            .file(".git/HEAD", "ref: refs/heads/main\n")
            .file("shared/x.txt", "x")
            .file("sub/atmos.yaml", "a: !include ../shared/x.txt");
    project.files.cd("sub");
    assertThat(project.text("a")).isEqualTo("x");
  }

  @Test
  void exec_inAnIncludedFile_needsTrustInThatFile() {
    Project project =
        Project.unix()
            .file("t/atmos.yaml", "a: !include ../other/x.yaml")
            .file("other/x.yaml", "b: !exec c")
            .trusting("t");
    project.files.cd("t");
    assertThat(failure(() -> project.load().map("a").orElseThrow().text("b")).sentence())
        .isEqualTo(
            "/project/other/x.yaml:1:4: this file is not trusted, and wants to run a command");
  }

  @ParameterizedTest
  @EnumSource
  void cwd_isTheWorkingDirectory_andWhatIsBelowIt(View view) {
    Project project =
        view.project().file("atmos.yaml", "a: !cwd\nb: !cwd x/../y\nc: !cwd '\"./z\"'");
    assertThat(project.text("a")).isEqualTo(project.path("."));
    assertThat(project.text("b")).isEqualTo(project.path("y"));
    assertThat(project.text("c")).isEqualTo(project.path("z"));
  }

  @ParameterizedTest
  @CsvSource({"'',0,65535", "0,0,0", "3,0,3", "5 5,5,5", "-3 -1,-3,-1", "10 12,10,12"})
  void random_isWithinItsBounds_andStaysTheSame(String argument, long lowest, long highest) {
    Project project = Project.unix().file("atmos.yaml", "a: !random " + argument);
    ConfigLoader loader = project.loader();
    String first = loader.load(ConfigOptions.NONE, Set.of("a", "b", "c")).text("a").orElseThrow();
    assertThat(Long.parseLong(first)).isBetween(lowest, highest);
    assertThat(loader.load(ConfigOptions.NONE, Set.of("a", "b", "c")).text("a")).contains(first);
  }

  @Test
  void random_onManyRuns_comesToEachOfItsBounds() {
    Project project = Project.unix().file("atmos.yaml", "a: !random 1 2");
    assertThat(java.util.stream.Stream.generate(() -> project.text("a")).limit(200).distinct())
        .containsExactlyInAnyOrder("1", "2");
  }

  @ParameterizedTest
  @EnumSource
  void repoRoot_inARepository_isItsRoot(View view) {
    Project project =
        view.project().file(".git/HEAD", "").file("sub/atmos.yaml", "a: !repo-root ./x");
    project.files.cd("sub");
    assertThat(project.text("a")).isEqualTo(project.path(".."));
  }

  @Test
  void repoRoot_inNoRepository_isTheDefault() {
    Project project = Project.unix().file("atmos.yaml", "a: !repo-root './x'\nb: !repo-root");
    assertThat(project.text("a")).isEqualTo("./x");
    assertThat(problem(failure(() -> project.text("b"))))
        .isEqualTo(
            "/project/atmos.yaml:2:4: !repo-root: this is in no git repository, and there is no"
                + " default");
  }

  @Test
  void repoRoot_ofTheUsersOwnFile_isThatOfTheWorkingDirectory() {
    Project project =
        Project.unix()
            .file(".git/HEAD", "")
            .file("/home/dev/.config/atmos/atmos.yaml", "a: !repo-root");
    assertThat(project.text("a")).isEqualTo("/project");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!git.sha", "!git.root ./x", "!git.url", "!store a b", "!template"})
  void unsupportedTag_isAnErrorWhereItsValueIsUsed(String tag) {
    Project project = Project.unix().file("atmos.yaml", "x: 1\na:\n  b: " + tag);
    ConfigMap map = project.load();
    assertThat(map.text("x")).contains("1");
    ConfigMap a = map.map("a").orElseThrow();
    assertThat(problem(failure(() -> a.text("b"))))
        .isEqualTo(
            "/project/atmos.yaml:3:6: '"
                + tag.split(" ", -1)[0]
                + "' is not supported by this version of atmos");
  }

  @ParameterizedTest
  @CsvSource({
    // the file that has the tags, and what is included from beside it
    "atmos.yaml, x.txt",
    "sub/imported.yaml, sub/x.txt",
    "sub/deeper/nested.yaml, sub/deeper/x.txt",
    ".atmos.d/a.yaml, .atmos.d/x.txt",
    "profiles/p/a.yaml, profiles/p/x.txt"
  })
  void tags_inAnyFileOfTheConfiguration_areRead(String path, String included) {
    for (View view : View.values()) {
      Map<String, String> files = new LinkedHashMap<>();
      files.put("atmos.yaml", "import: [sub/imported]\nprofiles: {default: p}\n");
      files.put("sub/imported.yaml", "import: [deeper/nested]\n");
      files.put("sub/deeper/nested.yaml", "g: 1\n");
      files.put("profiles/p/z.yaml", "l: !append [2]\ng: !unset\n");
      files.put(included, "beside");
      files.put(".git/HEAD", "ref: refs/heads/main\n");
      files.merge(
          path,
          """
          e: !env X
          i: !include x.txt
          r: !include.raw x.txt
          c: !cwd
          b: !repo-root
          n: !random 7 7
          l: !append [1]
          """,
          String::concat);
      Project project = view.project();
      files.forEach(project::file);
      project.file(project.files.config().orElseThrow() + "/atmos.yaml", "l: [0]\n");
      project.environment.set("X", "x");
      ConfigMap map = project.load();
      List<String> made = new ArrayList<>();
      for (String key : List.of("e", "i", "r", "c", "b", "n")) {
        made.add(map.text(key).orElseThrow());
      }
      assertThat(made)
          .containsExactly("x", "beside", "beside", project.path("."), project.path("."), "7");
      assertThat(write(map.list("l").orElseThrow())).isEqualTo("[0, 1, 2]");
      assertThat(map.keys()).doesNotContain("g");
    }
  }

  @Test
  void unsetAndAppend_areLeftToTheMerge() {
    ConfigMap map = Trees.read("a: !unset\nb: !append [x, y]");
    assertThat(map.entries().get("a")).isNotNull();
    ConfigMap.Entry a = java.util.Objects.requireNonNull(map.entries().get("a"));
    assertThat(((DeferredValue) a.value()).tag()).isEqualTo("!unset");
    assertThat(((ConfigText) a.value().resolved()).isNull()).isTrue();
    ConfigMap.Entry b = java.util.Objects.requireNonNull(map.entries().get("b"));
    assertThat(((DeferredValue) b.value()).tag()).isEqualTo("!append");
    assertThat(write(b.value().resolved())).isEqualTo("[x, y]");
  }
}
