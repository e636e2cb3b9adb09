package dev.atmos.auth.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.VaultKinds;
import dev.atmos.auth.list.ListRun;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.testing.FakeServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema of the section and what is made of it are one: whatever it allows is in the listing
 * unless it is to be hidden, and whatever it doesn't allow is a problem at its place.
 */
class AuthSchemaTest {
  private static final String WRONG = "\u0001 wrong" + "x".repeat(300);

  private static final String MFA = "arn:aws:iam::123456789012:mfa/jane";

  /** What no listing has. */
  private static final Set<String> UNLISTED = Set.of("kind", "required");

  /**
   * A field of the section: what has to be there for it, its keys, and its schema.
   *
   * @param kind the kind of the definition that has it, and a colon; empty outside of definitions
   * @param base the section without the field, as nested maps and lists
   */
  record Case(String kind, Map<String, Object> base, List<String> keys, Schema schema) {
    String key() {
      return keys.get(keys.size() - 1);
    }

    @Override
    public String toString() {
      return kind + String.join(".", keys);
    }
  }

  private static FakeServices services() {
    return AuthTestContext.addBuiltInKinds(new FakeServices());
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Schema.Field field : AuthSchema.of(services(), null).fields()) {
      Schema schema = field.schema();
      if (schema.type() != Schema.Type.MAP) {
        collect("", new LinkedHashMap<>(), List.of(field.name()), schema, cases);
        continue;
      }
      schema
          .item()
          .kinds()
          .forEach((kind, fields) -> {
            Map<String, Object> base = needed(fields);
            base.put("kind", kind);
            if (kind.equals("aws/user")) {
              base.put(
                  "credentials",
                  new LinkedHashMap<>(
                      Map.of("access_key_id", "AKID", "secret_access_key", "s", "mfa_arn", MFA)));
            }
            Map<String, Object> root = new LinkedHashMap<>();
            root.put(field.name(), new LinkedHashMap<>(Map.of("it", base)));
            collectFields(kind + ": ", root, List.of(field.name(), "it"), fields, cases);
          });
    }
    return cases.stream();
  }

  static Stream<Case> leaves() {
    return cases().filter(each -> isLeaf(each.schema));
  }

  private static boolean isLeaf(Schema schema) {
    return switch (schema.type()) {
      case TEXT, NUMBER, FLAG, DURATION -> true;
      default -> false;
    };
  }

  static Stream<Case> checkedLeaves() {
    return leaves()
        .filter(each ->
            each.schema.type() != Schema.Type.TEXT
                || each.schema.pattern().isPresent()
                || !each.schema.choices().isEmpty());
  }

  @Test
  void cases_coverTheWholeSchema() {
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
  void everyField_setToOneOrAnotherGoodValue_isValid_andListedUnlessHidden(Case each) {
    List<String> good = good(each.schema);
    if (each.key().equals("kind")) {
      assertThat(good).as("the kind decides the fields").hasSize(1);
      return;
    }
    List<Object> listed = new ArrayList<>();
    for (String value : good) {
      Tree tree = new Tree(with(each, value));
      FakeServices services = services().withConfig(tree.file());
      assertThat(errors(tree)).isEmpty();
      listed.add(ListRun.over(services).with("--format", "json").answer());
    }
    assertThat(listed).hasSize(2);
    if (isListed(each)) {
      assertThat(listed).doesNotHaveDuplicates();
    } else {
      assertThat(listed.get(0)).isEqualTo(listed.get(1));
    }
  }

  private static boolean isListed(Case each) {
    Schema schema = each.schema;
    return !each.kind.isEmpty()
        && !UNLISTED.contains(each.key())
        && !schema.isSecret()
        && schema.effect() != Effect.COMMAND
        && schema.effect() != Effect.CREDENTIAL;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyField_ofAnotherType_isAProblemAtItsPlace(Case each) {
    boolean text =
        isLeaf(each.schema)
            || (each.schema.type() == Schema.Type.ONE_OF
                && each.schema.alternatives().stream().anyMatch(AuthSchemaTest::isLeaf));
    Tree tree = new Tree(with(each, text ? new ArrayList<>(List.of("x")) : "x"));

    assertThat(errors(tree)).contains(tree.path(each.keys) + " " + tree.place(each.keys));
  }

  @ParameterizedTest
  @MethodSource("checkedLeaves")
  void everyText_ofAnotherForm_isAProblemAtItsPlace(Case each) {
    Tree tree = new Tree(with(each, WRONG));

    if (!each.key().equals("kind")) {
      assertThat(errors(tree)).contains(tree.path(each.keys) + " " + tree.place(each.keys));
    }
  }

  @Test
  void guestKinds_areInTheSchemaOfASectionThatUsesThem() {
    FakeServices services = new VaultKinds("acme").addGuest(services());
    Schema unused = AuthSchema.of(services, null);
    assertThat(services.kinds().providers().found()).doesNotContain("acme/door");
    assertThat(unused.field("identities").orElseThrow().schema().item().kinds())
        .doesNotContainKey("acme/vault");

    Tree tree =
        new Tree(
            Map.of(
                "keyring",
                Map.of("type", "acme-store"),
                "identities",
                Map.of("a", Map.of("kind", "acme/vault"))));
    Schema used = AuthSchema.of(services, tree.root());

    assertThat(used.field("identities").orElseThrow().schema().item().kinds().keySet())
        .contains("acme/vault", "aws/user");
    Schema keyring = used.field("keyring").orElseThrow().schema();
    assertThat(keyring.field("type").orElseThrow().schema().choices()).contains("acme-store");
    assertThat(keyring.field("spec").orElseThrow().schema().field("drawer")).isPresent();
    assertThat(keyring.field("spec").orElseThrow().schema().field("path")).isPresent();
  }

  private static List<String> errors(Tree tree) {
    List<String> errors = new ArrayList<>();
    Schema schema = AuthSchema.of(services(), tree.root());
    for (ConfigProblem problem : SchemaCheck.checkEach(schema, tree.root(), "auth")) {
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
      } else if (key.equals("identity") && map.size() == 1 && map.containsKey("provider")) {
        map.remove("provider");
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
      String kind, Map<String, Object> base, List<String> keys, Schema schema, List<Case> cases) {
    cases.add(new Case(kind, base, keys, schema));
    switch (schema.type()) {
      case OBJECT -> collectFields(kind, base, keys, schema, cases);
      case LIST -> collect(kind, base, and(keys, "[0]"), schema.item(), cases);
      case MAP -> collect(kind, base, and(keys, "NAME"), schema.item(), cases);
      case ONE_OF -> {
        for (Schema one : schema.alternatives()) {
          List<Case> below = new ArrayList<>();
          collect(kind, base, keys, one, below);
          cases.addAll(below.subList(1, below.size()));
        }
      }
      default -> {}
    }
  }

  private static void collectFields(
      String kind, Map<String, Object> base, List<String> keys, Schema schema, List<Case> cases) {
    for (Schema.Field field : schema.fields()) {
      collect(kind, base, and(keys, field.name()), field.schema(), cases);
    }
  }

  private static List<String> and(List<String> keys, String key) {
    List<String> longer = new ArrayList<>(keys);
    longer.add(key);
    return longer;
  }

  /** What a mapping needs, and no more. */
  private static Map<String, Object> needed(Schema schema) {
    Map<String, Object> needed = new LinkedHashMap<>();
    for (Schema.Field field : schema.fields()) {
      if (field.name().equals("via")) {
        needed.put("via", new LinkedHashMap<>(Map.of("identity", "base")));
      } else if (field.required()) {
        Schema first =
            field.schema().type() == Schema.Type.ONE_OF
                ? field.schema().alternatives().get(0)
                : field.schema();
        needed.put(
            field.name(), first.type() == Schema.Type.OBJECT ? needed(first) : good(first).get(0));
      }
    }
    return needed;
  }

  /** Two good values, or one where there is but one. */
  private static List<String> good(Schema schema) {
    switch (schema.type()) {
      case FLAG -> {
        return List.of("true", "false");
      }
      case NUMBER -> {
        return List.of("1", "2");
      }
      case DURATION -> {
        Duration shortest = schema.shortest().orElse(Duration.ofMinutes(15));
        return List.of(shortest.toSeconds() + "s", shortest.plusSeconds(1).toSeconds() + "s");
      }
      default -> {}
    }
    if (!schema.choices().isEmpty()) {
      return schema.choices().subList(0, Math.min(2, schema.choices().size()));
    }
    String example = schema.example().orElse("word");
    return List.of(example, another(example, schema.pattern().orElse(null)));
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

    Tree(Map<String, ?> section) {
      root = (ConfigMap) value(section, List.of());
    }

    ConfigMap root() {
      return root;
    }

    /** A file with the section. */
    ConfigMap file() {
      Position start = new Position(source, 1, 1);
      return new ConfigMap(Map.of("auth", new ConfigMap.Entry(start, root)), start);
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
      return Objects.requireNonNull(places.get(keys));
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
