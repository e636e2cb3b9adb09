package dev.atmos.auth.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shape and what is made of it are one: whatever the shape allows ends up in the values, and
 * whatever it doesn't is a problem at its place. (That nothing else is read, the reader sees to.)
 */
class NoDriftTest {
  private static final String WRONG = "\u0001 wrong" + "x".repeat(300);

  /**
   * A field of the section: what has to be there for it, its keys, and its shape.
   *
   * @param kind the kind of the definition that has it, and a colon; empty outside of definitions
   * @param base the section without the field, as nested maps and lists
   */
  record Case(String kind, Map<String, Object> base, List<String> keys, Schema shape) {
    @Override
    public String toString() {
      return kind + String.join(".", keys);
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    Schema.Fields section = AuthShape.section();
    for (Schema.Field field : section.fields()) {
      if (!(field.shape() instanceof Schema.Named named)) {
        collect("", new LinkedHashMap<>(), List.of(field.name()), field.shape(), cases);
        continue;
      }
      Schema.Kinds kinds = (Schema.Kinds) named.value();
      kinds
          .kinds()
          .forEach((kind, fields) -> {
            Map<String, Object> base = needed(fields);
            base.put("kind", kind);
            if (kind.equals(Kinds.USER)) {
              base.put(
                  "credentials",
                  new LinkedHashMap<>(Map.of("access_key_id", "AKID", "secret_access_key", "s")));
            }
            Map<String, Object> root = new LinkedHashMap<>();
            root.put(field.name(), new LinkedHashMap<>(Map.of("it", base)));
            collectFields(kind + ": ", root, List.of(field.name(), "it"), fields, cases);
          });
    }
    return cases.stream();
  }

  static Stream<Case> leaves() {
    return cases()
        .filter(each -> each.shape instanceof Schema.Text || each.shape instanceof Schema.Flag);
  }

  static Stream<Case> checkedTexts() {
    return cases()
        .filter(each ->
            each.shape instanceof Schema.Text text
                && (text.pattern() != null || !text.values().isEmpty()));
  }

