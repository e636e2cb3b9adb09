package dev.atmos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.atmos.cli.Readers;
import dev.atmos.cli.config.HostSections;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.text.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {

  private static Schema schema() {
    Map<String, dev.atmos.plugin.config.Schema> sections = new LinkedHashMap<>();
    for (ConfigSection section : HostSections.all()) {
      sections.put(section.name(), section.schema().get());
    }
    sections.putAll(TestSchemas.sections());
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JsonWriter.line(JsonSchema.of(sections)));
  }

  /** What is wrong with a document, as an editor sees it: by the types of YAML 1.2. */
  private static List<String> problems(String yaml) {
    return schema().validate(JsonWriter.line(Readers.yaml12(yaml)), InputFormat.JSON).stream()
        .map(Error::toString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "components: {terraform: {base_path: x}}",
        "base_path: .",
        "base_path: 0123",
        "base_path: no",
        "base_path: true",
        "import: a.yaml",
        "import: [a.yaml, 1]",
        "profiles: {base_path: ./profiles, default: dev}",
        "env: {A: b, B: 1, C: true}",
        "logs: {level: Debug, file: /dev/stderr}",
        "logs: {level: ATMOS_LEVEL}",
        "logs: {level: ATMOS_LEVEL Debug}",
        "auth: {}",
        "auth: {identities: {}}",
        "auth: {identities: {a: {kind: user, id: '123456789012'}}}",
        "auth: {identities: {a: {kind: user, id: 123456789012}}}",
        "auth: {identities: {a: {kind: user, id: 012345678901, password: 12}}}",
        "auth: {identities: {a: {kind: user, id: ACCOUNT}}}",
        "auth: {identities: {a: {kind: site, url: 'https://a.b', enabled: true}}}",
        "auth: {identities: {a: {kind: site, url: 'https://a.b', enabled: 'TRUE', level: low}}}",
        "auth: {identities: {a: {kind: site, url: MY_URL, enabled: ON_OFF true, level: LEVEL}}}",
        "auth: {identities: {a: {kind: their/own, anything: [1]}}}",
        "auth: {keys: [a], either: x, tags: {a: 1}, free: {a: [b]}}",
        "auth: {either: [x]}"
      })
  void document_thatIsRight_passes(String yaml) {
    assertThat(problems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base_path: {a: b}                                                   | /base_path",
        "base_path: [a]                                                      | /base_path",
        "import: {a: b}                                                      | /import",
        "import: [[a]]                                                       | /import",
        "profiles: {base: x}                                                 | base",
        "logs: {level: loud}                                                 | /logs/level",
        "env: [a]                                                            | /env",
        "auth: {identites: {}}                                               | identites",
        "auth: {identities: []}                                              | /auth/identities",
        "auth: {identities: {a: {}}}                                         | kind",
        "auth: {identities: {a: {kind: user}}}                               | id",
        "auth: {identities: {a: {kind: user, id: '12'}}}                     | id",
        "auth: {identities: {a: {kind: user, id: '123456789012', url: x}}}   | url",
        "auth: {identities: {a: {kind: site, url: 'http://a.b'}}}            | url",
        "auth: {identities: {a: {kind: site, url: 12}}}                      | url",
        "auth: {identities: {a: {kind: site, url: 'https://a', enabled: x}}} | enabled",
        "auth: {identities: {a: {kind: site, url: 'https://a', enabled: 1}}} | enabled",
        "auth: {identities: {a: {kind: site, url: 'https://a', level: mid}}} | level",
        "auth: {keys: a}                                                     | /auth/keys",
        "auth: {either: {a: b}}                                              | /auth/either"
      })
  void document_thatIsWrong_isToldWhere(String yaml, String place) {
    assertThat(problems(yaml)).isNotEmpty().anyMatch(problem -> problem.contains(place));
  }

  @Test
  void document_ofNoMapping_isWrong() {
    assertThat(problems("[a]")).isNotEmpty();
  }

  @Test
  void schema_itself_isAValidOne() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));

    assertThat(
            meta
                .validate(JsonWriter.line(JsonSchema.of(TestSchemas.sections())), InputFormat.JSON)
                .stream()
                .map(Error::toString))
        .isEmpty();
  }

  @Test
  void schema_ofKinds_tellsThemByIfAndThen() {
    String json = JsonWriter.indented(JsonSchema.of(TestSchemas.sections()));

    assertThat(json)
        .contains(
            """
                  "kind": {
                    "description": "The kind.",
                    "type": "string",
                    "anyOf": [
                      {
                        "enum": [
                          "guest",
                          "site",
                          "user"
                        ]
                      },
                      {
                        "type": "string"
                      }
                    ]
                  }
            """
                .indent(8))
        .contains("\"default\": true", "\"default\": \"main\"", "\"writeOnly\": true")
        .contains("\"examples\": [", "\"An account (12 digits).\"")
        .contains("\"patternErrorMessage\": \"must be 12 digits\"");
  }
}
