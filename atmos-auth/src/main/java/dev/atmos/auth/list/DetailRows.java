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

  private static @Nullable ConfigValue value(ConfigMap map, String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry == null ? null : entry.value();
  }

  private void add(String key, Schema schema, @Nullable ConfigValue value) {
    String label = schema.label().orElse(key.replace('_', ' '));
    if (schema.type() == Schema.Type.OBJECT) {
      for (Schema.Field field : schema.fields()) {
        ConfigValue below = value instanceof ConfigMap map ? value(map, field.name()) : null;
        add(field.name(), field.schema(), below);
      }
    } else if (value != null && isNames(schema)) {
      addWords(label, names(value));
    } else if (value instanceof ConfigMap map && schema.type() != Schema.Type.MAP) {
      add(label, joined(map));
    } else if (isShown(schema) && value instanceof ConfigMap map) {
      addWords(label, map.keys());
    } else if (value instanceof ConfigList list) {
      addWords(label, texts(list));
    } else if (isShown(schema) && value instanceof ConfigText text) {
      add(label, shown(schema, text));
    }
  }

  private static boolean isShown(Schema schema) {
    return !schema.isSecret() && schema.effect() != Effect.COMMAND;
  }

  /** Whether only names are shown, because the values may be secrets. */
  private static boolean isNames(Schema schema) {
    for (Schema each : schema.alternatives()) {
      if (schema.type() == Schema.Type.ONE_OF && isNames(each)) {
        return true;
      }
    }
    return schema.type() == Schema.Type.MAP && schema.item().isSecret();
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

  /** A text that may also be a mapping of a name and an id: {@code dev (123456789012)}. */
  private static String joined(ConfigMap map) {
    StringBuilder text = new StringBuilder();
    for (ConfigMap.Entry entry : map.entries().values()) {
      if (entry.value() instanceof ConfigText part) {
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
      return text.text();
    }
    String flag = text.text().toLowerCase(Locale.ROOT);
    return flag.equals(schema.defaultValue().orElse(""))
        ? null
        : flag.equals("true") ? "yes" : "no";
  }

  private void addWords(String label, List<String> words) {
    add(label, words.isEmpty() ? null : String.join(", ", words));
  }

  private void add(String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      rows.add(new Row(label, value));
    }
  }
}
