package dev.atmos.plugin.config;

import dev.atmos.plugin.config.Schema.Field;
import dev.atmos.plugin.config.Schema.Rule;
import dev.atmos.plugin.config.Schema.RuleType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Changes a {@link Schema} of an object at a path of keys joined by dots. */
final class SchemaPaths {
  private SchemaPaths() {}

  static Schema withField(Schema object, String path, Schema schema, boolean required) {
    return changed(object, path, required, field -> new Field(field.name(), schema, required));
  }

  static Schema withDescription(Schema object, String path, String words) {
    return changed(object, path, false, field -> with(field, parts -> parts.description = words));
  }

  static Schema withRule(Schema object, String path, RuleType rule, String... names) {
    Rule added = new Rule(rule, List.of(names));
    if (path.isEmpty()) {
      return object.changed(parts -> parts.rules = joined(parts.rules, List.of(added)));
    }
    return changed(
        object,
        path,
        false,
        field -> {
          if (field.schema().fields().isEmpty()) {
            throw new IllegalArgumentException("no field " + path);
          }
          return with(field, parts -> parts.rules = joined(parts.rules, List.of(added)));
        });
  }

  /** Changes the field at a path, and requires the mappings on the way to it if that is wanted. */
  private static Schema changed(
      Schema object, String path, boolean required, UnaryOperator<Field> change) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Field known = object.field(name).orElse(new Field(name, Schema.object(""), false));
    if (dot < 0) {
      return with(object, change.apply(known));
    }
    Schema below = changed(known.schema(), path.substring(dot + 1), required, change);
    return with(object, new Field(name, below, required || known.required()));
  }

  static Schema merged(Schema first, Schema second) {
    Schema merged = first;
    for (Field field : second.fields()) {
      Field own = first.field(field.name()).orElse(null);
      if (own == null) {
        merged = with(merged, field);
      } else if (isObject(own) && isObject(field)) {
        Schema both = merged(own.schema(), field.schema());
        merged = with(merged, new Field(field.name(), both, own.required() || field.required()));
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

  private static Field with(Field field, Consumer<SchemaParts> change) {
    return new Field(field.name(), field.schema().changed(change), field.required());
  }

  private static Schema with(Schema object, Field field) {
    if (object.type() != Schema.Type.OBJECT) {
      throw new IllegalArgumentException("not an object, so it has no field " + field.name());
    }
    List<Field> all = new ArrayList<>(object.fields());
    if (object.field(field.name()).isPresent()) {
      all.replaceAll(each -> each.name().equals(field.name()) ? field : each);
    } else {
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
