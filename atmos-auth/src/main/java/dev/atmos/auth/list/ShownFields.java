package dev.atmos.auth.list;

import static java.util.stream.Collectors.joining;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a definition that listings show, in the order of its kind's schema. Secrets and
 * commands are left out, and of variables only the names are shown. A definition that is wrong, or
 * of a kind that no plugin supplies, has none.
 */
final class ShownFields {

  /** Shown in other places, or of no effect. */
  private static final Set<String> ELSEWHERE =
      Set.of(AuthFields.KIND, AuthFields.DEFAULT, AuthFields.ALIAS, AuthFields.VIA, "required");

  private ShownFields() {}

  private static List<Schema.Field> of(AuthEntry entry) {
    List<Schema.Field> shown = new ArrayList<>();
    Optional<Schema> schema = entry.isBroken() ? Optional.empty() : entry.schema();
    if (schema.isPresent()) {
      for (Schema.Field field : schema.get().fields()) {
        if (!ELSEWHERE.contains(field.name())) {
          shown.add(field);
        }
      }
    }
    return shown;
  }

  // ---- for programs

  /** Puts the fields into a tree under their keys, with the defaults of those that are absent. */
  static void put(AuthEntry entry, Map<String, @Nullable Object> tree) {
    for (Schema.Field field : of(entry)) {
      put(field, entry.knownFields(), tree);
    }
  }

  private static void put(
      Schema.Field field, @Nullable ConfigValue parent, Map<String, @Nullable Object> tree) {
    Object value = value(field.schema(), StaticValues.value(parent, field.name()));
    if (value != null) {
      tree.put(field.name(), value);
    }
  }

  /** The value for programs; null if it is absent without a default, or isn't shown. */
  private static @Nullable Object value(Schema schema, @Nullable ConfigValue value) {
    if (schema.type() == Schema.Type.OBJECT) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      schema.fields().forEach(field -> put(field, value, tree));
      return tree.isEmpty() ? null : tree;
    }
    if (!isShown(schema)) {
      return null;
    }
    if (value != null && isNames(schema)) {
      List<String> names = names(value);
      return names.isEmpty() ? null : names;
    }
    if (schema.type() == Schema.Type.ONE_OF) {
      Schema fitting = fitting(schema, value);
      return fitting == schema ? null : value(fitting, value);
    }
    if (value instanceof ConfigMap map && schema.type() == Schema.Type.MAP) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      map.entries().forEach((key, entry) -> tree.put(key, value(schema.item(), entry.value())));
      return tree;
    }
    if (value instanceof ConfigList list && schema.type() == Schema.Type.LIST) {
      return isShown(schema.item())
          ? list.items().stream()
              .map(item -> value(schema.item(), item))
              .filter(Objects::nonNull)
              .toList()
          : null;
    }
    String text = value instanceof ConfigText found && !found.isNull() ? found.text() : "";
    return text.isEmpty()
        ? schema.defaultValue().map(other -> scalar(schema, other)).orElse(null)
        : scalar(schema, text);
  }

  private static Object scalar(Schema schema, String text) {
    return switch (schema.type()) {
      case FLAG -> text.equalsIgnoreCase("true");
      case NUMBER -> Long.valueOf(text);
      default ->
          schema.effect() == Effect.ENDPOINT ? text.replaceAll("//[^/?#]*@", "//***@") : text;
    };
  }

  // ---- for people

  /** Gives the label and the value, in one line, of each field that the configuration has. */
  static void forEach(AuthEntry entry, BiConsumer<String, String> row) {
    for (Schema.Field field : of(entry)) {
      forEach(field, entry.knownFields(), row);
    }
  }

  private static void forEach(
      Schema.Field field, @Nullable ConfigValue parent, BiConsumer<String, String> row) {
    Schema schema = field.schema();
    ConfigValue value = StaticValues.value(parent, field.name());
    if (schema.type() == Schema.Type.OBJECT) {
      for (Schema.Field inner : schema.fields()) {
        forEach(inner, value, row);
      }
    } else if (value != null) {
      String line = line(fitting(schema, value), value(schema, value));
      if (!line.isEmpty()) {
        row.accept(schema.label().orElse(field.name().replace('_', ' ')), line);
      }
    }
  }

  /** A value in one line; empty if it isn't shown. */
  private static String line(Schema schema, @Nullable Object value) {
    if (value instanceof Boolean flag) {
      boolean isUsual = flag.toString().equals(schema.defaultValue().orElse(""));
      return isUsual ? "" : flag ? "yes" : "no";
    }
    if (value instanceof List<?> items) {
      return String.join(", ", texts(items));
    }
    if (value instanceof Map<?, ?> map) {
      return schema.type() == Schema.Type.MAP
          ? String.join(", ", texts(map.keySet()))
          : withParentheses(texts(map.values()));
    }
    return value == null ? "" : value.toString();
  }

  private static List<String> texts(Collection<?> values) {
    return values.stream()
        .filter(value -> value instanceof String || value instanceof Long)
        .map(String::valueOf)
        .toList();
  }

  /** {@code dev (123456789012)} of a name and an id, of which either may be absent. */
  private static String withParentheses(List<String> texts) {
    String first = texts.isEmpty() ? "" : texts.getFirst();
    return texts.stream().skip(1).map(text -> " (" + text + ")").collect(joining("", first, ""));
  }

  // ---- by the schema

  /** The alternative that a value is of; the schema itself if it has none. */
  private static Schema fitting(Schema schema, @Nullable ConfigValue value) {
    if (schema.type() != Schema.Type.ONE_OF || value == null) {
      return schema;
    }
    return schema.alternatives().stream()
        .filter(each ->
            switch (each.type()) {
              case OBJECT, MAP, BY_KIND -> value instanceof ConfigMap;
              case LIST -> value instanceof ConfigList;
              default -> value instanceof ConfigText;
            })
        .findFirst()
        .orElse(schema);
  }

  private static boolean isShown(Schema schema) {
    return !schema.isSecret()
        && schema.effect() != Effect.COMMAND
        && schema.effect() != Effect.CREDENTIAL;
  }

  /** Whether only names are shown, because the values aren't. */
  private static boolean isNames(Schema schema) {
    return schema.type() == Schema.Type.ONE_OF
        ? schema.alternatives().stream().anyMatch(ShownFields::isNames)
        : schema.type() == Schema.Type.MAP && !isShown(schema.item());
  }

  private static List<String> names(ConfigValue value) {
    List<String> names = new ArrayList<>();
    if (value instanceof ConfigMap map) {
      names.addAll(map.keys());
    } else if (value instanceof ConfigList list) {
      for (ConfigValue item : list.items()) {
        if (StaticValues.value(item, "key") instanceof ConfigText key) {
          names.add(key.text());
        }
      }
    }
    return names;
  }
}
