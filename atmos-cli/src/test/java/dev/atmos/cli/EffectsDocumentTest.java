package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.config.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code docs/effects.md} lists every value of the configuration with its effect. */
final class EffectsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "effects.md");
  private static final String BEGIN = "| value | kinds | effect |\n| --- | --- | --- |\n";

  /** The kinds that have a value with an effect; the key is the row without them. */
  private final Map<List<String>, TreeSet<String>> rows = new LinkedHashMap<>();

  private final Map<String, Integer> kinds = new LinkedHashMap<>();

  @Test
  void values_ofAllSchemas_areInTheTableWithTheirEffects() throws IOException {
    AtmosRun.unix().sections().forEach((name, schema) -> collect(schema, name, "", ""));
    List<String> lines = new ArrayList<>();
    rows.forEach((row, of) -> {
      Integer all = kinds.get(row.get(2));
      String which =
          of.size() == 1 && of.first().isEmpty()
              ? ""
              : all != null && all == of.size() ? "all" : String.join(", ", of);
      lines.add("| `%s` | %s | %s |".formatted(row.get(0), which, row.get(1)));
    });
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf("\n\n", begin - 1);
    String made =
        document.substring(0, begin)
            + String.join("\n", lines)
            + (end < 0 ? "\n" : document.substring(end));
    // For who has changed a schema: to be compared, and copied.
    Files.writeString(Path.of("target", "effects.md"), made);
    assertThat(lines).hasSizeGreaterThan(50);
    assertThat(document).isEqualTo(made);
  }

  /**
   * @param entry the path of the entry that the value is a part of; empty where it is of none
   */
  private void collect(Schema schema, String path, String kind, String entry) {
    switch (schema.type()) {
      case OBJECT -> {
        schema
            .fields()
            .forEach(field -> collect(field.schema(), path + "." + field.name(), kind, entry));
        if (schema.isOpen()) {
          rows.computeIfAbsent(List.of(path + ".*", "COMMAND", entry), row -> new TreeSet<>())
              .add(kind);
        }
      }
      case MAP -> collect(schema.item(), path + ".NAME", kind, entry);
      case LIST -> collect(schema.item(), path + "[]", kind, entry);
      case ONE_OF -> schema.alternatives().forEach(each -> collect(each, path, kind, entry));
      case BY_KIND -> {
        kinds.put(path, schema.kinds().size());
        schema.kinds().forEach((name, object) -> collect(object, path, name, path));
      }
      default ->
          rows.computeIfAbsent(List.of(path, schema.effect().name(), entry), row -> new TreeSet<>())
              .add(kind);
    }
  }
}
