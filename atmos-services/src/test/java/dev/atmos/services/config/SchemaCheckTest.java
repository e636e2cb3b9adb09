package dev.atmos.services.config;

import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Shape;
import dev.atmos.plugin.config.Source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Shape.Field;
import dev.atmos.plugin.config.Shape.Fields;
import dev.atmos.plugin.config.Shape.Role;
import dev.atmos.plugin.config.Shape.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
  private static final Source SOURCE = new Source("atmos.yaml", "");
  private static final Text ANY = text(null, List.of());
  private static final Text DIGITS = text("[0-9]+", List.of());
  private static final Text COLOUR = text(null, List.of("red", "green"));
  private static final Fields POINT =
      new Fields(
          "A point.",
          List.of(
              new Field("name", ANY, true, null),
              new Field("size", DIGITS, false, null),
              new Field("colour", COLOUR, false, "red"),
              new Field("shown", new Shape.Flag("Whether."), false, null),
              new Field("tags", new Shape.Items("Tags.", ANY), false, null),
              new Field("free", new Shape.Anything("Anything."), false, null),
              new Field(
                  "inner",
                  new Fields("Inner.", List.of(new Field("deep", ANY, false, null)), false),
                  false,
                  null)),
          false);

  private int line;

  private static Text text(@Nullable String pattern, List<String> values) {
    return new Text("A text.", Role.PLAIN, values, pattern, "digits", "12");
  }

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

  private List<String> check(Shape shape, Object value) {
    return SchemaCheck.check(shape, tree(value), "it").stream().map(SchemaCheckTest::show).toList();
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
        "shown  | yes   | ERROR it.shown 5:5 'shown' must be true or false",
        "tags   | x     | ERROR it.tags 5:5 'tags' must be a list, and is a text",
        "inner  | x     | ERROR it.inner 5:5 'inner' must be a mapping, and is a text",
        "colur  | x     | WARNING it.colur 4:1 unknown key 'colur'; did you mean colour?",
        "deep   | x     | WARNING it.deep 4:1 unknown key 'deep'; it belongs below 'inner'",
        "far-off-key | x | WARNING it.far-off-key 4:1 unknown key 'far-off-key'; known here: name,"
            + " size, colour, shown, tags, free, inner",
        "a.b    | x     | WARNING it.\"a.b\" 4:1 unknown key 'a.b'; known here: name, size, colour,"
            + " shown, tags, free, inner",
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
    assertThat(check(new Shape.Named("Points.", POINT), Map.of("p", "~")))
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
            check(
                new Shape.Items("Numbers.", DIGITS),
                List.of("1", "x", "~", List.of("1"), Map.of())))
        .containsExactly(
            "ERROR it[1] 3:5 an item of 'it' must be digits; for example: 12",
            "ERROR it[2] 4:5 an item of 'it' is empty",
            "ERROR it[3] 5:5 an item of 'it' must be a text, and is a list",
            "ERROR it[4] 7:5 an item of 'it' must be a text, and is a mapping");
  }

  @Test
  void oneOf_isCheckedByItsType() {
    Shape shape = new Shape.OneOf("A number or a point.", List.of(DIGITS, POINT));

    assertThat(check(shape, "1")).isEmpty();
    assertThat(check(shape, Map.of("name", "x"))).isEmpty();
    assertThat(check(shape, "x"))
        .containsExactly("ERROR it 5:5 'it' must be digits; for example: 12");
    assertThat(check(shape, Map.of()))
        .containsExactly("ERROR it.name 6:5 'name' is missing from 'it'");
    assertThat(check(shape, List.of()))
        .containsExactly("ERROR it 7:5 'it' must be a text or a mapping, and is a list");
  }

  @Test
  void kinds_decideTheFields() {
    Field kind = new Field("kind", ANY, true, null);
    Shape shape =
        new Shape.Kinds(
            "A thing.",
            Map.of(
                "a",
                new Fields("An a.", List.of(kind, new Field("of_a", DIGITS, true, null)), false)),
            new Fields("Another.", List.of(kind), true));

    assertThat(check(shape, Map.of("kind", "a")))
        .containsExactly("ERROR it.of_a 1:5 'of_a' is missing from 'it'");
    assertThat(check(shape, Map.of("kind", "b"))).isEmpty();
    assertThat(check(shape, Map.of("of_a", "x")))
        .containsExactly("ERROR it.kind 7:5 'kind' is missing from 'it'");
    assertThat(check(shape, Map.of("kind", tagged("!exec", "ran"))))
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
    Shape shape = new Shape.Named("Points.", POINT);
    Map<String, Object> points = new LinkedHashMap<>();
    points.put("a", point);
    points.put("b", point);

    assertThat(check(shape, points)).hasSize(1);
    assertThat(SchemaCheck.checkEach(shape, tree(points), "it"))
        .extracting(ConfigProblem::path)
        .containsExactly("it.a.nonsense", "it.b.nonsense");
  }

  @Test
  void problem_showsNoValue() {
    String secret = "CANARY";
    for (Shape shape : List.of(DIGITS, COLOUR, POINT, new Shape.Flag("Whether."))) {
      for (Object value : List.of(secret, List.of(secret), Map.of("name", List.of(secret)))) {
        assertThat(check(shape, value).toString()).doesNotContain(secret);
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
