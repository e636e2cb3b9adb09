package dev.atmos.cli.command;

import dev.atmos.plugin.config.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
 *   <li>What a kind has is told by if and then, one pair for each kind: editors complete the keys
 *       of the one that applies, where oneOf would have them guess, and complain of all.
 * </ul>
 */
final class JsonSchema {
  private static final String VARIABLE = "[A-Z_][A-Z0-9_]*(?: .*)?";
  private static final int LONGEST_NUMBER = 20;

  private JsonSchema() {}

  static Map<String, Object> of(Map<String, Schema> sections) {
    Map<String, Object> properties = new LinkedHashMap<>();
    sections.forEach((name, shape) -> properties.put(name, shape(shape)));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "atmos.yaml");
    schema.put(
        "description",
        "The configuration of atmos. Other sections may be there as well: files are shared with"
            + " other tools.");
    schema.put("type", "object");
    schema.put("properties", properties);
    return schema;
  }

  private static Map<String, Object> shape(Schema shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", shape.description());
    switch (shape) {
      case Schema.Text text -> text(text, schema);
      case Schema.Flag flag -> {
        // As texts too: true and false may stand in quotes.
        schema.put("type", List.of("boolean", "string"));
        schema.put("pattern", anchored("[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"));
        schema.put("patternErrorMessage", "must be true or false");
      }
      case Schema.Items items -> {
        schema.put("type", "array");
        schema.put("items", shape(items.item()));
      }
      case Schema.Named named -> {
        schema.put("type", "object");
        schema.put("additionalProperties", shape(named.value()));
      }
      case Schema.Fields fields -> {
        schema.put("type", "object");
        fields(fields, null, schema);
      }
      case Schema.Kinds kinds -> kinds(kinds, schema);
      case Schema.OneOf oneOf -> {
        List<Object> shapes = new ArrayList<>();
        oneOf.shapes().forEach(each -> shapes.add(shape(each)));
        schema.put("anyOf", shapes);
      }
      case Schema.Anything anything -> {
        // No more to say of it.
      }
    }
    return schema;
  }

  private static void text(Schema.Text text, Map<String, Object> schema) {
    String format = text.format();
    if (format != null) {
      String description = text.description();
      int end = description.length() - (description.endsWith(".") ? 1 : 0);
      schema.put("description", description.substring(0, end) + " (" + format + ").");
    }
    String pattern = text.pattern();
    if (!text.values().isEmpty()) {
      schema.put("type", "string");
      schema.put(
          "anyOf",
          List.of(Map.of("enum", text.values()), Map.of("pattern", "^(?:" + VARIABLE + ")$")));
    } else if (pattern == null) {
      schema.put("type", List.of("string", "number", "boolean"));
    } else {
      schema.put("type", types(Pattern.compile(pattern)));
      schema.put("pattern", anchored(pattern));
      if (format != null) {
        schema.put("patternErrorMessage", "must be " + format);
      }
    }
    String example = text.example();
    if (example != null) {
      schema.put("examples", List.of(example));
    }
    if (text.role() == Schema.Role.SECRET) {
      schema.put("writeOnly", true);
    }
  }

  private static String anchored(String pattern) {
    return "^(?:" + pattern + "|" + VARIABLE + ")$";
  }

  /** The types whose texts can match a pattern, found out by trying. */
  private static Object types(Pattern pattern) {
    List<String> types = new ArrayList<>(List.of("string"));
    if (matchesNumbers(pattern)) {
      types.add("number");
    }
    if (pattern.matcher("true").matches() && pattern.matcher("false").matches()) {
      types.add("boolean");
    }
    return types.size() == 1 ? types.get(0) : types;
  }

  private static boolean matchesNumbers(Pattern pattern) {
    for (int length = 1; length <= LONGEST_NUMBER; length++) {
      if (pattern.matcher("1".repeat(length)).matches()) {
        return true;
      }
    }
    return pattern.matcher("0.5").matches();
  }

  /**
   * The keys of a mapping.
   *
   * @param kind the one that its key "kind" has; null if it has no such key, or may have any
   */
  private static void fields(
      Schema.Fields fields, @Nullable String kind, Map<String, Object> schema) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Schema.Field field : fields.fields()) {
      properties.put(
          field.name(),
          kind != null && field.name().equals("kind") ? Map.of("const", kind) : field(field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!fields.open()) {
      schema.put("additionalProperties", false);
    }
  }

  private static Map<String, Object> field(Schema.Field field) {
    Map<String, Object> schema = shape(field.shape());
    String value = field.defaultValue();
    if (value != null) {
      schema.put("default", typed(field.shape(), value));
    }
    return schema;
  }

  private static Object typed(Schema shape, String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return shape instanceof Schema.Flag && (lower.equals("true") || lower.equals("false"))
        ? Boolean.valueOf(lower)
        : value;
  }

  private static void kinds(Schema.Kinds kinds, Map<String, Object> schema) {
    // Sorted: the map may have any order, and the text is under version control.
    Map<String, Schema.Fields> known = new TreeMap<>(kinds.kinds());
    List<String> names = List.copyOf(known.keySet());
    Map<String, Object> kind = new LinkedHashMap<>();
    kind.put("description", kindDescription(known));
    kind.put("type", "string");
    // Any other text is right as well, but only these are proposed.
    kind.put("anyOf", List.of(Map.of("enum", names), Map.of("type", "string")));
    schema.put("type", "object");
    schema.put("properties", Map.of("kind", kind));
    schema.put("required", List.of("kind"));
    List<Object> rules = new ArrayList<>();
    known.forEach(
        (name, fields) -> rules.add(rule(Map.of("const", name), "then", branch(fields, name))));
    rules.add(rule(Map.of("enum", names), "else", branch(kinds.other(), null)));
    schema.put("allOf", rules);
  }

  private static String kindDescription(Map<String, Schema.Fields> kinds) {
    for (Schema.Fields fields : kinds.values()) {
      for (Schema.Field field : fields.fields()) {
        if (field.name().equals("kind")) {
          return field.shape().description();
        }
      }
    }
    return "What it is; decides which other keys there are.";
  }

  private static Map<String, Object> branch(Schema.Fields fields, @Nullable String kind) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", fields.description());
    fields(fields, kind, schema);
    return schema;
  }

  private static Map<String, Object> rule(
      Map<String, ?> kind, String keyword, Map<String, Object> schema) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("properties", Map.of("kind", kind));
    condition.put("required", List.of("kind"));
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("if", condition);
    rule.put(keyword, schema);
    return rule;
  }
}
