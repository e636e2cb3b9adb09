package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a part of the configuration, and finds what is done with its values: the commands of
 * {@code !exec} wherever they stand, and values whose schema declares an effect. Only {@code
 * !include} and {@code !append} are followed, and nothing is run. A field that an open schema
 * doesn't declare counts as a command.
 */
public final class EffectWalk {
  private static final String EXEC = "!exec";
  private static final String ENV = "!env";
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private static final Schema UNDECLARED = Schema.anything("");

  /** A variable that no program gets: what it chooses is a name. */
  private static final Schema OF_ATMOS = Schema.text("A variable of atmos's own.");

  /** Stands for the schema of a value that has none, as nothing is known to read it. */
  private static final Schema UNREAD = Schema.object("");

  /** Takes what is found. */
  public interface Visitor {
    /**
     * A value that has an effect.
     *
     * @param value where it stands; the mapping of a variable for programs that has no value
     * @param text the value as it is written; of a variable for programs, its name and value with
     *     {@code =} between them
     * @param path the keys that lead to it, joined by dots
     * @param schema its schema; of {@code !exec}, that of what the command makes
     */
    void value(Effect effect, ConfigValue value, String text, String path, Schema schema);

    /**
     * Data that is read from a variable of the environment or from a file, and might be a secret.
     *
     * @param field the key of the field; empty for one that the configuration names itself
     */
    default void variable(ConfigValue value, String path, String field) {}

    /** A list or a mapping of data that a file includes, which no untrusted file may pass on. */
    default void included(DeferredValue value, String path, String field) {}

    /** What a section or an entry is once all files are merged: its kind counts, and its keys. */
    default ConfigMap merged(ConfigMap part, String path) {
      return part;
    }

    /** An entry of a kind that nothing supplies. */
    default void unsupplied(String kind, ConfigMap entry, String path) {}
  }

  private final Visitor visitor;
  private final IdentityHashMap<ConfigValue, Set<Schema>> visited = new IdentityHashMap<>();
  private @Nullable ConfigMap section;
  private @Nullable ConfigMap definition;
  private String key = "";

  public EffectWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  /**
   * Goes through a value and all below it. What aliases bring to several places is visited in the
   * first of them.
   *
   * @param schema what it may hold; null if nothing is known to read it
   * @param path the keys that lead to it, joined by dots
   */
  public void walk(@Nullable Schema schema, ConfigValue value, String path) {
    section = value instanceof ConfigMap map ? visitor.merged(map, path) : null;
    definition = null;
    walk(schema == null ? UNREAD : schema, value, path, path);
  }

  /** The kind of an entry, where that needs no tag; else it could be any. */
  private static Optional<String> kind(ConfigMap entry) {
    ConfigMap.Entry kind = entry.entries().get("kind");
    return kind != null && kind.value() instanceof ConfigText text && text.argument() == null
        ? Optional.of(text.text())
        : Optional.empty();
  }

  /**
   * @param name the last key on the way, or what an item of a list calls itself
   */
  private void walk(Schema schema, ConfigValue value, String path, String name) {
    if (schema.type() == Schema.Type.ONE_OF) {
      schema.alternatives().forEach(each -> walk(each, value, path, name));
      return;
    }
    Schema own = value instanceof ConfigMap map ? ofKind(schema, map, path) : schema;
    // Schemas are compared by identity, as they don't define equality.
    if (!visited.computeIfAbsent(value, _ -> new HashSet<>()).add(own)) {
      return;
    }
    // On the token path, where a switch over types would make classes.
    if (value instanceof ConfigMap map) {
      ConfigMap around = definition;
      definition = schema.type() == Schema.Type.BY_KIND ? visitor.merged(map, path) : around;
      map(own, map, path);
      definition = around;
    } else if (value instanceof ConfigList list) {
      Schema item =
          switch (own.type()) {
            case LIST -> own.item();
            case ANYTHING -> own;
            default -> UNREAD;
          };
      for (int i = 0; i < list.items().size(); i++) {
        key = "";
        walk(item, list.items().get(i), path + "[" + i + "]", name);
      }
    } else if (value instanceof ConfigText text) {
      text(own, text, path, name);
    } else if (value instanceof DeferredValue tagged) {
      tagged(own, tagged, path, name);
    }
  }

  private Schema ofKind(Schema schema, ConfigMap map, String path) {
    if (schema.type() != Schema.Type.BY_KIND) {
      return schema;
    }
    String kind = kind(visitor.merged(map, path)).orElse(null);
    if (kind == null) {
      return schema;
    }
    Schema known = schema.kinds().get(kind);
    if (known == null) {
      visitor.unsupplied(kind, map, path);
      return UNREAD;
    }
    return known;
  }

