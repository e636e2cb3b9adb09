package dev.atmos.cli;

import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.DurationText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The fields of the configuration as tables of a document, made of their schemas. */
final class FieldTables {
  private final Map<String, Schema> sections;

  FieldTables(Map<String, Schema> sections) {
    this.sections = sections;
  }

  /**
   * The table of what is below a path.
   *
   * @param path such as {@code auth.providers}; below names that the user chooses, those are left
   *     out
   * @param kind the kind whose fields are meant, without those that all kinds have; empty for
   *     these, or where there are no kinds
   */
  List<String> table(String path, String kind) {
    List<String> lines = new ArrayList<>();
    lines.add("| field | | |");
    lines.add("| --- | --- | --- |");
    lines.addAll(fields(path, kind).values());
    return lines;
  }

  /** The names of the fields that a table has, dots between them. */
  Set<String> names(String path, String kind) {
    return fields(path, kind).keySet();
  }

  /** The lines of a table, by the names of their fields. */
  private Map<String, String> fields(String path, String kind) {
    Schema schema = schemaAt(path);
    if (schema.type() != Schema.Type.BY_KIND) {
      return rows(schema);
    }
    Map<String, String> common = rows(schema.kinds().values().iterator().next());
    for (Schema object : schema.kinds().values()) {
      common.entrySet().retainAll(rows(object).entrySet());
    }
    if (kind.isEmpty()) {
      return common;
    }
    Schema object = schema.kinds().get(kind);
    if (object == null) {
      throw new AssertionError("no schema of the kind " + kind);
    }
    Map<String, String> own = rows(object);
    own.keySet().removeAll(common.keySet());
    return own;
  }

  /** The kinds that are known at a path. */
  Set<String> kinds(String path) {
    return schemaAt(path).kinds().keySet();
  }

  private Schema schemaAt(String path) {
    String[] words = path.split("\\.", -1);
    Schema schema = Objects.requireNonNull(sections.get(words[0]), words[0]);
    for (int i = 1; i < words.length; i++) {
      schema = schema.field(words[i]).orElseThrow().schema();
    }
    return schema.type() == Schema.Type.MAP ? schema.item() : schema;
  }

  private static Map<String, String> rows(Schema schema) {
    Map<String, String> rows = new LinkedHashMap<>();
    collect(schema, "", rows);
    return rows;
  }

  private static void collect(Schema object, String prefix, Map<String, String> rows) {
    for (Schema.Field field : object.fields()) {
      String name = prefix + field.name();
      if (field.schema().fields().isEmpty()) {
        rows.put(
            name,
            "| `"
                + name
                + "` | "
                + cell(field.schema().description())
                + " | "
                + note(field)
                + " |");
      } else {
        collect(field.schema(), name + ".", rows);
      }
    }
  }

  private static String note(Schema.Field field) {
    List<String> notes = new ArrayList<>();
    Schema schema = field.schema();
    if (field.required()) {
      notes.add("required");
    }
    schema.defaultValue().ifPresent(value -> notes.add("default `" + cell(value) + "`"));
    switch (schema.type()) {
      case FLAG -> notes.add("`true` or `false`");
      case NUMBER -> notes.add("a whole number");
      case DURATION -> notes.add(DurationText.FORMAT);
      case LIST -> notes.add("a list");
      case TEXT -> {
        if (!schema.choices().isEmpty()) {
          notes.add("`" + String.join("`, `", schema.choices()) + "`");
        } else {
          schema.format().ifPresent(format -> notes.add(cell(format)));
        }
      }
      default -> {
        // Its own fields say more.
      }
    }
    return String.join("; ", notes);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
