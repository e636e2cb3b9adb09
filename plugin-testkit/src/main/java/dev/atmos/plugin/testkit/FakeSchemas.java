package dev.atmos.plugin.testkit;

import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the testkit knows about schemas. */
final class FakeSchemas {
  private FakeSchemas() {}

  /** The schema at a path of keys joined by dots; empty if it isn't declared. */
  static Optional<Schema> at(Schema schema, String path) {
    Schema at = schema;
    for (String key : path.split("\\.", -1)) {
      Optional<Schema> below =
          at.type() == Schema.Type.MAP
              ? Optional.of(at.item())
              : at.field(key).map(Schema.Field::schema);
      if (below.isEmpty()) {
        return below;
      }
      at = below.get();
    }
    return Optional.of(at);
  }

  /**
   * Fails a test that reads a field for another effect than the schema declares.
   *
   * @throws AssertionError if it does
   */
  static void check(Schema schema, String path, Effect effect) {
    Optional<Schema> declared = at(schema, path);
    if (declared.isEmpty()) {
      if (schema.isOpen()) {
        return;
      }
      throw new AssertionError("the schema doesn't declare " + path);
    }
    for (Schema leaf : leaves(declared.get())) {
      boolean matches = leaf.effect() == effect || (effect == Effect.CREDENTIAL && leaf.isSecret());
      if (!matches) {
        throw new AssertionError(
            path + " is declared as " + leaf.effect() + ", and is read as " + effect);
      }
    }
  }

  private static List<Schema> leaves(Schema schema) {
    List<Schema> leaves = new ArrayList<>();
    switch (schema.type()) {
      case OBJECT -> schema.fields().forEach(field -> leaves.addAll(leaves(field.schema())));
      case LIST, MAP -> leaves.addAll(leaves(schema.item()));
      case ONE_OF -> schema.alternatives().forEach(each -> leaves.addAll(leaves(each)));
      case BY_KIND -> {}
      default -> leaves.add(schema);
    }
    return leaves;
  }

  /** A tree with an example of each field that the schema of an object declares. */
  static Map<String, Object> example(Schema object) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Schema.Field field : object.fields()) {
      tree.put(field.name(), exampleValue(field.schema()));
    }
    return tree;
  }

  private static Object exampleValue(Schema schema) {
    return switch (schema.type()) {
      case OBJECT -> example(schema);
      case LIST -> List.of(exampleValue(schema.item()));
      case MAP -> Map.of("NAME", exampleValue(schema.item()));
      case ONE_OF -> exampleValue(schema.alternatives().get(0));
      case BY_KIND -> example(schema.item());
      case FLAG -> schema.defaultValue().orElse("true");
      case NUMBER -> schema.example().or(schema::defaultValue).orElse("1");
      case DURATION -> schema.example().or(schema::defaultValue).orElse("1h");
      case TEXT, ANYTHING -> exampleText(schema);
    };
  }

  private static String exampleText(Schema schema) {
    if (!schema.choices().isEmpty()) {
      return schema.choices().get(0);
    }
    if (schema.effect() == Effect.ENDPOINT) {
      return schema.example().or(schema::defaultValue).orElse("https://host.example");
    }
    return schema
        .example()
        .or(schema::defaultValue)
        .orElse(schema.knownTexts().isEmpty() ? "example" : schema.knownTexts().get(0));
  }
}