  @Test
  void cases_coverTheWholeShape() {
    assertThat(cases().map(Case::toString))
        .doesNotHaveDuplicates()
        .contains(
            "realm",
            "keyring.spec.path",
            "aws/iam-identity-center: providers.it.spec.aws.resolver.url",
            "aws/permission-set: identities.it.principal.account",
            "aws/permission-set: identities.it.principal.account.id",
            "aws/assume-role: identities.it.env.[0].value",
            "aws/assume-role: identities.it.env.NAME",
            "aws/assume-role: identities.it.principal.session_tags.NAME",
            "aws/user: identities.it.tags.[0]",
            "aws/eks: integrations.it.spec.cluster.kubeconfig.mode")
        .hasSizeGreaterThan(150);
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void everyField_setToOneOrAnotherGoodValue_isSeenInTheValues(Case each) {
    List<String> good = good(each.shape);
    if (each.keys.get(each.keys.size() - 1).equals("kind")) {
      assertThat(good).as("the kind decides the fields").hasSize(1);
      return;
    }
    List<AuthConfig> read = new ArrayList<>();
    for (String value : good) {
      Tree tree = new Tree(with(each, value));
      AuthReader reader = new AuthReader(tree.root());
      assertThat(reader.problems()).filteredOn(ConfigProblem::isError).isEmpty();
      read.add(reader.config());
    }
    assertThat(read).hasSize(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyField_ofAnotherType_isAProblemAtItsPlace(Case each) {
    boolean text =
        each.shape instanceof Schema.Text
            || each.shape instanceof Schema.Flag
            || (each.shape instanceof Schema.OneOf oneOf
                && oneOf.shapes().stream().anyMatch(Schema.Text.class::isInstance));
    Tree tree = new Tree(with(each, text ? new ArrayList<>(List.of("x")) : "x"));

    assertThat(errors(tree)).contains(tree.path(each.keys) + " " + tree.place(each.keys));
  }

  @ParameterizedTest
  @MethodSource("checkedTexts")
  void everyText_ofAnotherForm_isAProblemAtItsPlace(Case each) {
    Tree tree = new Tree(with(each, WRONG));

    if (!each.keys.get(each.keys.size() - 1).equals("kind")) {
      assertThat(errors(tree)).contains(tree.path(each.keys) + " " + tree.place(each.keys));
    }
  }

  private static List<String> errors(Tree tree) {
    AuthReader reader = new AuthReader(tree.root());
    List<String> errors = new ArrayList<>();
    for (ConfigProblem problem : reader.problems()) {
      assertThat(problem.sentence()).doesNotContain(WRONG).doesNotEndWith(".");
      if (problem.isError()) {
        errors.add(problem.path() + " " + problem.position());
      }
    }
    return errors;
  }

  /** The case's section with that value in the field. */
  private static Map<String, Object> with(Case each, Object value) {
    Map<String, Object> root = copy(each.base);
    Object at = root;
    for (int i = 0; i < each.keys.size(); i++) {
      String key = each.keys.get(i);
      Object below = value;
      if (i + 1 < each.keys.size()) {
        boolean list = each.keys.get(i + 1).startsWith("[");
        Object there = at instanceof Map<?, ?> map ? map.get(key) : null;
        below =
            there instanceof Map<?, ?> && !list
                ? there
                : list ? new ArrayList<>() : new LinkedHashMap<String, Object>();
      }
      put(at, key, below);
      at = below;
    }
    return root;
  }

  @SuppressWarnings("unchecked")
  private static void put(Object parent, String key, Object value) {
    if (parent instanceof List<?> list) {
      ((List<Object>) list).add(value);
      if (value instanceof Map<?, ?> map && !map.containsKey("key")) {
        // An item of env needs a key, whatever else is tried.
        ((Map<String, Object>) map).put("key", "KEY");
      }
    } else {
      Map<String, Object> map = (Map<String, Object>) parent;
      if (key.equals("provider") && map.size() == 1 && map.containsKey("identity")) {
        map.remove("identity");
      }
      map.put(key, value);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copy(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) ->
        copy.put(
            key, value instanceof Map<?, ?> below ? copy((Map<String, Object>) below) : value));
    return copy;
  }

  private static void collect(
      String kind, Map<String, Object> base, List<String> keys, Schema shape, List<Case> cases) {
    cases.add(new Case(kind, base, keys, shape));
    if (shape instanceof Schema.Fields fields) {
      collectFields(kind, base, keys, fields, cases);
    } else if (shape instanceof Schema.Items items) {
      collect(kind, base, and(keys, "[0]"), items.item(), cases);
    } else if (shape instanceof Schema.Named named) {
      collect(kind, base, and(keys, "NAME"), named.value(), cases);
    } else if (shape instanceof Schema.OneOf oneOf) {
      for (Schema one : oneOf.shapes()) {
        List<Case> below = new ArrayList<>();
        collect(kind, base, keys, one, below);
        cases.addAll(below.subList(1, below.size()));
      }
    }
  }

  private static void collectFields(
      String kind,
      Map<String, Object> base,
      List<String> keys,
      Schema.Fields fields,
      List<Case> cases) {
    for (Schema.Field field : fields.fields()) {
      collect(kind, base, and(keys, field.name()), field.shape(), cases);
    }
  }

  private static List<String> and(List<String> keys, String key) {
    List<String> longer = new ArrayList<>(keys);
    longer.add(key);
    return longer;
  }

  /** What a mapping needs, and no more. */
  private static Map<String, Object> needed(Schema.Fields fields) {
    Map<String, Object> needed = new LinkedHashMap<>();
    for (Schema.Field field : fields.fields()) {
      if (field.name().equals("via")) {
        needed.put("via", new LinkedHashMap<>(Map.of("identity", "base")));
      } else if (field.required()) {
        Schema shape = field.shape();
        Schema first = shape instanceof Schema.OneOf oneOf ? oneOf.shapes().get(0) : shape;
        needed.put(
            field.name(),
            first instanceof Schema.Fields below ? needed(below) : good(first).get(0));
      }
    }
    return needed;
  }

  /** Two good values, or one where there is but one. */
  private static List<String> good(Schema shape) {
    if (shape instanceof Schema.Flag) {
      return List.of("true", "false");
    }
    Schema.Text text = (Schema.Text) shape;
    if (!text.values().isEmpty()) {
      return text.values().subList(0, Math.min(2, text.values().size()));
    }
    String example = text.example() == null ? "word" : text.example();
    return List.of(example, another(example, text.pattern()));
  }

  private static String another(String example, @Nullable String pattern) {
    for (int i = example.length() - 1; i >= 0; i--) {
      for (String replacement : List.of("4", "5", "x")) {
        String other = example.substring(0, i) + replacement + example.substring(i + 1);
        if (!other.equals(example) && (pattern == null || Pattern.matches(pattern, other))) {
          return other;
        }
      }
    }
    throw new AssertionError("no other value than " + example);
  }

  /** The tree of nested maps, in which every value has a place of its own. */
  private static final class Tree {
    private final Source source = new Source("atmos.yaml", "");
    private final Map<List<String>, Position> places = new LinkedHashMap<>();
    private final ConfigMap root;

    Tree(Map<String, Object> section) {
      root = (ConfigMap) value(section, List.of());
    }

    ConfigMap root() {
      return root;
    }

    /** As {@link SchemaCheck#path} writes it. */
    String path(List<String> keys) {
      String path = "auth";
      for (String key : keys) {
        path = key.startsWith("[") ? path + key : SchemaCheck.path(path, key);
      }
      return path;
    }

    Position place(List<String> keys) {
      return Named.of(places, keys);
    }

    private ConfigValue value(Object value, List<String> keys) {
      Position position = new Position(source, places.size() + 1, 9);
      places.put(keys, position);
      if (value instanceof Map<?, ?> map) {
        Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
        map.forEach((key, below) -> {
          Position keyPosition = new Position(source, places.size() + 1, 1);
          ConfigValue made = value(below, and(keys, key.toString()));
          entries.put(key.toString(), new ConfigMap.Entry(keyPosition, made));
        });
        return new ConfigMap(entries, position);
      }
      if (value instanceof List<?> list) {
        List<ConfigValue> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          items.add(value(list.get(i), and(keys, "[" + i + "]")));
        }
        return new ConfigList(items, position);
      }
      return new ConfigText(value.toString(), true, position);
    }
  }
}
