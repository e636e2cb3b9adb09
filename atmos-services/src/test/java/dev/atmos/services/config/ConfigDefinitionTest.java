package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigDefinitionTest {
  private static final String TEXT =
      """
      kind: acme/vault
      address: https://vault.example
      principal:
        role: deploy
        account: 012345678901
        session:
          length: 90m
      port: 8200
      insecure: "False"
      empty:
      blank: ""
      unset: !env UNSET
      token: CANARY
      run: vault token
      tags:
        - one
        - 2
      labels:
        team: infra
        none: ~
      env:
        B: CANARY
        A: ""
      pairs:
        - key: X
          value: CANARY
        - key: Y
      steps:
        - name: first
        - name: second
      files:
        home: ~/key.pem
        beside: keys/key.pem
        root: /etc/key.pem
        homeless: "~"
      included: !include "inner: text"
      """;

  /** Every getter, by the name that the tables of this test use. */
  enum Getter {
    TEXT,
    REQUIRED_TEXT,
    NUMBER,
    FLAG,
    DURATION,
    LIST,
    MAP,
    SECRET,
    ENDPOINT,
    COMMAND,
    READABLE_PATH,
    WRITABLE_PATH,
    VARIABLES,
    SECTION,
    SECTIONS;

    Object of(Definition definition, String path) {
      return switch (this) {
        case TEXT -> definition.text(path);
        case REQUIRED_TEXT -> definition.requiredText(path);
        case NUMBER -> definition.number(path);
        case FLAG -> definition.flag(path);
        case DURATION -> definition.duration(path);
        case LIST -> definition.list(path);
        case MAP -> definition.map(path);
        case SECRET -> definition.secret(path);
        case ENDPOINT -> definition.endpoint(path);
        case COMMAND -> definition.command(path);
        case READABLE_PATH -> definition.readablePath(path);
        case WRITABLE_PATH -> definition.writablePath(path);
        case VARIABLES -> definition.variables(path);
        case SECTION -> definition.section(path);
        case SECTIONS -> definition.sections(path);
      };
    }
  }

  private final FakeServices services = new FakeServices();

  private Definition definition(String text) {
    return services.definition("vault", YamlConfig.root(text));
  }

  private Definition definition() {
    return definition(TEXT);
  }

  @Test
  void nameKindAndKeys_areThoseOfTheEntry() {
    assertThat(definition().name()).isEqualTo("vault");
    assertThat(definition().kind()).isEqualTo("acme/vault");
    assertThat(definition("a: b").kind()).isEmpty();
    assertThat(definition("b: 1\na: 2").keys()).containsExactly("b", "a");
    assertThat(definition().position()).hasToString("atmos.yaml:1:1");
  }

  @Test
  void valueOfEachType_atItsPath_isRead() {
    Definition definition = definition();

    assertThat(definition.text("principal.role")).contains("deploy");
    assertThat(definition.text("principal.account")).contains("012345678901");
    assertThat(definition.text("included.inner")).contains("text");
    assertThat(definition.requiredText("address")).isEqualTo("https://vault.example");
    assertThat(definition.number("port")).contains(8200L);
    assertThat(definition.flag("insecure")).contains(false);
    assertThat(definition.duration("principal.session.length")).contains(Duration.ofMinutes(90));
    assertThat(definition.list("tags")).containsExactly("one", "2");
    assertThat(definition.map("labels")).isEqualTo(Map.of("team", "infra"));
    assertThat(definition.secret("token")).contains(Secret.of("CANARY"));
    assertThat(definition.endpoint("address")).contains("https://vault.example");
    assertThat(definition.command("run").orElseThrow().words()).endsWith("vault token");
    assertThat(definition.section("principal").orElseThrow().text("session.length"))
        .contains("90m");
    assertThat(definition.section("principal.session").orElseThrow().name()).isEqualTo("session");
    assertThat(definition.sections("steps"))
        .extracting(step -> step.requiredText("name"))
        .containsExactly("first", "second");
  }

  @Test
  void variables_asMappingOrAsList_areReadInOrder() {
    assertThat(definition().variables("env"))
        .containsExactly(Map.entry("B", Secret.of("CANARY")), Map.entry("A", Secret.of("")));
    assertThat(definition().variables("pairs"))
        .containsExactly(Map.entry("X", Secret.of("CANARY")), Map.entry("Y", Secret.of("")));
  }

  @Test
  void paths_startAtTheHomeOrAtTheFile() {
    services.directories().cd("/project/below");
    Definition definition =
        services.definition("vault", YamlConfig.root("/etc/atmos/atmos.yaml", TEXT));
    FakeFiles files = services.directories();

    assertThat(definition.readablePath("files.home")).contains(files.path("/home/dev/key.pem"));
    assertThat(definition.writablePath("files.homeless")).contains(files.path("/home/dev"));
    assertThat(definition.readablePath("files.beside"))
        .contains(files.path("/etc/atmos/keys/key.pem"));
    assertThat(definition.readablePath("files.root")).contains(files.path("/etc/key.pem"));
    assertThat(definition().readablePath("files.beside"))
        .contains(files.path("/project/below/keys/key.pem"));
  }

  @ParameterizedTest
  @EnumSource
  void getter_onNothing_findsNothing(Getter getter) {
    for (String path : List.of("absent", "absent.below", "principal.absent", "empty", "empty.a")) {
      if (getter == Getter.REQUIRED_TEXT) {
        assertThatThrownBy(() -> getter.of(definition(), path)).isInstanceOf(AtmosException.class);
      } else {
        assertThat(getter.of(definition(), path).toString())
            .as(path)
            .isIn("Optional.empty", "[]", "{}");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "NUMBER", "FLAG", "DURATION", "SECRET", "ENDPOINT", "COMMAND"})
  void getter_onAnEmptyText_findsNothing(Getter getter) {
    assertThat(getter.of(definition(), "blank")).hasToString("Optional.empty");
    assertThat(getter.of(definition(), "unset")).hasToString("Optional.empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TEXT          | principal    | atmos.yaml:3:1: 'principal' must be a text, and is a"
            + " mapping",
        "TEXT          | token.below  | atmos.yaml:13:1: 'token' must be a mapping, and is a text",
        "REQUIRED_TEXT | absent       | atmos.yaml:1:1: 'absent' is missing",
        "REQUIRED_TEXT | principal.id | atmos.yaml:4:3: 'id' is missing",
        "REQUIRED_TEXT | blank        | atmos.yaml:11:1: 'blank' is empty; most likely its variable"
            + " is not set",
        "NUMBER        | token        | atmos.yaml:13:1: 'token' must be a whole number",
        "NUMBER        | tags         | atmos.yaml:15:1: 'tags' must be a text, and is a list",
        "FLAG          | token        | atmos.yaml:13:1: 'token' must be true or false",
        "DURATION      | principal.role | atmos.yaml:4:3: 'role' must be a length of time in d, h,"
            + " m or s, or a number of seconds",
        "LIST          | token        | atmos.yaml:13:1: 'token' must be a list, and is a text",
        "LIST          | steps        | atmos.yaml:29:5: an item of 'steps' must be a text, and is"
            + " a mapping",
        "MAP           | tags         | atmos.yaml:15:1: 'tags' must be a mapping, and is a list",
        "MAP           | principal    | atmos.yaml:6:3: 'session' must be a text, and is a mapping",
        "SECRET        | tags         | atmos.yaml:15:1: 'tags' must be a text, and is a list",
        "ENDPOINT      | tags         | atmos.yaml:15:1: 'tags' must be a text, and is a list",
        "COMMAND       | tags         | atmos.yaml:15:1: 'tags' must be a text, and is a list",
        "READABLE_PATH | tags         | atmos.yaml:15:1: 'tags' must be a text, and is a list",
        "WRITABLE_PATH | tags         | atmos.yaml:15:1: 'tags' must be a text, and is a list",
        "VARIABLES     | token        | atmos.yaml:13:1: 'token' must be a mapping, and is a text",
        "SECTION       | token        | atmos.yaml:13:1: 'token' must be a mapping, and is a text",
        "SECTIONS      | token        | atmos.yaml:13:1: 'token' must be a list, and is a text",
        "SECTIONS      | tags         | atmos.yaml:16:5: an item of 'tags' must be a mapping, and"
            + " is a text",
      })
  void getter_onAnotherType_failsAtFileLineAndColumn(Getter getter, String path, String message) {
    Definition definition = definition();
    AtmosException e =
        catchThrowableOfType(AtmosException.class, () -> getter.of(definition, path));

    assertThat(e.sentence().lines().findFirst()).contains(message);
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e.sentence()).doesNotContain("CANARY");
  }

  @Test
  void error_ofAnAuthor_namesThePlaceOfTheField() {
    assertThat(definition().error("principal.role", "'role' is unknown", "type: vault list"))
        .hasMessage("atmos.yaml:4:3: 'role' is unknown\n  4 |   role: ...")
        .extracting(AtmosException::hint)
        .hasToString("Optional[type: vault list]");
    assertThat(definition().error("principal.session.absent", "is odd", null).sentence())
        .startsWith("atmos.yaml:7:5: is odd");
  }

  @Test
  void position_ofAField_isThatOfItsKey() {
    assertThat(definition().position("principal.session.length")).hasToString("atmos.yaml:7:5");
    assertThat(definition().position("absent.below")).hasToString("atmos.yaml:1:1");
    assertThat(definition().position("token.below")).hasToString("atmos.yaml:13:1");
  }

  @Test
  void has_makesNoValue() {
    Definition definition = definition("run: !exec 'echo'\nempty:\n");

    assertThat(definition.has("run")).isTrue();
    assertThat(definition.has("empty")).isTrue();
    assertThat(definition.has("absent")).isFalse();
    assertThat(definition.has("absent.below")).isFalse();
  }

  @Test
  void values_ofSomePaths_areTheirTexts() {
    assertThat(definition().values("address", "principal", "tags", "absent", "empty"))
        .isEqualTo(
            Map.of(
                "address",
                "https://vault.example",
                "principal.role",
                "deploy",
                "principal.account",
                "012345678901",
                "principal.session.length",
                "90m",
                "tags[0]",
                "one",
                "tags[1]",
                "2"));
  }

  @Test
  void effects_ofTheGetters_areRequiredAtTheValues() {
    List<String> required = new ArrayList<>();
    services.withTrust(
        new TrustPolicy() {
          @Override
          public boolean isTrusted(Position position) {
            return true;
          }

          @Override
          public void require(Effect effect, Position position, String value) {
            required.add(effect + " " + position + " " + value);
          }
        });
    Definition definition = definition();
    for (Getter getter : Getter.values()) {
      String path =
          switch (getter) {
            case NUMBER -> "port";
            case FLAG -> "insecure";
            case DURATION -> "principal.session.length";
            case LIST -> "tags";
            case MAP -> "labels";
            case VARIABLES -> "env";
            case SECTION -> "principal";
            case SECTIONS -> "steps";
            default -> "run";
          };
      getter.of(definition, path);
    }
    definition.values("run", "address", "env");
    definition.endpoint("blank");

    assertThat(required)
        .containsExactly(
            "ENDPOINT atmos.yaml:14:6 vault token",
            "COMMAND atmos.yaml:14:6 vault token",
            "READS atmos.yaml:14:6 vault token",
            "WRITES atmos.yaml:14:6 vault token",
            "ENVIRONMENT atmos.yaml:22:6 B=CANARY",
            "ENVIRONMENT atmos.yaml:23:6 A=");
  }

  @Test
  void refusal_ofAnEffect_keepsTheValueBack() {
    services.withTrust(
        new TrustPolicy() {
          @Override
          public boolean isTrusted(Position position) {
            return false;
          }

          @Override
          public void require(Effect effect, Position position, String value) {
            throw position.error("not approved");
          }
        });
    Definition definition = definition();

    assertThat(definition.text("address")).isPresent();
    assertThat(definition.secret("token")).isPresent();
    for (Getter getter : List.of(Getter.ENDPOINT, Getter.COMMAND, Getter.READABLE_PATH)) {
      assertThatThrownBy(() -> getter.of(definition, "address")).hasMessageContaining("2:10");
    }
    assertThatThrownBy(() -> definition.variables("env")).hasMessageContaining("22:6");
    assertThatThrownBy(() -> definition.section("files").orElseThrow().writablePath("root"))
        .hasMessageContaining("not approved");
  }
}
