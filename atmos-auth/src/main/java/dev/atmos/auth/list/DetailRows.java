package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What listings show of a definition to people, by the schema of its kind. Secrets, commands, and
 * whatever is in a definition that is wrong or of a kind that nothing supplies are left out.
 */
final class DetailRows {

  /**
   * One row.
   *
   * @param label what the value is
   * @param value as the configuration has it
   */
  record Row(String label, String value) {}

  /** Shown in other places, or of no effect. */
  private static final Set<String> ELSEWHERE =
      Set.of(AuthFields.KIND, AuthFields.DEFAULT, AuthFields.ALIAS, AuthFields.VIA, "required");

  private final List<Row> rows = new ArrayList<>();

  private DetailRows() {}

  /** The rows of a definition, in the order of its schema. */
  static List<Row> of(AuthEntry entry) {
    DetailRows rows = new DetailRows();
    if (!entry.isBroken() && entry.schema().isPresent()) {
      for (Schema.Field field : entry.schema().get().fields()) {
        if (!ELSEWHERE.contains(field.name())) {
          rows.add(field.name(), field.schema(), value(entry.knownFields(), field.name()));
        }
      }
    }
    if (!entry.deferred().isEmpty()) {
      rows.rows.add(new Row("made when used", String.join(", ", entry.deferred())));
    }
    return rows.rows;
  }

  /** The value of a key; null if it is absent or null. */
  static @Nullable ConfigValue value(@Nullable ConfigValue parent, String key) {
    ConfigMap.Entry entry = parent instanceof ConfigMap map ? map.entries().get(key) : null;
    return entry == null || (entry.value() instanceof ConfigText text && text.isNull())
        ? null
        : entry.value();
  }

  private void add(String key, Schema schema, @Nullable ConfigValue value) {
    String label = schema.label().orElse(key.replace('_', ' '));
    if (schema.type() == Schema.Type.OBJECT) {
      for (Schema.Field field : schema.fields()) {
        add(field.name(), field.schema(), value(value, field.name()));
      }
    } else if (value != null && isShown(schema)) {
      add(
          label,
          isNames(schema) ? String.join(", ", names(value)) : text(fitting(schema, value), value));
    }
  }

  /** The alternative that a value is of; the schema itself if it has none. */
  static Schema fitting(Schema schema, ConfigValue value) {
    if (schema.type() != Schema.Type.ONE_OF) {
      return schema;
    }
    for (Schema each : schema.alternatives()) {
      boolean fits =
          switch (each.type()) {
            case OBJECT, MAP, BY_KIND -> value instanceof ConfigMap;
            case LIST -> value instanceof ConfigList;
            default -> value instanceof ConfigText;
          };
      if (fits) {
        return each;
      }
    }
    return schema;
  }

  static boolean isShown(Schema schema) {
    return !schema.isSecret()
        && schema.effect() != Effect.COMMAND
        && schema.effect() != Effect.CREDENTIAL;
  }

  /** An address without the password that it may hold. */
  static String withoutPassword(String address) {
    return address.replaceAll("//[^/?#]*@", "//***@");
  }

  /** Whether only names are shown, because the values aren't. */
  static boolean isNames(Schema schema) {
    if (schema.type() == Schema.Type.ONE_OF) {
      return schema.alternatives().stream().anyMatch(DetailRows::isNames);
    }
    return schema.type() == Schema.Type.MAP && !isShown(schema.item());
  }

  static List<String> names(ConfigValue value) {
    List<String> names = new ArrayList<>();
    if (value instanceof ConfigMap map) {
      names.addAll(map.keys());
    } else if (value instanceof ConfigList list) {
      for (ConfigValue item : list.items()) {
        if (item instanceof ConfigMap map && value(map, "key") instanceof ConfigText key) {
          names.add(key.text());
        }
      }
    }
    return names;
  }

  /** The value in one line; null where there is none, or it isn't shown. */
  private static @Nullable String text(Schema schema, ConfigValue value) {
    if (!isShown(schema)) {
      return null;
    }
    if (value instanceof ConfigMap map) {
      return schema.type() == Schema.Type.MAP ? String.join(", ", map.keys()) : joined(schema, map);
    }
    if (value instanceof ConfigList list) {
      return schema.type() == Schema.Type.LIST && isShown(schema.item())
          ? String.join(", ", texts(list))
          : null;
    }
    return value instanceof ConfigText text ? shown(schema, text) : null;
  }

  /** What may also be written as a text: {@code dev (123456789012)} of a name and an id. */
  private static String joined(Schema schema, ConfigMap map) {
    StringBuilder text = new StringBuilder();
    for (Schema.Field field : schema.fields()) {
      if (isShown(field.schema()) && value(map, field.name()) instanceof ConfigText part) {
        text.append(text.isEmpty() ? part.text() : " (" + part.text() + ")");
      }
    }
    return text.toString();
  }

  private static List<String> texts(ConfigList list) {
    List<String> texts = new ArrayList<>();
    for (ConfigValue item : list.items()) {
      if (item instanceof ConfigText text) {
        texts.add(text.text());
      }
    }
    return texts;
  }

  private static @Nullable String shown(Schema schema, ConfigText text) {
    if (schema.type() != Schema.Type.FLAG) {
      return schema.effect() == Effect.ENDPOINT ? withoutPassword(text.text()) : text.text();
    }
    String flag = text.text().toLowerCase(Locale.ROOT);
    return flag.equals(schema.defaultValue().orElse(""))
        ? null
        : flag.equals("true") ? "yes" : "no";
  }

  private void add(String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      rows.add(new Row(label, value));
    }
  }
}
