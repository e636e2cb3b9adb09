package dev.atmos.cli.command;

import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.DurationText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (<a href="https://json-schema.org/draft/2020-12">2020-12</a>) of {@code
 * atmos.yaml}, made for editors. It keeps to what that draft and draft 7 have in common, as not
 * every editor knows the newer one.
 *
 * <ul>
 *   <li>A text is of any type that a plain scalar can have to an editor: {@code no} and {@code
 *       0123} are texts to atmos. Where it has a pattern, it is of the types whose texts can match
 *       that, so that {@code id: 123456789012} is right, and a number for a URL is wrong.
 *   <li>An editor that knows the tag takes {@code !env NAME} for the text {@code NAME}. So wherever
 *       a text is checked, a name in capitals passes, with a default behind it.
 *   <li>The keys of a kind are declared by if and then, one pair for each kind: editors complete
 *       the keys of the one that applies, where oneOf would have them guess, and report all.
 * </ul>
 */
final class JsonSchema {
  private static final String VARIABLE = "[A-Z_][A-Z0-9_]*(?: .*)?";
  private static final int LONGEST_NUMBER = 20;

  private JsonSchema() {}

  static Map<String, Object> of(Map<String, Schema> sections) {
    Map<String, Object> properties = new LinkedHashMap<>();
    sections.forEach((name, schema) -> properties.put(name, json(schema)));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "atmos.yaml");
    root.put(
        "description",
        "The configuration of atmos. Other sections may be there as well: files are shared with"
            + " other tools.");
    root.put("type", "object");
    root.put("properties", properties);
    return root;
  }

  private static Map<String, Object> json(Schema schema) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("description", schema.description());
    switch (schema.type()) {
      case TEXT -> text(schema, json);
      // As texts too: they may stand in quotes.
      case NUMBER -> pattern("[+-]?[0-9]{1,18}", "a whole number", json, "integer", "string");
      case FLAG ->
          pattern(
              "[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]", "true or false", json, "boolean", "string");
      case DURATION -> text(schema, DurationText.PATTERN, DurationText.FORMAT, json);
      case LIST -> {
        json.put("type", "array");
        json.put("items", json(schema.item()));
      }
      case MAP -> {
        json.put("type", "object");
        json.put("additionalProperties", json(schema.item()));
      }
      case OBJECT -> {
        json.put("type", "object");
        fields(schema, null, json);
      }
      case BY_KIND -> kinds(schema, json);
      case ONE_OF -> {
        List<Object> alternatives = new ArrayList<>();
        schema.alternatives().forEach(each -> alternatives.add(json(each)));
        json.put("anyOf", alternatives);
      }
      case ANYTHING -> {
        // Nothing more is known of it.
      }
    }
    schema.example().ifPresent(example -> json.put("examples", List.of(example)));
    schema.defaultValue().ifPresent(value -> json.put("default", typed(schema, value)));
    if (schema.isSecret()) {
      json.put("writeOnly", true);
    }
    return json;
  }

  private static void text(Schema text, Map<String, Object> json) {
    String pattern = text.pattern().orElse(null);
    if (!text.choices().isEmpty()) {
      json.put("type", "string");
      json.put(
          "anyOf",
          List.of(Map.of("enum", text.choices()), Map.of("pattern", "^(?:" + VARIABLE + ")$")));
    } else if (pattern == null) {
      json.put("type", List.of("string", "number", "boolean"));
    } else {
      text(text, pattern, text.format().orElse(null), json);
    }
  }

  private static void text(
      Schema schema, String pattern, @Nullable String format, Map<String, Object> json) {
    pattern(pattern, format, json, types(Pattern.compile(pattern)));
    if (format != null) {
      String description = schema.description();
      int end = description.length() - (description.endsWith(".") ? 1 : 0);
      json.put("description", description.substring(0, end) + " (" + format + ").");
    }
  }

  private static void pattern(
      String pattern, @Nullable String format, Map<String, Object> json, String... types) {
    json.put("type", types.length == 1 ? types[0] : List.of(types));
    json.put("pattern", anchored(pattern));
    if (format != null) {
      json.put("patternErrorMessage", "must be " + format);
    }
  }

  private static String anchored(String pattern) {
    return "^(?:" + pattern + "|" + VARIABLE + ")$";
  }

  /** The types whose texts can match a pattern, found out by trying. */
  private static String[] types(Pattern pattern) {
    List<String> types = new ArrayList<>(List.of("string"));
    if (matchesNumbers(pattern)) {
      types.add("number");
    }
    if (pattern.matcher("true").matches() && pattern.matcher("false").matches()) {
      types.add("boolean");
    }
    return types.toArray(new String[0]);
  }

  private static boolean matchesNumbers(Pattern pattern) {
    return pattern.matcher("0.5").matches()
        || IntStream.rangeClosed(1, LONGEST_NUMBER)
            .anyMatch(length -> pattern.matcher("1".repeat(length)).matches());
  }

  /**
   * The keys of a mapping.
   *
   * @param kind the one that its key "kind" has; null if it has no such key, or may have any
   */
  private static void fields(Schema object, @Nullable String kind, Map<String, Object> json) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Schema.Field field : object.fields()) {
      boolean isKind = kind != null && field.name().equals("kind");
      properties.put(field.name(), isKind ? Map.of("const", kind) : json(field.schema()));
      if (field.required()) {
        required.add(field.name());
      }
    }
    json.put("properties", properties);
    if (!required.isEmpty()) {
      json.put("required", required);
    }
    if (!object.isOpen()) {
      json.put("additionalProperties", false);
    }
  }

  private static Object typed(Schema schema, String value) {
    return schema.type() == Schema.Type.FLAG && value.matches("(?i)true|false")
        ? Boolean.valueOf(value)
        : value;
  }

  private static void kinds(Schema byKind, Map<String, Object> json) {
    // Sorted: the map may have any order, and the text is under version control.
    Map<String, Schema> known = new TreeMap<>(byKind.kinds());
    List<String> names = List.copyOf(known.keySet());
    Map<String, Object> kind = new LinkedHashMap<>();
    kind.put(
        "description",
        byKind
            .item()
            .field("kind")
            .map(field -> field.schema().description())
            .orElse("Decides which other keys there are."));
    kind.put("type", "string");
    // Any other text is right as well, but only these are proposed.
    kind.put("anyOf", List.of(Map.of("enum", names), Map.of("type", "string")));
    json.put("type", "object");
    json.put("properties", Map.of("kind", kind));
    json.put("required", List.of("kind"));
    List<Object> rules = new ArrayList<>();
    known.forEach(
        (name, object) -> rules.add(rule(Map.of("const", name), "then", branch(object, name))));
    rules.add(rule(Map.of("enum", names), "else", branch(byKind.item(), null)));
    json.put("allOf", rules);
  }

  private static Map<String, Object> branch(Schema object, @Nullable String kind) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("description", object.description());
    fields(object, kind, json);
    return json;
  }

  private static Map<String, Object> rule(
      Map<String, ?> kind, String keyword, Map<String, Object> json) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("properties", Map.of("kind", kind));
    condition.put("required", List.of("kind"));
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("if", condition);
    rule.put(keyword, json);
    return rule;
  }
}
