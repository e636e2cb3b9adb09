package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/audit.schema.json} and {@code docs/audit.md} describe what is really written. */
final class AuditDocumentTest {
  private static final Pattern MEMBER = Pattern.compile("\"([a-z_]+)\":(\"[^\"]*\"|[0-9]+)");
  private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "../docs");
  private static final Pattern PROPERTY =
      Pattern.compile("(?m)^    \"([a-z_]+)\": \\{\"type\": \"(string|integer)\"");

  /** Checks that a line of the log is what the schema says. */
  static void check(String line) {
    String schema = read("audit.schema.json");
    Set<String> seen = new TreeSet<>();
    Matcher member = MEMBER.matcher(line);
    while (member.find()) {
      String type = member.group(2).startsWith("\"") ? "string" : "integer";
      assertThat(schema).contains("    \"" + member.group(1) + "\": {\"type\": \"" + type + "\"");
      seen.add(member.group(1));
    }
    assertThat(line.replaceAll(MEMBER.pattern(), "").replace(",", "")).isEqualTo("{}");
    assertThat(seen).contains("time", "event", "pid", "parent_pid");
    assertThat(schema).contains("\"" + line.replaceAll(".*\"event\":\"([a-z_]+)\".*", "$1") + "\"");
  }

  private static String read(String name) {
    try {
      return Files.readString(DOCS.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void schema_ofEvents_namesTheFieldsOfTheDocument() {
    Matcher property = PROPERTY.matcher(read("audit.schema.json"));
    String document = read("audit.md");
    List<String> names = property.results().map(found -> found.group(1)).toList();
    assertThat(names).hasSizeGreaterThan(10);
    for (String name : names) {
      assertThat(document).contains("| `" + name + "` |");
    }
  }

  @Test
  void events_ofTheDocument_areWhatTheSchemaSays() {
    List<String> examples =
        read("audit.md").lines().filter(line -> line.startsWith("{\"time\"")).toList();
    assertThat(examples).hasSize(7).allSatisfy(AuditDocumentTest::check);
  }
}
