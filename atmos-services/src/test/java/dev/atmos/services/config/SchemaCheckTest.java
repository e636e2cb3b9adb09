package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.config.Schema.RuleType;
import dev.atmos.plugin.config.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
  private static final Source SOURCE = new Source("atmos.yaml", "");
  private static final Schema ANY = Schema.text("A text.").withExample("12");
  private static final Schema DIGITS = ANY.withPattern("[0-9]+", "digits");
  private static final Schema COLOUR = Schema.choice("A text.", "red", "green");
  private static final Schema POINT =
      Schema.object("A point.")
          .required("name", ANY)
          .optional("size", DIGITS)
          .optional("colour", COLOUR.withDefault("red"))
          .optional("shown", Schema.flag("Whether."))
          .optional("count", Schema.number("How many."))
          .optional("tags", Schema.list("Tags.", ANY))
          .optional("free", Schema.anything("Anything."))
          .optional("inner.deep", ANY);

  private int line;

  /** A tree of maps, lists and texts; each key and each value stands on a line of its own. */
  private ConfigValue tree(Object value) {
    Position position = new Position(SOURCE, ++line, 5);
    if (value instanceof ConfigValue made) {
      return made;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
      map.forEach((key, below) -> {
        Position keyPosition = new Position(SOURCE, ++line, 1);
        entries.put(key.toString(), new ConfigMap.Entry(keyPosition, tree(below)));
      });
      return new ConfigMap(entries, position);
    }
    if (value instanceof List<?> list) {
      List<ConfigValue> items = new ArrayList<>();
      list.forEach(item -> items.add(tree(item)));
      return new ConfigList(items, position);
    }
    return new ConfigText(value.toString(), true, position);
  }

  private List<String> check(Schema schema, Object value) {
    return SchemaCheck.check(schema, tree(value), "it").stream()
        .map(SchemaCheckTest::show)
        .toList();
  }

  private static String show(ConfigProblem problem) {
    Position position = problem.position();
    return problem.severity()
        + " "
        + problem.path()
        + " "
        + (position == null ? "" : position.line() + ":" + position.column())
        + " "
        + problem.sentence()
        + (problem.hint() == null ? "" : "; " + problem.hint());
  }

  private static DeferredValue tagged(String tag, Object result) {
    return new DeferredValue(
        tag,
        "",
        new Position(SOURCE, 99, 1),
        () -> {
          if (result instanceof ConfigValue value) {
            return value;
          }
          throw new AtmosException(
              ExitCode.USAGE, "atmos.yaml:99:1: " + result + "\n  99 | ...", "look there");
        });
  }

  @Test
  void goodValue_hasNoProblem() {
    assertThat(
            check(
                POINT,
                Map.of(
                    "name",
                    "x",
                    "size",
                    "12",
                    "colour",
                    "green",
                    "shown",
                    "TRUE",
                    "tags",
                    List.of("a"),
                    "free",
                    List.of(Map.of("a", "b")))))
        .isEmpty();
    assertThat(check(POINT, "~")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size   | x     | ERROR it.size 5:5 'size' must be digits; for example: 12",
        "colour | gren  | ERROR it.colour 5:5 'colour' must be red or green; did you mean green?",
        "colour | blue  | ERROR it.colour 5:5 'colour' must be red or green",
        "count  | 1.5   | ERROR it.count 5:5 'count' must be a whole number",
        "shown  | yes   | ERROR it.shown 5:5 'shown' must be true or false",
        "tags   | x     | ERROR it.tags 5:5 'tags' must be a list, and is a text",
        "inner  | x     | ERROR it.inner 5:5 'inner' must be a mapping, and is a text",
        "colur  | x     | WARNING it.colur 4:1 unknown key 'colur'; did you mean colour?",
        "deep   | x     | WARNING it.deep 4:1 unknown key 'deep'; it belongs below 'inner'",
        "far-off-key | x | WARNING it.far-off-key 4:1 unknown key 'far-off-key'; known here: name,"
            + " size, colour, shown, count, tags, free, inner",
        "a.b    | x     | WARNING it.\"a.b\" 4:1 unknown key 'a.b'; known here: name, size, colour,"
            + " shown, count, tags, free, inner",
      })
  void badField_isAProblemAtItsPlace(String key, String value, String problem) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("name", "x");
    point.put(key, value);

    assertThat(check(POINT, point)).containsExactly(problem);
  }

  @Test
  void missingField_isAProblemOfItsParent() {
    assertThat(check(POINT, Map.of("size", "1")))
        .containsExactly("ERROR it.name 1:5 'name' is missing from 'it'");
    assertThat(check(POINT, Map.of("name", "~")))
        .containsExactly("ERROR it.name 5:1 'name' is missing from 'it'");
    assertThat(check(Schema.map("Points.", POINT), Map.of("p", "~")))
        .containsExactly("ERROR it.p.name 8:1 'name' is missing from 'p'");
  }

  @Test
  void missingField_thatIsThereMistyped_isOneProblem() {
    assertThat(check(POINT, Map.of("nam", "x")))
        .containsExactly(
            "ERROR it.nam 2:1 'nam' is not known here, and 'name' is missing; did you mean name?");
  }

  @Test
  void emptyText_isLikeNone() {
    assertThat(check(POINT, Map.of("name", new ConfigText("", false, new Position(SOURCE, 9, 9)))))
        .containsExactly("ERROR it.name 9:9 'name' is empty; most likely its variable is not set");
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("name", "x");
    point.put("size", new ConfigText("", false, new Position(SOURCE, 9, 9)));
    assertThat(check(POINT, point)).isEmpty();
  }

  @Test
  void items_areCheckedOneByOne() {
    assertThat(
            check(Schema.list("Numbers.", DIGITS), List.of("1", "x", "~", List.of("1"), Map.of())))
        .containsExactly(
            "ERROR it[1] 3:5 an item of 'it' must be digits; for example: 12",
            "ERROR it[2] 4:5 an item of 'it' is empty",
            "ERROR it[3] 5:5 an item of 'it' must be a text, and is a list",
            "ERROR it[4] 7:5 an item of 'it' must be a text, and is a mapping");
  }

  @Test
  void oneOf_isCheckedByItsType() {
    Schema schema = Schema.oneOf("A number or a point.", DIGITS, POINT);

    assertThat(check(schema, "1")).isEmpty();
    assertThat(check(schema, Map.of("name", "x"))).isEmpty();
    assertThat(check(schema, "x"))
        .containsExactly("ERROR it 5:5 'it' must be digits; for example: 12");
    assertThat(check(schema, Map.of()))
        .containsExactly("ERROR it.name 6:5 'name' is missing from 'it'");
    assertThat(check(schema, List.of()))
        .containsExactly("ERROR it 7:5 'it' must be a text or a mapping, and is a list");
  }

  @Test
  void kinds_decideTheFields() {
    Schema kind = Schema.object("A kind.").required("kind", ANY);
    Schema schema =
        Schema.byKind("A thing.", Map.of("a", kind.required("of_a", DIGITS)), kind.withOtherKeys());

    assertThat(check(schema, Map.of("kind", "a")))
        .containsExactly("ERROR it.of_a 1:5 'of_a' is missing from 'it'");
    assertThat(check(schema, Map.of("kind", "b"))).isEmpty();
    assertThat(check(schema, Map.of("of_a", "x")))
        .containsExactly("ERROR it.kind 7:5 'kind' is missing from 'it'");
    assertThat(check(schema, Map.of("kind", tagged("!exec", "ran"))))
        .containsExactly(
            "ERROR it.kind 99:1 'kind' must be written as it is, and not be made by a tag");
  }

  @Test
  void valueOfATag_thatRunsOrReads_isNotMade() {
    for (String tag : List.of("!exec", "!repo-root", "!git.sha", "!cwd", "!random")) {
      assertThat(check(DIGITS, tagged(tag, "was made"))).isEmpty();
      assertThat(check(POINT, Map.of("name", tagged(tag, "was made")))).isEmpty();
      assertThat(check(POINT, tagged(tag, "was made")))
          .containsExactly("ERROR it 99:1 'it' must be a mapping, and is a value with a tag");
    }
  }

  @Test
  void valueOfAnInclude_isMadeAndChecked() {
    ConfigText text = new ConfigText("x", true, new Position(new Source("other", ""), 3, 4));

    assertThat(check(DIGITS, tagged("!include", text)))
        .containsExactly("ERROR it 3:4 'it' must be digits; for example: 12");
    assertThat(check(DIGITS, tagged("!include.raw", "no such file")))
        .containsExactly("ERROR it 99:1 no such file; look there");
    assertThat(check(DIGITS, tagged("", "an unknown tag")))
        .containsExactly("ERROR it 99:1 an unknown tag; look there");
  }

  @Test
  void oneCause_inSeveralPlaces_isToldOfOnce() {
    ConfigValue point = tree(Map.of("name", "x", "nonsense", "y"));
    Schema schema = Schema.map("Points.", POINT);
    Map<String, Object> points = new LinkedHashMap<>();
    points.put("a", point);
    points.put("b", point);

    assertThat(check(schema, points)).hasSize(1);
    assertThat(SchemaCheck.checkEach(schema, tree(points), "it"))
        .extracting(ConfigProblem::path)
        .containsExactly("it.a.nonsense", "it.b.nonsense");
  }

  @Test
  void duration_isCheckedForItsFormAndItsRange() {
    Schema schema =
        Schema.duration("How long.")
            .withRange(Duration.ofMinutes(15), Duration.ofHours(12))
            .withExample("2h");

    assertThat(check(schema, "15m")).isEmpty();
    assertThat(check(schema, "43200")).isEmpty();
    assertThat(check(schema, "soon"))
        .containsExactly(
            "ERROR it 3:5 'it' must be a length of time in d, h, m or s, or a number of seconds;"
                + " for example: 2h");
    assertThat(check(schema, "14m"))
        .containsExactly("WARNING it 4:5 'it' is less than is allowed here; allowed: 15m to 12h");
    assertThat(check(schema, "13h"))
        .containsExactly("WARNING it 5:5 'it' is more than is allowed here; allowed: 15m to 12h");
  }

  @Test
  void text_thatIsNotAmongTheKnownOnes_isAWarning() {
    Schema schema = ANY.withKnownTexts(List.of("us-east-1", "eu-west-1"));

    assertThat(check(schema, "eu-west-1")).isEmpty();
    assertThat(check(schema, "eu-west-9"))
        .containsExactly("WARNING it 2:5 'it' is not a known value; known: us-east-1, eu-west-1");
  }

  @Test
  void text_thatIsNearlyOfItsForm_isCorrectedUnlessItMayBeASecret() {
    Schema word = Schema.text("A word.").withPattern("[a-z]+", "letters").withExample("red");

    assertThat(check(word, " RED"))
        .containsExactly("ERROR it 1:5 'it' must be letters; did you mean red?");
    for (Schema other : List.of(word.withSecrecy(), word.withEffect(Effect.COMMAND))) {
      assertThat(check(other, " RED")).singleElement().asString().endsWith("; for example: red");
    }
  }

  @Test
  void ruleAnyOf_withoutAnyOfThem_isAProblem() {
    Schema schema =
        Schema.object("A role.")
            .optional("arn", DIGITS)
            .optional("name", ANY)
            .withRule("", RuleType.ANY_OF, "arn", "name");

    assertThat(check(schema, Map.of("name", "x"))).isEmpty();
    assertThat(check(schema, Map.of()))
        .containsExactly(
            "ERROR it 4:5 'it' has neither 'arn' nor 'name'; add: arn: 12, or name: NAME");
    assertThat(check(schema, Map.of("arm", "1")))
        .containsExactly(
            "ERROR it 6:1 'it' has neither 'arn' nor 'name': unknown key 'arm'; did you mean arn?");
  }

  @Test
  void ruleTogether_withOneOfThem_isAProblem() {
    Schema schema =
        Schema.object("A key.")
            .optional("key.id", ANY)
            .optional("key.secret", Schema.secret("The secret."))
            .withRule("key", RuleType.TOGETHER, "id", "secret");

    assertThat(check(schema, Map.of("key", Map.of("id", "x", "secret", "y")))).isEmpty();
    assertThat(check(schema, Map.of("key", Map.of()))).as("neither of them").isEmpty();
    line = 0;
    assertThat(check(schema, Map.of("key", Map.of("id", "x"))))
        .containsExactly("ERROR it.key.id 4:1 'id' is there without 'secret'");
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("id", "x");
    key.put("secret", new ConfigText("", false, new Position(SOURCE, 9, 9)));
    line = 0;
    assertThat(check(schema, Map.of("key", key)))
        .containsExactly(
            "ERROR it.key.secret 6:1 'secret' is empty; most likely its variable is not set");
  }

  @Test
  void ruleOnlyWith_withoutTheOther_isAWarning() {
    Schema schema =
        Schema.object("An MFA device.")
            .optional("code", ANY)
            .optional("serial", ANY)
            .withRule("", RuleType.ONLY_WITH, "code", "serial");

    assertThat(check(schema, Map.of("serial", "x"))).isEmpty();
    assertThat(check(schema, Map.of("code", tagged("!exec", "ran"), "serial", "x"))).isEmpty();
    line = 0;
    assertThat(check(schema, Map.of("code", "x")))
        .containsExactly("WARNING it.code 2:1 'code' is there without 'serial', and is not used");
  }

  @Test
  void problem_showsNoValue() {
    String secret = "CANARY";
    for (Schema schema : List.of(DIGITS, COLOUR, POINT, Schema.flag("Whether."))) {
      for (Object value : List.of(secret, List.of(secret), Map.of("name", List.of(secret)))) {
        assertThat(check(schema, value).toString()).doesNotContain(secret);
      }
    }
  }

  @Test
  void problem_asAFailure_namesItsPlace() {
    Position position = new Position(new Source("atmos.yaml", "key: CANARY"), 1, 6);

    assertThat(ConfigProblem.error("key", position, "is wrong", "mend it").failure())
        .hasMessage("atmos.yaml:1:6: is wrong\n  1 | key: ...")
        .extracting(AtmosException::exitCode)
        .isEqualTo(ExitCode.USAGE);
    assertThat(ConfigProblem.warning("KEY", null, "is odd", null).failure()).hasMessage("is odd");
    assertThat(ConfigProblem.of("key", position, position.error("is wrong")))
        .isEqualTo(ConfigProblem.error("key", position, "is wrong", null));
  }
}
