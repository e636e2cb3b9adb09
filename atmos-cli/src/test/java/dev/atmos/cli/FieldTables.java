package dev.atmos.cli;

import dev.atmos.plugin.config.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The fields of the configuration as tables of a document, made of their shapes. */
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
    if (!(shapeAt(path) instanceof Schema.Kinds kinds)) {
      return rows(shapeAt(path));
    }
    Map<String, String> common = rows(kinds.kinds().values().iterator().next());
    for (Schema.Fields fields : kinds.kinds().values()) {
      common.entrySet().retainAll(rows(fields).entrySet());
    }
    if (kind.isEmpty()) {
      return common;
    }
    Schema.Fields fields = kinds.kinds().get(kind);
    if (fields == null) {
      throw new AssertionError("no shape of the kind " + kind);
    }
    Map<String, String> own = rows(fields);
    own.keySet().removeAll(common.keySet());
    return own;
  }

  /** The kinds that are known at a path. */
  Set<String> kinds(String path) {
    return shapeAt(path) instanceof Schema.Kinds kinds ? kinds.kinds().keySet() : Set.of();
  }

  private Schema shapeAt(String path) {
    String[] words = path.split("\\.", -1);
    Schema shape = Objects.requireNonNull(sections.get(words[0]), words[0]);
    for (int i = 1; i < words.length; i++) {
      shape = field((Schema.Fields) shape, words[i]).shape();
    }
    return shape instanceof Schema.Named named ? named.value() : shape;
  }

  private static Schema.Field field(Schema.Fields fields, String name) {
    return fields.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no field " + name));
  }

  private static Map<String, String> rows(Schema shape) {
    Map<String, String> rows = new LinkedHashMap<>();
    collect(shape, "", rows);
    return rows;
  }

  private static void collect(Schema shape, String prefix, Map<String, String> rows) {
    if (!(shape instanceof Schema.Fields fields)) {
      return;
    }
    for (Schema.Field field : fields.fields()) {
      String name = prefix + field.name();
      if (field.shape() instanceof Schema.Fields inner && !inner.fields().isEmpty()) {
        collect(inner, name + ".", rows);
      } else {
        rows.put(
            name,
            "| `" + name + "` | " + cell(field.shape().description()) + " | " + note(field) + " |");
      }
    }
  }

  private static String note(Schema.Field field) {
    List<String> notes = new ArrayList<>();
    if (field.required()) {
      notes.add("required");
    }
    if (field.defaultValue() != null) {
      notes.add("default `" + cell(field.defaultValue()) + "`");
    }
    Schema shape = field.shape();
    if (shape instanceof Schema.Flag) {
      notes.add("`true` or `false`");
    } else if (shape instanceof Schema.Items) {
      notes.add("a list");
    } else if (shape instanceof Schema.Text text) {
      if (!text.values().isEmpty()) {
        notes.add("`" + String.join("`, `", text.values()) + "`");
      } else if (text.format() != null) {
        notes.add(cell(text.format()));
      }
    }
    return String.join("; ", notes);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
