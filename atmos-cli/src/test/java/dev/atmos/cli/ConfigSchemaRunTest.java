package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.atmos.cli.AtmosRun.View;
import dev.atmos.text.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code atmos config schema}, and the copy of what it prints in the documentation. After a change
 * of what a section may hold: copy {@code target/atmos.schema.json} over that.
 */
final class ConfigSchemaRunTest {

  private static String schema() {
    return AtmosRun.unix().run("config", "schema").answer();
  }

  @Test
  void schema_versusTheDocumentedOne_isEqual() throws IOException {
    String printed = schema();
    Files.writeString(Path.of("target", "atmos.schema.json"), printed);

    assertThat(Files.readAllLines(Path.of("..", "docs", "atmos.schema.json")))
        .as("docs/atmos.schema.json versus atmos-cli/target/atmos.schema.json")
        .isEqualTo(printed.lines().toList());
  }

  @ParameterizedTest
  @EnumSource
  void schema_inABrokenPlace_isPrintedAllTheSame(View view) {
    assertThat(view.atmos().file("atmos.yaml", "broken: [").run("config", "schema").answer())
        .isEqualTo(schema());
  }

  @Test
  void schema_asAWhole_isAValidOne() {
    assertThat(problems("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}", schema()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "base_path: .\nimport: [a.yaml, 'b/*.yaml']\nlogs: {level: Info, file: /dev/stderr}",
        "profiles: {base_path: p, default: dev}\nenv: {ATMOS_IDENTITY: dev}",
        "components: {terraform: {base_path: x}}\nstacks: {name_pattern: '{stage}'}"
      })
  void document_thatIsRight_passes(String yaml) {
    assertThat(problems(schema(), JsonWriter.line(Readers.yaml12(yaml)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs: {lvl: Info}", "profiles: dev", "import: {a: b}"})
  void document_thatIsWrong_doesNot(String yaml) {
    assertThat(problems(schema(), JsonWriter.line(Readers.yaml12(yaml)))).isNotEmpty();
  }

  private static List<String> problems(String schema, String json) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema)
        .validate(json, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }
}
