package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what is true: its examples are run. */
final class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

  /** Variables of the launcher and of the directories, which only a real process has. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of(
          "ATMOS_XDG_CACHE_HOME",
          "ATMOS_XDG_CONFIG_HOME",
          "ATMOS_XDG_DATA_HOME",
          "ATMOS_XDG_STATE_HOME");

  private static FieldTables tables() throws IOException {
    PluginIndex index = PluginIndex.builtIn(ClassPath.installation().builtInPlugins());
    return new FieldTables(new PluginHost(index, () -> PluginIndex.EMPTY).sections());
  }

  private static DocumentExamples run(String document) throws IOException {
    return DocumentExamples.of(document, tables()::table);
  }

  @Test
  void fields_ofEveryKind_haveAnExampleThatUsesThem() throws IOException {
    FieldTables tables = tables();
    List<String> examples = run(Files.readString(DOCUMENT)).yaml();
    for (String path : List.of("auth.providers", "auth.identities", "auth.integrations")) {
      assertThat(tables.kinds(path)).hasSizeGreaterThan(2);
      for (String kind : tables.kinds(path)) {
        for (String field : tables.names(path, kind)) {
          String name = field.substring(field.lastIndexOf('.') + 1);
          assertThat(examples)
              .as(path + " of kind " + kind + ": " + field)
              .anyMatch(yaml -> yaml.contains("kind: " + kind + "\n") && mentions(yaml, name));
        }
      }
    }
    for (String field : tables.names("auth", "")) {
      String name = field.substring(field.lastIndexOf('.') + 1);
      assertThat(examples).as(field).anyMatch(yaml -> mentions(yaml, name));
    }
  }

  private static boolean mentions(String yaml, String key) {
    return Pattern.compile("(^|[ {,])" + Pattern.quote(key) + ":", Pattern.MULTILINE)
        .matcher(yaml)
        .find();
  }

  @Test
  void examples_asRun_showWhatTheDocumentSays() throws IOException {
    String document = Files.readString(DOCUMENT);
    DocumentExamples examples = run(document);
    // For who has changed what is shown: to be compared, and copied.
    Files.writeString(Path.of("target", "configuration.md"), examples.asRun());
    assertThat(examples.typed()).hasSizeGreaterThan(50);
    assertThat(examples.asRun()).isEqualTo(document);
  }

  @Test
  void variables_ofTheProgram_haveAnExampleThatUsesThem() throws IOException {
    String document = Files.readString(DOCUMENT);
    String typed = String.join("\n", run(document).typed());
    Set<String> variables = new TreeSet<>();
    Pattern literal = Pattern.compile("\"(ATMOS_[A-Z_]*[A-Z])\"");
    for (String module : new String[] {"atmos-cli", "atmos-auth", "atmos-aws-eks"}) {
      try (Stream<Path> sources = Files.walk(Path.of("..", module, "src", "main"))) {
        for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
          Matcher matcher = literal.matcher(Files.readString(source));
          while (matcher.find()) {
            variables.add(matcher.group(1));
          }
        }
      }
    }
    variables.removeIf(name -> name.startsWith("ATMOS_LAUNCH_"));
    assertThat(variables).contains("ATMOS_PROFILE", "ATMOS_CONFIG", "ATMOS_TRUSTED_PATHS");
    for (String variable : variables) {
      assertThat(document).contains("`" + variable + "`");
      if (!OF_THE_PROCESS.contains(variable)) {
        assertThat(typed).as("the examples").contains(variable + "=");
      }
    }
  }
}
