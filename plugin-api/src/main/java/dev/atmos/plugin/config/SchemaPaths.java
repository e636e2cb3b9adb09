package dev.atmos.plugin.config;

import dev.atmos.plugin.config.Schema.Field;
import dev.atmos.plugin.config.Schema.Rule;
import dev.atmos.plugin.config.Schema.RuleType;
import java.util.ArrayList;
import java.util.List;

/** Changes a {@link Schema} of an object at a path of keys joined by dots. */
final class SchemaPaths {
  private SchemaPaths() {}

  static Schema withField(Schema object, String path, Schema schema, boolean required) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return with(object, path, schema, required);
    }
    String name = path.substring(0, dot);
    Field known = object.field(name).orElse(null);
    Schema below = known == null ? Schema.object("") : known.schema();
    return with(
        object,
        name,
        withField(below, path.substring(dot + 1), schema, required),
        required || (known != null && known.required()));
  }

  static Schema withDescription(Schema object, String path, String words) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Field known = object.field(name).orElse(null);
    Schema below = known == null ? Schema.object("") : known.schema();
    Schema described =
        dot < 0
            ? below.changed(parts -> parts.description = words)
            : withDescription(below, path.substring(dot + 1), words);
    return with(object, name, described, known != null && known.required());
  }

  static Schema withRule(Schema object, String path, RuleType rule, String... names) {
    if (path.isEmpty()) {
      Rule added = new Rule(rule, List.of(names));
      return object.changed(parts -> parts.rules = joined(object.rules(), List.of(added)));
    }
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Field field =
        object.field(name).orElseThrow(() -> new IllegalArgumentException("no field " + path));
    Schema below = withRule(field.schema(), dot < 0 ? "" : path.substring(dot + 1), rule, names);
    return with(object, name, below, field.required());
  }

  static Schema merged(Schema first, Schema second) {
    Schema merged = first;
    for (Field field : second.fields()) {
      Field own = first.field(field.name()).orElse(null);
      if (own == null) {
        merged = with(merged, field.name(), field.schema(), field.required());
      } else if (isObject(own) && isObject(field)) {
        Schema both = merged(own.schema(), field.schema());
        merged = with(merged, field.name(), both, own.required() || field.required());
      }
    }
    return merged.changed(parts -> {
      parts.open |= second.isOpen();
      parts.description =
          first.description().isEmpty() ? second.description() : first.description();
      parts.rules = joined(first.rules(), second.rules());
    });
  }

  private static boolean isObject(Field field) {
    return field.schema().type() == Schema.Type.OBJECT;
  }

  private static Schema with(Schema object, String name, Schema schema, boolean required) {
    if (object.type() != Schema.Type.OBJECT) {
      throw new IllegalArgumentException("not an object, so it has no field " + name);
    }
    Field field = new Field(name, schema, required);
    List<Field> all = new ArrayList<>();
    boolean replaced = false;
    for (Field each : object.fields()) {
      boolean same = each.name().equals(name);
      all.add(same ? field : each);
      replaced |= same;
    }
    if (!replaced) {
      all.add(field);
    }
    return object.changed(parts -> parts.fields = List.copyOf(all));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
