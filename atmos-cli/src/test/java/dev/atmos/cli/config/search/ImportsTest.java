package dev.atmos.cli.config.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Scene;
import dev.atmos.cli.config.Trees;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.testkit.FakeEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file takes in, by the entries of {@code import}. */
class ImportsTest {

  static List<Scene> views() {
    return Scene.views().toList();
  }

  // ---- forms

  @ParameterizedTest
  @MethodSource("views")
  void import_entries_rankInTheirOrderBelowTheFile(Scene scene) {
    scene.file("a.yaml").file("b.yaml").file("atmos.yaml", "import: [b, a.yaml]");
    assertThat(scene.order()).containsExactly("b.yaml", "a.yaml", "atmos.yaml");
    scene.file("atmos.yaml", "import: b");
    assertThat(scene.order()).as("one text").containsExactly("b.yaml", "atmos.yaml");
    scene.env("WHICH", "a.yaml").file("atmos.yaml", "import: [!env WHICH]");
    assertThat(scene.order()).as("a tag").containsExactly("a.yaml", "atmos.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"import:", "import: ~", "import: []"})
  void import_nothing_isNoImport(String line) {
    assertThat(Scene.unix().file("atmos.yaml", line).order()).containsExactly("atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_ofAName_prefersYamlToYmlToADirectoryToTheFileItself(Scene scene) {
    scene.file("atmos.yaml", "import: [x/y.z]");
    scene.file("x/y.z");
    assertThat(scene.order()).startsWith("x/y.z");
    Scene directory = scene.isWindows() ? Scene.windows() : Scene.unix();
    directory.file("atmos.yaml", "import: [x/y.z]").file("x/y.z/in.yaml");
    assertThat(directory.order()).startsWith("x/y.z/in.yaml");
    assertThat(directory.file("x/y.z.yml").order()).startsWith("x/y.z.yml").hasSize(2);
    assertThat(directory.file("x/y.z.yaml").order()).startsWith("x/y.z.yaml").hasSize(2);
    directory.file("atmos.yaml", "import: [x/y.z/]");
    assertThat(directory.order()).as("with a slash").startsWith("x/y.z/in.yaml").hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_ofADirectory_isOfAllYamlBelowItByDepthThenByName(Scene scene) {
    scene.file("atmos.yaml", "import: [conf]");
    scene
        .file("conf/b.yaml")
        .file("conf/Z.yaml")
        .file("conf/a/z.yml")
        .file("conf/a/a/a.yaml")
        .file("conf/a-b/a.yaml")
        .file("conf/c.yml")
        .file("conf/.hidden.yaml")
        .file("conf/.hidden/x.yaml")
        .text("conf/README.md", "no: [")
        .text("conf/.yaml", "no: [");
    assertThat(scene.order())
        .containsExactly(
            "conf/Z.yaml",
            "conf/b.yaml",
            "conf/c.yml",
            "conf/a/z.yml",
            "conf/a-b/a.yaml",
            "conf/a/a/a.yaml",
            "atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_ofItsOwnDirectory_doesNotMeanTheFileItself(Scene scene) {
    scene.file("conf/atmos.yaml", "import: [., '*.yaml']").file("conf/x.yaml");
    assertThat(scene.config("conf/atmos.yaml").order())
        .containsExactly("conf/x.yaml", "conf/atmos.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // pattern           | files that it means
        "*.yaml              | a.yaml b.yaml",
        "*                   | a.yaml b.yaml c.yml",
        "?.yaml              | a.yaml b.yaml",
        "?                   | a.yaml b.yaml c.yml",
        "[ac].*              | a.yaml c.yml",
        "[a-b].yaml          | a.yaml b.yaml",
        "[!a].y*             | b.yaml c.yml",
        "[^a-b]*             | c.yml",
        "{c,a}               | a.yaml c.yml",
        "{b.yaml,none,c.yml} | b.yaml c.yml",
        "{a,d/{e,f}}         | a.yaml d/e.yaml d/f.yml",
        "d/*                 | d/e.yaml d/f.yml",
        "./d/*.yml           | d/f.yml",
        "*/e.yaml            | d/e.yaml",
        "*/*/*               | d/g/h.yaml",
        "d/**                | d/e.yaml d/f.yml d/g/h.yaml",
        "**/*.yml            | c.yml d/f.yml",
        "**/e.yaml           | d/e.yaml",
        "**/g/**             | d/g/h.yaml",
        "**/**/h.yaml        | d/g/h.yaml",
        "d/../?.yml          | c.yml",
        "*/../c.yml          | c.yml",
        ".*                  | .k.yaml",
        ".[j-l]*.yaml        | .k.yaml",
        ".h/*                | .h/i.yaml",
        "**/h*               | d/g/h.yaml",
        "~/x/*               | ~/x/y.yaml",
        "none*               | ''",
        "none/**             | ''",
        "a.yaml/*            | ''",
        "{none,nothing}      | ''",
        "[                   | ''",
        "{a                  | ''",
        "[a                  | ''",
        "[b-a].yaml          | ''",
        "README*             | ''"
      })
  void import_ofAPattern_isOfWhatMatches(String pattern, String files) {
    for (Scene scene : views()) {
      scene.directory("/p").cd("/p");
      for (String file :
          List.of(
              "a.yaml",
              "b.yaml",
              "c.yml",
              "d/e.yaml",
              "d/f.yml",
              "d/g/h.yaml",
              ".k.yaml",
              ".h/i.yaml",
              "~/x/y.yaml")) {
        scene.file(file);
      }
      scene.text("README.md", "no: [");
      scene.file("root/atmos.yaml", "base_path: ..", "import: ['" + pattern + "']");
      List<String> expected = new ArrayList<>();
      for (String file : files.split(" ", -1)) {
        if (!file.equals("''")) {
          expected.add(file);
        }
      }
      expected.add("root/atmos.yaml");
      assertThat(scene.config("root/atmos.yaml").order())
          .as(scene + " " + pattern)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[1].yaml", "a[1]", "x{1}/b", "b*.yaml"})
  void import_ofANameWithSpecialCharacters_meansThatFileIfItIsThere(String name) {
    String file = name.endsWith(".yaml") ? name : name + ".yaml";
    Scene scene = Scene.unix().file(file).file("a1.yaml").file("bc.yaml").file("x1/b.yaml");
    scene.file("atmos.yaml", "import: ['" + file + "']");
    assertThat(scene.order()).containsExactly(file, "atmos.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.yaml",
        "-a.yaml",
        "#a.yaml",
        "\u00e4\u65e5\uD83D\uDE00.yaml",
        "a'b.yaml",
        "$HOME.yaml",
        "a..yaml",
        "%41.yaml",
        "a\\b.yaml",
        "C:x.yaml",
        "a:b.yaml"
      })
  void import_ofOddNames_isOfExactlyThese(String name) {
    Scene scene = Scene.unix();
    String entry = "import: ['d/" + name.replace("'", "''") + "']";
    scene.text("d/" + name, "trace: !append [it]\n").file("atmos.yaml", entry);
    assertThat(scene.order()).containsExactly("it", "atmos.yaml");
    scene.file("atmos.yaml", "import: [d]");
    assertThat(scene.order()).containsExactly("it", "atmos.yaml");
  }

  // ---- where they start from

  @ParameterizedTest
  @MethodSource("views")
  void import_relative_startsFromTheBasePathElseFromTheFile(Scene scene) {
    for (String directory : List.of("conf/", "own/", "conf/own/", "variable/", "option/", "")) {
      scene.file(directory + "x.yaml");
    }
    scene.config("conf/atmos.yaml").file("conf/atmos.yaml", "import: x");
    assertThat(scene.order()).startsWith("conf/x.yaml");
    scene.file("conf/atmos.yaml", "import: x", "base_path: own");
    assertThat(scene.order()).as("relative to the file").startsWith("conf/own/x.yaml");
    scene.file("conf/atmos.yaml", "import: x", "base_path: ../own");
    assertThat(scene.order()).startsWith("own/x.yaml");
    scene.file("conf/atmos.yaml", "import: x", "base_path: '" + scene.shown("own") + "'");
    assertThat(scene.order()).startsWith("own/x.yaml");
    scene.file("~/x.yaml").file("conf/atmos.yaml", "import: x", "base_path: '~'");
    assertThat(scene.order()).as("null, without quotes").startsWith("~/x.yaml");
    scene.file("conf/atmos.yaml", "import: x", "base_path: ''");
    assertThat(scene.order()).startsWith("conf/x.yaml");
    scene.env("ATMOS_BASE_PATH", "variable").file("conf/atmos.yaml", "import: x", "base_path: own");
    assertThat(scene.order()).startsWith("variable/x.yaml");
    scene.basePath("option");
    assertThat(scene.order()).startsWith("option/x.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_ofAnImportedFile_startsFromThatFile(Scene scene) {
    scene.file("atmos.yaml", "import: [a/one]", "base_path: deep");
    scene.file("deep/a/one.yaml", "import: [b/two]");
    scene.file("deep/a/b/two.yaml", "import: [three]", "base_path: ../..");
    scene.file("deep/three.yaml");
    assertThat(scene.order())
        .containsExactly("deep/three.yaml", "deep/a/b/two.yaml", "deep/a/one.yaml", "atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_absoluteOrInTheHomeDirectory_needsNoBasePath(Scene scene) {
    scene.file("/else/x.yaml").file("~/x.yaml");
    // Which can't be made, and isn't.
    scene.file(
        "atmos.yaml", "import: ['" + scene.shown("/else/x") + "', ~/x]", "base_path: !nonsense x");
    assertThat(scene.order()).containsExactly("/else/x.yaml", "~/x.yaml", "atmos.yaml");
    scene.file("atmos.yaml", "import: [x]", "base_path: [x]");
    assertThat(scene.problem())
        .isEqualTo("/project/atmos.yaml:3:1: 'base_path' must be a text, and is a list");
  }

  @Test
  void import_onWindows_takesBothSlashesAndDrives() {
    Scene scene = Scene.windows().file("a/b/x.yaml").file("a/b/y.yaml");
    for (String entry :
        List.of(
            "a\\b\\x.yaml",
            "a/b/x",
            "a\\b/x",
            ".\\a\\b\\x",
            "C:\\project\\a\\b\\x.yaml",
            "C:/project/a/b/x",
            "A\\B\\x",
            "a\\*\\x.yaml",
            "C:\\project\\a\\*\\[x].yaml",
            "C:/project/**/x.yaml",
            "**\\x.yaml")) {
      scene.file("atmos.yaml", "import: ['" + entry + "']");
      assertThat(scene.order()).as(entry).containsExactly("a/b/x.yaml", "atmos.yaml");
    }
    scene.file("~/z.yaml").file("atmos.yaml", "import: ['~\\z']");
    assertThat(scene.order()).startsWith("~/z.yaml");
    scene.file("atmos.yaml", "import: ['a\\b\\']");
    assertThat(scene.order()).containsExactly("a/b/x.yaml", "a/b/y.yaml", "atmos.yaml");
  }

  // ---- nesting

  @ParameterizedTest
  @MethodSource("views")
  void import_nested_ranksBelowItsImporter(Scene scene) {
    scene.file("atmos.yaml", "import: [a, d]");
    scene.file("a.yaml", "import: [b, c]").file("b.yaml").file("c.yaml").file("d.yaml");
    scene.file(".atmos.d/f.yaml", "import: [../g]").file("g.yaml");
    assertThat(scene.order())
        .containsExactly(
            "g.yaml", ".atmos.d/f.yaml", "b.yaml", "c.yaml", "a.yaml", "d.yaml", "atmos.yaml");
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_ofTheSameFileTwice_countsOnceAtItsHighestRank(Scene scene) {
    scene.file("atmos.yaml", "import: [a, b, shared]").file("shared.yaml", "import: deep");
    scene.file("a.yaml", "import: [shared]").file("b.yaml", "import: [deep]").file("deep.yaml");
    assertThat(scene.order())
        .containsExactly("a.yaml", "b.yaml", "deep.yaml", "shared.yaml", "atmos.yaml");
    scene.file("atmos.yaml", "import: [shared, a, ./x/../shared.yaml, b]");
    assertThat(scene.order())
        .containsExactly("a.yaml", "shared.yaml", "deep.yaml", "b.yaml", "atmos.yaml");
  }

  @Test
  void import_ofManyDiamonds_takesEachFileOnce() {
    Scene scene = Scene.unix();
    for (int i = 0; i < 9; i++) {
      String both = "import: [l" + (i + 1) + ", r" + (i + 1) + ", l" + (i + 1) + ".yaml]";
      scene.file("l" + i + ".yaml", both).file("r" + i + ".yaml", both);
    }
    scene.file("l9.yaml").file("r9.yaml").file("atmos.yaml", "import: [l0, r0]");
    assertThat(scene.order()).hasSize(21).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_tenDeep_isAllowedAndElevenIsNot(Scene scene) {
    scene.file("atmos.yaml", "import: n1");
    for (int i = 1; i < 10; i++) {
      scene.file("n" + i + ".yaml", "import: n" + (i + 1));
    }
    scene.file("n10.yaml");
    assertThat(scene.order()).hasSize(11).startsWith("n10.yaml").endsWith("n1.yaml", "atmos.yaml");
    scene.file("n10.yaml", "import:", "  - n11").file("n11.yaml");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/n10.yaml:3:5: imports are nested deeper than 10 levels, which is the limit");
  }

  @Test
  void import_deepByAnotherWay_isNotAllowedEither() {
    Scene scene = Scene.unix();
    // At its highest rank, n2 is one below the root; by the longer way there are eleven.
    scene.file("atmos.yaml", "import: [long, n2]").file("long.yaml", "import: n1");
    for (int i = 1; i < 10; i++) {
      scene.file("n" + i + ".yaml", "import: n" + (i + 1));
    }
    scene.file("n10.yaml");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/n1.yaml:2:9: imports are nested deeper than 10 levels, which is the limit");
  }

  @ParameterizedTest
  @MethodSource("views")
  void import_inACircle_isRefusedWithTheChain(Scene scene) {
    scene.file("atmos.yaml", "import: [b]").file("b.yaml", "import: c");
    scene.file("c.yaml", "import:", "- ok", "- b").file("ok.yaml");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/c.yaml:4:3: this import goes in a circle: /project/b.yaml -> /project/c.yaml"
                + " -> /project/b.yaml");
    scene.file("b.yaml", "import: atmos.yaml");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/b.yaml:2:9: this import goes in a circle: /project/atmos.yaml ->"
                + " /project/b.yaml -> /project/atmos.yaml");
    scene.file("atmos.yaml", "import: ./atmos");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/atmos.yaml:2:9: this import goes in a circle: /project/atmos.yaml ->"
                + " /project/atmos.yaml");
  }

  // ---- what is refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import: missing           | 2:9: there is no file /project/missing, neither with .yaml nor"
            + " with .yml added to it",
        "import: [missing.yaml]    | 2:10: the file /project/missing.yaml doesn't exist",
        "import: [a, [b]]          | 2:13: an import must be a text, and is a list",
        "import: [{path: a}]       | 2:10: an import must be a text, and is a mapping",
        "import: {path: a}         | 2:1: 'import' must be a list of texts, and is a mapping",
        "import: ['']              | 2:10: an import must not be empty",
        "import: ['  ']            | 2:10: an import must not be empty",
        "import: [~]               | 2:10: an import must not be empty",
        "import: ''                | 2:9: an import must not be empty",
        "import: missing/          | 2:9: the directory /project/missing doesn't exist",
        "import: a.yaml/x.yaml     | 2:9: the file /project/a.yaml/x.yaml doesn't exist",
        "import: d.yaml            | 2:9: can't read /project/d.yaml: is a directory",
        "import: https://x/y.yaml  | 2:9: remote imports are not supported",
        "import: git::x            | 2:9: remote imports are not supported",
        "import: s3::https://x/y   | 2:9: remote imports are not supported",
        "import: github.com/a/b//c?ref=x::y | 2:9: remote imports are not supported",
        "import: \"a\\0b\"         | 2:9: this import is not a valid path"
      })
  void import_bad_isRefusedWithItsPosition(String line, String problem) {
    for (Scene scene : views()) {
      scene.file("a.yaml").file("d.yaml/in.yaml").file("atmos.yaml", line);
      assertThat(scene.problem()).isEqualTo("/project/atmos.yaml:" + problem);
    }
  }

  @Test
  void import_ofALinkToNothing_isRefusedWithItsPosition() {
    Scene scene = Scene.unix().link("/project/d/x.yaml", "/nowhere");
    for (String entry : List.of("d/x.yaml", "d/x", "d", "d/*")) {
      scene.file("atmos.yaml", "import: [" + entry + "]");
      assertThat(scene.problem())
          .isEqualTo(
              "/project/atmos.yaml:2:10: can't read /project/d/x.yaml: is a link to nothing");
    }
  }

  @Test
  void import_ofDirectoriesThatLinkInACircle_ends() {
    Scene scene = Scene.unix().file("d/x.yaml").file("d/e/y.yaml");
    scene.link("/project/d/e/up", "/project/d").link("/project/d/self", "/project/d");
    for (String entry : List.of("d", "d/**", "d/**/*.yaml")) {
      scene.file("atmos.yaml", "import: [" + entry + "]");
      assertThat(scene.order()).contains("d/x.yaml", "d/e/y.yaml").endsWith("atmos.yaml");
      assertThat(scene.order().size()).isLessThan(12);
    }
  }

  @Test
  void import_unreadable_isRefusedWithItsPosition() {
    Scene scene = Scene.unix().file("atmos.yaml", "import: [denied.yaml]").file("denied.yaml");
    Scene.Looks looks =
        new Scene.Looks() {
          @Override
          public Optional<byte[]> readReal(Path real, int limit) throws java.io.IOException {
            if (real.endsWith("denied.yaml")) {
              throw new java.io.IOException("permission denied");
            }
            return super.readReal(real, limit);
          }

          @Override
          public Optional<List<String>> list(Path directory) throws java.io.IOException {
            if (directory.endsWith("secret")) {
              throw new java.io.IOException("permission denied");
            }
            return super.list(directory);
          }
        };
    assertThat(
            Trees.problem(Trees.failure(() -> scene.loader(looks).load(scene.options(), Set.of()))))
        .isEqualTo("/project/atmos.yaml:2:10: can't read /project/denied.yaml: permission denied");
    scene.file("atmos.yaml", "import: [secret]");
    assertThat(
            Trees.problem(Trees.failure(() -> scene.loader(looks).load(scene.options(), Set.of()))))
        .isEqualTo(
            "/project/atmos.yaml:2:10: can't read the directory /project/secret: permission"
                + " denied");
  }

  // ---- limits

  @Test
  void import_allFilesTogether_haveALimit() {
    Scene scene = Scene.unix().file("atmos.yaml", "import: [a, b]");
    scene.text("a.yaml", "#" + "x".repeat(5 * 1024 * 1024));
    scene.text("b.yaml", "#" + "x".repeat(3 * 1024 * 1024));
    assertThat(scene.problem())
        .isEqualTo(
            "/project/atmos.yaml:2:10: the configuration is too large: with /project/a.yaml it is"
                + " more than the 8 MiB that all files together may have");
  }

  @Test
  void import_ofMoreThanAThousandFiles_isRefused() {
    Scene scene = Scene.unix().text("atmos.yaml", "import: d\n");
    for (int i = 1000; i < 1999; i++) {
      scene.text("d/" + i + ".yaml", "");
    }
    assertThat(scene.merged().keys()).containsExactly("import");
    scene.text("d/2000.yaml", "");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/atmos.yaml:1:9: the configuration has too many files: with"
                + " /project/d/2000.yaml there are more than 1000");
  }

  @Test
  void import_ofBracesWithoutEnd_isRefused() {
    Scene scene = Scene.unix().file("atmos.yaml", "import: '" + "{a,b}".repeat(20) + "'");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/atmos.yaml:2:9: the braces of this import make more than 1000 patterns,"
                + " which is the limit");
    scene.file("atmos.yaml", "import: '" + "{a}".repeat(2000) + "'");
    assertThat(scene.problem())
        .isEqualTo(
            "/project/atmos.yaml:2:9: this import is longer than 4096 characters, which is the"
                + " limit");
    scene.file("atmos.yaml", "import: '" + "*a".repeat(2000) + "'");
    scene.file("a".repeat(200) + ".yaml");
    assertThat(scene.order()).containsExactly("atmos.yaml");
  }

  // ---- no match

  @ParameterizedTest
  @MethodSource("views")
  void import_withoutAMatch_isAStepOfTheSearch(Scene scene) {
    scene
        .directory("empty")
        .file("atmos.yaml", "import:", "- none*", "- empty", "- a")
        .file("a.yaml");
    assertThat(scene.order()).containsExactly("a.yaml", "atmos.yaml");
    assertThat(scene.steps())
        .filteredOn(step -> step.contains("ABSENT") && step.contains("(import)"))
        .extracting(step -> step.substring(step.indexOf("(import)")))
        .containsExactly(
            "(import): no YAML file matches none*", "(import): no YAML file matches empty");
  }

  // ---- the guard

  @Test
  void import_anything_isAskedForBeforeItIsLookedAt() {
    Scene scene = Scene.unix().file("d/x.yaml").file("e/y.yaml").file("z.yaml");
    scene.file("atmos.yaml", "import: [z, d, 'e/*', missing*]");
    List<String> asked = new ArrayList<>();
    boolean[] refuses = {false};
    ImportGuard guard =
        new ImportGuard() {
          @Override
          public void check(ConfigFile importer, Path target, Position entry, boolean listed) {
            if (refuses[0]) {
              throw entry.error("no");
            }
            asked.add(entry.column() + " " + target);
            assertThat(importer.path()).hasToString("/project/atmos.yaml");
          }

          @Override
          public void checkFound(ConfigFile found, Path directory) {
            throw new AssertionError("an import isn't found but named");
          }
        };
    ConfigFileCache cache =
        new ConfigFileCache(new Scene.Looks(), scene.files(), new FakeEnvironment());
    ConfigFile file = cache.find(scene.path("/project/atmos.yaml"), null);
    assertThat(file).isNotNull();
    for (String entry : List.of("z", "d", "e/*", "missing*")) {
      Position position = new Position(file.source(), 1, asked.size());
      new ImportEntry(scene.ports(cache, guard), file, entry, position).files(null);
    }
    assertThat(asked.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList())
        .containsExactly(
            "/project/z",
            "/project/z.yaml",
            "/project/d",
            "/project/d.yaml",
            "/project/d.yml",
            "/project/d/x.yaml",
            "/project/e/*",
            "/project/e",
            "/project/e/y.yaml",
            "/project/missing*",
            "/project");
    refuses[0] = true;
    AtmosException refusal =
        Trees.failure(() ->
            new ImportEntry(scene.ports(cache, guard), file, "z", new Position(file.source(), 1, 1))
                .files(null));
    assertThat(refusal.sentence()).startsWith("/project/atmos.yaml:1:1: no");
  }
}
