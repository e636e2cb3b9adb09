package dev.atmos.auth.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import dev.atmos.text.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people can write into names, and what nobody may see. */
class HostileTextTest {
  private static final List<String> TEXTS =
      List.of("tree", "table", "markdown", "mermaid", "graphviz");

  private static String identity(String name) {
    return "auth: {identities: {" + JsonWriter.indented(name).strip() + ": {kind: mock/aws}}}";
  }

  private static String answer(String format, String name) {
    return ListRun.over(identity(name)).with("-f", format).answer();
  }

  /** The last line but the frame's. */
  private static String line(String format, String name) {
    return answer(format, name)
        .lines()
        .filter(line -> line.contains("mock/aws"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[31mred",
        "a\nb",
        "a\r\tb",
        "\u0007",
        "\u009b31m",
        "\u202eright",
        "a\u2028b",
        "\u0085",
        "\u200bthin",
        "\u007f",
      })
  void nameWithControls_reachesNoTerminal(String name) {
    for (String format : TEXTS) {
      String answer = answer(format, name);
      assertThat(answer.codePoints())
          .as(format)
          .noneMatch(point ->
              (Character.isISOControl(point) && point != '\n')
                  || Character.getType(point) == Character.FORMAT
                  || point == 0x2028);
      assertThat(answer.lines().filter(line -> line.contains("mock/aws")).count()).isEqualTo(1);
    }
    ListRun run = ListRun.over(identity(name)).with("-f", "json");
    assertThat(run.part("identities")).containsOnlyKeys(name);
  }

  @Test
  void otherTextsWithControls_reachNoTerminal() {
    String bad = "\"x\\e[31m\\ny\"";
    String yaml =
        "auth: {identities: {a: {kind: "
            + bad
            + ", alias: "
            + bad
            + ", tags: ["
            + bad
            + "], via: {identity: "
            + bad
            + "}}}, integrations: {b: {kind: aws/ecr-public, via: {provider: "
            + bad
            + "}}}}";
    for (String format : TEXTS) {
      ListRun run = ListRun.over(yaml).with("-f", format);
      assertThat(run.answer())
          .as(format)
          .containsPattern("x[?]\\\\?\\[31m[?]y|x#63;#91;31m#63;y")
          .doesNotContain("\u001b");
      run = ListRun.over(yaml).with("-f", format, "--tags", "\u001b");
      assertThat(run.said()).doesNotContain("\u001b").contains("there are no tags");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\0',
      value = {
        "a|b a\\|b",
        "<b> \\<b>",
        "a\\|b a\\\\\\|b",
        "*a* \\*a\\*",
        "_a_b_ \\_a_b\\_",
        "[x](y) \\[x\\](y)",
        "&amp; \\&amp;",
      })
  void markdown_ofNames_isEscaped(String name, String cell) {
    assertThat(line("markdown", name)).startsWith("| " + cell + " | mock/aws | " + cell + " |");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\0',
      value = {
        "a\"b a#34;b",
        "a\"]-->x a#34;#93;--#62;x",
        "#34; #35;34#59;",
        "<script> #60;script#62;",
        "`a` #96;a#96;",
        "a\\n a#92;n",
        "日本 日本",
      })
  void mermaid_ofNames_isEscaped(String name, String label) {
    assertThat(line("mermaid", name)).isEqualTo("    identity1[\"" + label + "<br/>mock/aws\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\0',
      value = {
        "a\"b a\\\"b",
        "a\\ a\\\\",
        "\\N \\\\N",
        "&lt; &amp;lt;",
        "<b> <b>",
        "];x ];x",
        "日本 日本",
      })
  void graphviz_ofNames_isEscaped(String name, String label) {
    assertThat(line("graphviz", name))
        .isEqualTo("  identity1 [label=\"" + label + "\\nmock/aws\"];");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree", "table", "json", "yaml", "mermaid", "graphviz", "markdown"})
  void secretsAndUnknownFields_areInNoFormat(String format) {
    ListRun run = ListRun.overRich().with("-f", format);
    assertThat(ListRun.resource("rich.yaml")).contains("PLANTED");
    assertThat(run.answer() + run.said())
        .contains("breakglass")
        .doesNotContain("PLANTED")
        .doesNotContain("Secret[");
  }

  @Test
  void urlWithAPassword_isNotShown() {
    String yaml =
        "auth: {providers: {p: {kind: aws/iam-identity-center, region: us-east-1,"
            + " start_url: 'https://me:PLANTED@idp.example.com/x'}}}";
    for (String format : List.of("tree", "table", "json", "mermaid", "graphviz", "markdown")) {
      ListRun run = ListRun.over(yaml).with("-f", format);
      assertThat(run.answer() + run.said())
          .contains("aws/iam-identity-center")
          .doesNotContain("PLANTED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree", "table", "json", "yaml", "mermaid", "graphviz", "markdown"})
  void whatAGuestsSchemaHides_isInNoFormat(String format) {
    FakeServices services =
        AuthTestContext.addBuiltInKinds(new FakeServices())
            .withConfig(
                YamlConfig.root(
                    """
                    auth:
                      identities:
                        safe:
                          kind: acme/safe
                          address: https://me:PLANTED@safe.example:8443/x
                          code: PLANTED
                          codes: [PLANTED]
                          code_or_codes: [PLANTED]
                          code_or_name: PLANTED
                          by_name: {front: PLANTED}
                          opener: PLANTED
                          openers: [PLANTED]
                          openers_by_name: {back: PLANTED}
                          key: PLANTED
                          owner: {name: jane, pin: PLANTED}
                          whatever: {a: PLANTED}
                          unknown: PLANTED
                    """));
    services.kinds().identities().addGuest(new SafeType());

    ListRun run = ListRun.over(services).with("-f", format);

    assertThat(run.answer() + run.said()).contains("acme/safe").doesNotContain("PLANTED");
    if (format.equals("tree") || format.equals("json")) {
      assertThat(run.answer()).contains("https://***@safe.example:8443/x", "front", "back", "jane");
    }
  }

  private static final class SafeType implements IdentityType {
    @Override
    public String kind() {
      return "acme/safe";
    }

    @Override
    public Schema schema() {
      Schema code = Schema.secret("A code.");
      Schema command = Schema.command("A command.");
      return Schema.object("A safe.")
          .optional("address", Schema.endpoint("Where it is."))
          .optional("code", code)
          .optional("codes", Schema.list("Codes.", code))
          .optional("code_or_codes", Schema.oneOf("Either.", code, Schema.list("Codes.", code)))
          .optional("code_or_name", Schema.oneOf("Either.", code, Schema.map("By name.", code)))
          .optional("by_name", Schema.map("Codes by name.", code))
          .optional("opener", command)
          .optional("openers", Schema.list("Commands.", command))
          .optional("openers_by_name", Schema.map("Commands by name.", command))
          .optional("key", Schema.text("A key.").withEffect(Effect.CREDENTIAL))
          .optional(
              "owner",
              Schema.oneOf(
                  "Its owner.",
                  Schema.text("Its owner."),
                  Schema.object("Its owner.")
                      .optional("name", Schema.text("The name."))
                      .optional("pin", code)))
          .optional("whatever", Schema.anything("Whatever."))
          .withOtherKeys();
    }

    @Override
    public Identity create(Definition definition, PluginContext context) {
      throw new IllegalStateException("created " + definition.name());
    }
  }

  @Test
  void valuesThatTagsMake_areNamedAndNotMade() {
    String yaml =
        """
        auth:
          providers:
            p: {kind: aws/iam-identity-center, start_url: !exec run-me, region: us-east-1}
        """;
    assertThat(ListRun.over(yaml).with().answer())
        .isEqualTo(
            """
            Providers
            └── p (aws/iam-identity-center)
                    region: us-east-1
                    made when used: start_url
            """);
  }
}
