package dev.atmos.cli.config.yaml;

import static dev.atmos.cli.config.Trees.CANARY;
import static dev.atmos.cli.config.Trees.failure;
import static dev.atmos.cli.config.Trees.problem;
import static dev.atmos.cli.config.Trees.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Trees;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.services.config.ConfigMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
  private final FakeEnvironment environment =
      new FakeEnvironment().set("SET", "value").set("EMPTY", "").set("PADDED", " \t value\n");

  private ConfigMap read(String text) {
    return Trees.read(text.getBytes(UTF_8), null, environment);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "!env SET, value",
        "!env SET other, value",
        "!env 'SET', value",
        "!env \"SET 'other'\", value",
        "!env PADDED, value",
        "!env EMPTY, ||",
        "!env EMPTY other, ||",
        "!env UNSET, ||",
        "!env UNSET other, other",
        "!env UNSET   two words , two words",
        "!env UNSET 'two words', two words",
        "!env UNSET \"two words\", two words",
        "!env UNSET ' padded ', padded",
        "!env UNSET 'half, 'half",
        "!env UNSET ', '",
        "!env UNSET '', ||",
        "!env 'UNSET a''b', a'b",
        "!env _X1 y, y",
        "!env UNSET null, null"
      })
  void env_value_isTheVariableOrTheDefault(String text, String value) {
    ConfigMap map = read("a: " + text);
    assertThat(write(map)).as("never null, whatever it says").isEqualTo("{a: \"" + value + "\"}");
    assertThat(map.text("a")).contains(value);
    assertThat(map.text("a").orElseThrow()).isEqualTo(value);
  }

  @Test
  void env_inLists_isReadToo() {
    assertThat(write(read("a: [!env SET, !env UNSET x]"))).isEqualTo("{a: [\"value\", \"x\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"!env", "!env ''", "!env 1X", "!env A-B", "!env $SET", "!env é", "!env 'A,B'"})
  void env_badName_isAnErrorWhenUsed(String text) {
    ConfigMap map = read("a:\n  b: " + text).map("a").orElseThrow();
    assertThat(problem(failure(() -> map.text("b"))))
        .isEqualTo(
            "f.yaml:2:6: !env needs the name of a variable, made of letters, digits and '_'");
  }

  @Test
  void env_onACollection_isAnErrorWhenUsed() {
    assertThat(problem(failure(() -> read("a: !env [SET]").list("a"))))
        .isEqualTo("f.yaml:1:4: !env needs the name of a variable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!!str 1             | \"1\"",
        "!!str null          | \"null\"",
        "!!str               | \"\"",
        "! null              | \"null\"",
        "!!int 1             | 1",
        "!!int '1'           | \"1\"",
        "!!null ~            | ~",
        "!!bool yes          | yes",
        "!!float 1           | 1",
        "!!timestamp 2025    | 2025",
        "!!map {b: c}        | {b: c}",
        "!!set {b, c}        | {b: , c: }",
        "! {b: c}            | {b: c}",
        "!!seq [b]           | [b]",
        "! [b]               | [b]",
        "!<tag:yaml.org,2002:str> ~ | \"~\""
      })
  void standardTag_onItsKind_changesNothingButNull(String text, String tree) {
    assertThat(write(read("a: " + text))).isEqualTo("{a: " + tree + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!exec [hunter2canary]       | !exec needs a text behind it",
        "!exec                       | !exec needs a command",
        "!include.raw {a: b}         | !include.raw needs a text behind it",
        "!include                    | !include needs the path of a file",
        "!include hunter2canary://x  | remote includes are not supported",
        "!include git::hunter2canary | remote includes are not supported",
        "!unset [hunter2canary]      | !unset takes no value",
        "!append hunter2canary       | !append needs a list",
        "!append {a: hunter2canary}  | !append needs a list",
        "!random hunter2canary       | !random needs no number, its highest, or its lowest and its"
            + " highest",
        "!random 1 2 3               | !random needs no number, its highest, or its lowest and its"
            + " highest",
        "!random 2 1                 | !random needs its lowest number before its highest",
        "!random -1                  | !random needs its lowest number before its highest",
        "!random 9223372036854775807 | !random needs no number, its highest, or its lowest and its"
            + " highest",
        "!repo-root                  | !repo-root: this is in no git repository, and there is no"
            + " default",
        "!git.url                    | '!git.url' is not supported by this version of atmos",
        "!template hunter2canary     | '!template' is not supported by this version of atmos",
        "!store [hunter2canary]      | '!store' is not supported by this version of atmos"
      })
  void knownTag_isAnErrorWhenUsed(String text, String problem) {
    ConfigMap map = read("x: 1\na: " + text);
    assertThat(map.text("x")).contains("1");
    AtmosException e = failure(() -> map.text("a"));
    assertThat(e.sentence()).isEqualTo("f.yaml:2:4: " + problem + "\n  2 | a: ...");
    assertThat(failure(() -> map.map("a"))).hasMessage(e.getMessage());
    assertThat(failure(() -> map.list("a"))).hasMessage(e.getMessage());
    assertThat(failure(() -> map.flag("a"))).hasMessage(e.getMessage());
    assertThat(map.toString()).doesNotContain(CANARY);
    assertThat(map.entries().toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!hunter2canary",
        "!hunter2canary x",
        "!hunter2canary [x]",
        "!hunter2canary {x: y}",
        "!!hunter2canary x",
        "!<hunter2canary> x",
        "!!map x",
        "!!str [x]",
        "!!str {x: y}",
        "!!seq {x: y}",
        "!!binary aHVudGVyMg==",
        "!!omap [a: b]"
      })
  void otherTag_whichMayBeASecret_isAnErrorWhenUsedAndNotNamed(String text) {
    ConfigMap map = read("a: " + text);
    AtmosException e = failure(() -> map.text("a"));
    assertThat(problem(e))
        .isEqualTo(
            "f.yaml:1:4: an unknown tag, or one that doesn't fit its value; a text that begins with"
                + " '!' needs quotes around it");
    assertThat(e.sentence() + map.entries() + write(map)).doesNotContain(CANARY);
  }

  @Test
  void mergeKey_withATag_makesTheMappingUnknown() {
    ConfigMap map = read("a:\n  <<: !template x\n  b: c\nd: e");
    assertThat(map.text("d")).contains("e");
    assertThat(problem(failure(() -> map.map("a"))))
        .isEqualTo("f.yaml:2:7: '!template' is not supported by this version of atmos");
  }

  @Test
  void tagsInsideOfATaggedValue_areReadAsFarAsTheirAnchorsAreUsed() {
    assertThat(write(read("a: !x {b: &b !env SET}\nc: *b"))).isEqualTo("{a: < >, c: \"value\"}");
  }
}
