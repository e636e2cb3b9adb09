package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.testkit.FakeDefinition;
import dev.atmos.services.config.ConfigDefinitionTest.Getter;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The testkit's definition answers as the host's does. */
class FakeDefinitionTest {
  private final FakeServices services = new FakeServices();

  private static Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", "acme/vault");
    tree.put("address", "https://vault.example");
    tree.put("port", 8200);
    tree.put("on", true);
    tree.put("off", "FALSE");
    tree.put("length", "1h30m");
    tree.put("days", "7d");
    tree.put("blank", "");
    tree.put("nothing", null);
    tree.put("text", "no \"quotes\" \\ gr\u00fc\u00dfe \ud83d\ude00\n\u0085");
    tree.put("odd: key", "x");
    tree.put("empty", Map.of());
    tree.put("none", List.of());
    Map<String, Object> principal = new LinkedHashMap<>();
    principal.put("role", "deploy");
    principal.put("blank", "");
    principal.put("nothing", null);
    tree.put("principal", principal);
    tree.put("deep", Map.of("deeper", Map.of("deepest", List.of("a", "b"))));
    List<Object> list = new ArrayList<>(List.of("a", 2, false, ""));
    list.add(null);
    tree.put("list", list);
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("name", "first");
    step.put("in", Map.of("x", "y"));
    tree.put("steps", List.of(step, Map.of("name", "second")));
    tree.put("lists", List.of(List.of("a"), List.of("b")));
    tree.put("pairs", List.of(Map.of("key", "A", "value", "1"), Map.of("key", "B"), "c"));
    tree.put("home", "~/x");
    tree.put("tilde", "~");
    tree.put("relative", "../x");
    tree.put("absolute", "/x/../y");
    return tree;
  }

  private static List<String> paths() {
    List<String> paths = new ArrayList<>(tree().keySet());
    paths.addAll(
        List.of(
            "absent",
            "absent.below",
            "text.below",
            "blank.below",
            "nothing.below",
            "list.below",
            "principal.role",
            "principal.role.below",
            "principal.blank",
            "principal.nothing",
            "principal.absent",
            "deep.deeper",
            "deep.deeper.deepest",
            "empty.below"));
    return paths;
  }

  @Test
  void answers_onEachPath_areThoseOfTheHost() {
    FakeDefinition fake = FakeDefinition.of("dev", tree());
    Definition host =
        services.definition(
            "dev", YamlConfig.root("/project/atmos.yaml", fake.position().source().text()));
    assertThat(fake.keys()).isEqualTo(host.keys());
    assertThat(fake.kind()).isEqualTo(host.kind());
    assertThat(fake.position()).isEqualTo(host.position());
    for (String path : paths()) {
      for (Getter getter : Getter.values()) {
        assertThat(answer(() -> getter.of(fake, path)))
            .as(getter + " " + path)
            .isEqualTo(answer(() -> getter.of(host, path)));
      }
      assertThat(answer(() -> fake.has(path))).as(path).isEqualTo(answer(() -> host.has(path)));
      assertThat(fake.position(path)).as(path).isEqualTo(host.position(path));
      assertThat(answer(() -> fake.values(path)))
          .as(path)
          .isEqualTo(answer(() -> host.values(path)));
      assertThat(fake.error(path, "is wrong", "mend it"))
          .hasMessage(host.error(path, "is wrong", "mend it").getMessage());
    }
  }

  /** What a getter gives, down to the texts of the sections in it, or how it fails. */
  private static @Nullable String answer(Supplier<Object> getter) {
    try {
      Object value = getter.get();
      if (value instanceof java.util.Optional<?> optional) {
        return optional.map(FakeDefinitionTest::shown).orElse("empty");
      }
      return value instanceof List<?> list
          ? list.stream().map(FakeDefinitionTest::shown).toList().toString()
          : shown(value);
    } catch (AtmosException e) {
      return e.exitCode() + " " + e.sentence() + " " + e.hint();
    }
  }

  private static String shown(Object value) {
    return value instanceof Definition definition
        ? definition.name()
            + definition.position()
            + definition.keys()
            + definition.values(definition.keys().toArray(new String[0]))
        : value.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h30m", "1.5h", ".5h", "1.h", "90", "7d", "1ns", "0h1m", "2562047h"})
  void durations_areThoseOfTheHost(String text) {
    assertThat(FakeDefinition.of("x", Map.of("a", text)).duration("a").orElseThrow())
        .isEqualTo(DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "0", "0s", "-1h", "1 h", "1w", "1.5d", "1h30", "9999999h", "0.1ns"})
  void textsThatAreNoDurations_areRefusedAsByTheHost(String text) {
    assertThat(DurationText.parse(text)).isNull();
    assertThatThrownBy(() -> FakeDefinition.of("x", Map.of("a", text)).duration("a"))
        .hasMessageContaining("must be " + DurationText.FORMAT);
  }

  @Test
  void getters_ofAnUnapprovedFile_refuseEffects() {
    FakeDefinition definition = FakeDefinition.of("dev", tree()).unapproved();

    assertThat(definition.text("address")).isPresent();
    assertThat(definition.secret("address")).isPresent();
    for (Getter getter :
        List.of(Getter.ENDPOINT, Getter.COMMAND, Getter.READABLE_PATH, Getter.WRITABLE_PATH)) {
      assertThatThrownBy(() -> getter.of(definition, "address"))
          .hasMessageContaining("/project/atmos.yaml:2:10");
      assertThat(getter.of(definition, "absent")).hasToString("Optional.empty");
    }
    assertThatThrownBy(() -> definition.variables("principal")).isInstanceOf(AtmosException.class);
    assertThatThrownBy(() -> definition.section("principal").orElseThrow().command("role"))
        .isInstanceOf(AtmosException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ENDPOINT, address, ",
    "TEXT, address, address is declared as ENDPOINT and is read as DATA",
    "COMMAND, address, address is declared as ENDPOINT and is read as COMMAND",
    "TEXT, principal.role, ",
    "ENDPOINT, principal.role, principal.role is declared as DATA and is read as ENDPOINT",
    "SECRET, password, ",
    "ENDPOINT, password, ",
    "TEXT, password, password is declared as ENDPOINT and is read as DATA",
    "TEXT, absent, the schema doesn't declare absent",
    "VARIABLES, env, ",
    "MAP, env, env is declared as ENVIRONMENT and is read as DATA",
    "LIST, tags, ",
  })
  void getter_versusASchema_failsTheTestIfItsEffectDiffers(
      Getter getter, String path, @Nullable String failure) {
    Schema password = Schema.endpoint("The password, which is sent.").withSecrecy();
    FakeDefinition definition =
        FakeDefinition.of("dev", Map.of("address", "https://vault.example"))
            .withSchema(
                Schema.object("A role.")
                    .required("address", Schema.endpoint("The address."))
                    .optional("principal.role", Schema.text("The role."))
                    .optional("password", password)
                    .optional("env", Schema.variables("Variables."))
                    .optional("tags", Schema.list("Tags.", Schema.text("A tag."))));

    if (failure == null) {
      assertThat(getter.of(definition, path)).isNotNull();
    } else {
      assertThatThrownBy(() -> getter.of(definition, path))
          .isInstanceOf(AssertionError.class)
          .extracting(e -> String.valueOf(e.getMessage()).replace(",", ""))
          .isEqualTo(failure);
    }
  }
}