  private void map(Schema schema, ConfigMap map, String path) {
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      String field = entry.getKey();
      boolean own = path.equals("env") && field.startsWith("ATMOS_");
      for (Schema each : own ? List.of(OF_ATMOS) : fields(schema, field)) {
        key = schema.type() == Schema.Type.MAP ? "" : field;
        walk(each, entry.getValue().value(), ConfigMap.path(path, field), variable(map, field));
      }
    }
    Schema value = schema.field(VALUE).map(Schema.Field::schema).orElse(UNREAD);
    if (value.effect() == Effect.ENVIRONMENT && !map.entries().containsKey(VALUE)) {
      // A variable without a value is an empty one.
      visitor.value(Effect.ENVIRONMENT, map, variable(map, VALUE) + "=", path, value);
    }
  }

  /** The schemas that a field of a mapping may have: several only where its kind isn't known. */
  private static List<Schema> fields(Schema schema, String name) {
    if (schema.type() == Schema.Type.MAP) {
      return List.of(schema.item());
    }
    if (schema.type() == Schema.Type.ANYTHING) {
      return List.of(schema);
    }
    List<Schema> objects = new ArrayList<>(schema.kinds().values());
    boolean open = schema.isOpen() || objects.stream().anyMatch(Schema::isOpen);
    objects.add(schema.type() == Schema.Type.BY_KIND ? schema.item() : schema);
    List<Schema> declared =
        objects.stream()
            .flatMap(each -> each.field(name).stream())
            .map(Schema.Field::schema)
            .toList();
    return !declared.isEmpty() ? declared : List.of(open ? UNDECLARED : UNREAD);
  }

  /** The variable that a value is for: its key, or the {@code key} beside a {@code value}. */
  private static String variable(ConfigMap map, String field) {
    ConfigMap.Entry key = field.equals(VALUE) ? map.entries().get(KEY) : null;
    return key != null && key.value() instanceof ConfigText text ? text.text() : field;
  }

  private void text(Schema schema, ConfigText text, String path, String name) {
    Effect effect = schema.effect();
    if (effect == Effect.ENVIRONMENT) {
      visitor.value(effect, text, name + "=" + (text.isNull() ? "" : text.text()), path, schema);
      return;
    }
    if (text.variable() != null && isShown(schema)) {
      variable(schema, text, path);
    }
    if (effect != Effect.DATA
        && !text.isNull()
        && !text.text().isBlank()
        && !isUsual(schema, text.text())
        && !(effect == Effect.ENDPOINT && isForOwnKeys())) {
      visitor.value(effect, text, text.text(), path, schema);
    }
  }

  /** Whether messages name what a value is, or it is sent as it is. */
  private static boolean isShown(Schema schema) {
    Effect effect = schema.effect();
    return schema != UNREAD
        && (effect == Effect.DATA || effect == Effect.READS || effect == Effect.WRITES);
  }

  private static boolean isOfData(Schema schema) {
    return (schema.type() == Schema.Type.LIST || schema.type() == Schema.Type.MAP)
        && schema.item().type() == Schema.Type.TEXT
        && schema.item().effect() == Effect.DATA;
  }

  private void variable(Schema schema, ConfigValue value, String path) {
    // No secret reads as a flag, a length of time or a listed word.
    if (schema.type() != Schema.Type.FLAG
        && schema.type() != Schema.Type.DURATION
        && schema.choices().isEmpty()) {
      visitor.variable(value, path, key);
    }
  }

  private static boolean isUsual(Schema schema, String text) {
    return schema.harmlessTexts().contains(text)
        || (schema.defaultValue().isPresent() && schema.defaultValue().get().equals(text));
  }

  /** Whether an address gets nothing but what is signed with keys of its own file. */
  private boolean isForOwnKeys() {
    return definition != null && LiteralKeys.onlySigner(section, definition);
  }

  /** A value that its tag makes; it has the effect of its schema as well. */
  private void made(Schema schema, DeferredValue tagged, String path, String name) {
    Effect effect = schema.effect();
    if (effect != Effect.DATA && effect != Effect.CREDENTIAL) {
      String written = (tagged.tag() + " " + tagged.argument()).strip();
      visitor.value(
          effect,
          tagged,
          effect == Effect.ENVIRONMENT ? name + "=" + written : written,
          path,
          schema);
    }
  }

  private void tagged(Schema schema, DeferredValue tagged, String path, String name) {
    switch (tagged.tag()) {
      case EXEC -> {
        visitor.value(Effect.COMMAND, tagged, tagged.argument(), path, schema);
        if (schema.effect() != Effect.COMMAND) {
          made(schema, tagged, path, name);
        }
      }
      case "!include", "!include.raw", "!append" -> {
        ConfigValue value;
        try {
          value = tagged.brought();
        } catch (AtmosException e) {
          // It has no effect, and is an error where it is used.
          return;
        }
        walk(schema, value, path, name);
        if (value instanceof ConfigText && isShown(schema) && !tagged.tag().equals("!append")) {
          variable(schema, value, path);
        }
        if (isOfData(schema) && !tagged.tag().equals("!append")) {
          visitor.included(tagged, path, name);
        }
      }
      case "", "!unset" -> {}
      case ENV -> {
        made(schema, tagged, path, name);
        if (isShown(schema)) {
          variable(schema, tagged, path);
        }
      }
      default -> made(schema, tagged, path, name);
    }
  }
}
