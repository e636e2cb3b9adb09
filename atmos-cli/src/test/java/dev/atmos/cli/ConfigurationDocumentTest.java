package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what is true: its examples are run. */
final class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

  /** Variables of the launcher and of the directories, which only a real process has. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of(
          "ATMOS_CREDENTIAL_PROCESSES",
          "ATMOS_NO_COLOR",
          "ATMOS_SET_REGION",
          "ATMOS_SHELL",
          "ATMOS_XDG_CACHE_HOME",
          "ATMOS_XDG_CONFIG_HOME",
          "ATMOS_XDG_DATA_HOME",
          "ATMOS_XDG_STATE_HOME");

  private static FieldTables tables() throws IOException {
    return new FieldTables(AtmosRun.unix().sections());
  }

  private static DocumentExamples run(String document) throws IOException {
    return DocumentExamples.of(document, tables()::table);
  }

  @Test
  void fields_ofEveryKind_haveAnExampleThatUsesThem() throws IOException {
    FieldTables tables = tables();
    List<Object> auth = new ArrayList<>();
    for (String yaml : run(Files.readString(DOCUMENT)).yaml()) {
      // Tags apart, which this reader doesn't know.
      Object root = Readers.yaml12(yaml.replaceAll("(?<=[ \\[])![a-z.-]+ ?", ""));
      at(root, "auth").ifPresent(auth::add);
    }
    Set<String> missing = new TreeSet<>();
    for (String name : List.of("providers", "identities", "integrations")) {
      List<Object> entries = new ArrayList<>();
      for (Object section : auth) {
        at(section, name).ifPresent(map -> entries.addAll(((Map<?, ?>) map).values()));
      }
      String path = "auth." + name;
      assertThat(tables.kinds(path)).isNotEmpty();
      Set<String> kinds = new TreeSet<>(tables.kinds(path));
      kinds.add(""); // what all of them have
      for (String kind : kinds) {
        List<Object> ofKind =
            entries.stream()
                .filter(entry -> kind.isEmpty() || at(entry, "kind").equals(Optional.of(kind)))
                .toList();
        for (String field : tables.names(path, kind)) {
          if (ofKind.stream().noneMatch(entry -> at(entry, field).isPresent())) {
            missing.add(path + " of kind '" + kind + "': " + field);
          }
        }
      }
    }
    for (String field : tables.names("auth", "")) {
      if (auth.stream().noneMatch(section -> at(section, field).isPresent())) {
        missing.add("auth: " + field);
      }
    }
    // Only integrations of plugins go through a provider.
    missing.remove("auth.integrations of kind '': via.provider");
    assertThat(missing).as("fields without an example").isEmpty();
  }

  private static Optional<Object> at(@Nullable Object tree, String path) {
    Object at = tree;
    for (String key : path.split("\\.", -1)) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return Optional.ofNullable(at);
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
    for (String module :
        new String[] {
          "atmos-cli", "atmos-auth", "atmos-aws-identity", "atmos-aws-ecr", "atmos-aws-eks"
        }) {
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
