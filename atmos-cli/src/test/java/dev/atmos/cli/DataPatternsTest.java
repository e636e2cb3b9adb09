package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A text that any file may hold steers no terminal: each has a pattern that refuses that. */
final class DataPatternsTest {
  private static final List<String> STEERING = List.of("a\u0007b", "a\u202eb", "a\nb", "a\u009bb");

  @Test
  void texts_thatAreData_havePatterns() throws IOException {
    List<String> without = new ArrayList<>();
    for (Map.Entry<String, Schema> section : AtmosRun.unix().sections().entrySet()) {
      collect(section.getValue(), section.getKey(), without);
    }
    // No program gets these values, and no output shows them; a kind is shown quoted.
    without.removeIf(path -> path.equals("env.*") || path.endsWith(".kind"));
    assertThat(without).isEmpty();
  }

  private static void collect(Schema schema, String path, List<String> without) {
    switch (schema.type()) {
      case TEXT -> {
        if (schema.effect() == Effect.DATA && schema.choices().isEmpty() && !isSafe(schema)) {
          without.add(path);
        }
      }
      case LIST -> collect(schema.item(), path + "[]", without);
      case MAP -> collect(schema.item(), path + ".*", without);
      case ONE_OF -> schema.alternatives().forEach(each -> collect(each, path, without));
      case OBJECT ->
          schema
              .fields()
              .forEach(field -> collect(field.schema(), path + "." + field.name(), without));
      case BY_KIND -> {
        schema.kinds().forEach((kind, each) -> collect(each, path + "<" + kind + ">", without));
        collect(schema.item(), path + "<>", without);
      }
      default -> {}
    }
  }

  private static boolean isSafe(Schema schema) {
    return schema.pattern().isPresent()
        && STEERING.stream().noneMatch(text -> Pattern.matches(schema.pattern().get(), text));
  }
}
