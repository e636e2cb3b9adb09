package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs with a section of the configuration that a third party's plugin reads. */
final class GuestSectionsRunTest {
  private static final String SECTION =
      """
      logs: {level: Info}
      acme: {url: https://acme.example, pin: 1234, dry_run: true, other: ajar}
      """;

  @TempDir Path root;

  private AtmosRun atmos(GuestPlugin plugin) {
    RealDirectories directories = new RealDirectories(root);
    plugin.install(directories.data().orElseThrow());
    return AtmosRun.in(directories);
  }

  private static GuestPlugin guest(String schema) {
    return GuestPlugin.withMembers(
            """
            public List<ConfigSection> sections() {
              return List.of(ConfigSection.of("acme", () -> { %s }));
            }
            """
                .formatted(schema))
        .without("command.acme.hello")
        .with("sections", "acme");
  }

  private static GuestPlugin working() {
    return guest(
        """
        return Schema.object("The settings of Acme.")
            .optional("url", Schema.endpoint("The address."))
            .optional("pin", Schema.secret("The PIN."))
            .optional("dry_run", Schema.flag("Whether."));
        """);
  }

  @Test
  void section_ofAGuest_isShownByItsSchema() {
    assertThat(atmos(working()).file("atmos.yaml", SECTION).run("config", "show", "acme").answer())
        .isEqualTo(
            """
            url: https://acme.example
            pin: <redacted>
            dry_run: true
            other: ajar
            """);
    assertThat(atmos(working().as("two")).run("config", "schema").answer())
        .contains("\"The settings of Acme.\"", "\"The PIN.\"");
  }

  static List<GuestPlugin> brokenGuests() {
    return List.of(
        working().withoutJar(),
        working().truncatedBy(100),
        working().with("api", "9.0"),
        working().with("class", "acme.Other"),
        working().missing("AcmePlugin"),
        guest("throw BOOM;"),
        guest("return null;"),
        guest("throw new AtmosException(ExitCode.FAILED, \"plugin acme 1.0 is not set up\");"),
        GuestPlugin.withMembers("").with("sections", "acme"),
        GuestPlugin.withMembers("public List<ConfigSection> sections() { return null; }")
            .with("sections", "acme"));
  }

  private static void saysSo(Result result) {
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stderr().lines())
        .filteredOn(line -> line.startsWith("atmos: "))
        .singleElement()
        .asString()
        .startsWith("atmos: plugin acme 1.0 ")
        .endsWith("; what its section 'acme' may hold is unknown");
  }

  @ParameterizedTest
  @MethodSource("brokenGuests")
  void guest_thatCannotBeAsked_costsItsOwnSectionOnly(GuestPlugin plugin) {
    AtmosRun atmos = atmos(plugin).file("atmos.yaml", SECTION);
    Result shown = atmos.run("config", "show");
    saysSo(shown);
    assertThat(shown.stdout())
        .isEqualTo(
            """
            logs:
              level: Info
            acme:
              url: <redacted>
              pin: <redacted>
              dry_run: <redacted>
              other: <redacted>
            """);

    Result schema = atmos.run("config", "schema");
    saysSo(schema);
    assertThat(schema.stdout()).contains("\"profiles\"", "\"logs\"");

    Result trust = atmos.run("config", "trust", "--yes");
    saysSo(trust);
    assertThat(trust.stderr()).contains("https://acme.example", "Trusted: ");
  }

  @ParameterizedTest
  @MethodSource("brokenGuests")
  void guest_whoseSectionIsNotUsed_isNotAsked(GuestPlugin plugin) {
    AtmosRun atmos = atmos(plugin).file("atmos.yaml", "logs: {level: Info}");
    assertThat(atmos.run("config", "show").answer()).isEqualTo("logs:\n  level: Info\n");
    assertThat(atmos.run("config", "trust").stderr()).isEqualTo("Nothing here needs your trust.\n");
    assertThat(atmos.run("config", "files").answer()).contains("atmos.yaml");
  }

  private static final String PROTECTED =
      "Schema.object(\"Acme.\").optional(\"vault\", Schema.text(\"Where keys are kept.\")"
          + ".withEffect(Effect.PROTECTION)).optional(\"name\", Schema.text(\"A name.\"))";

  @Test
  void protectedSetting_ofASection_isOnlyATrustedFilesToSay() {
    AtmosRun atmos =
        atmos(
            GuestPlugin.withCommand(
                    """
                    Definition section = context.config("acme").orElseThrow();
                    context.console().answer(section.text("vault").orElse("none") + "\\n");
                    return 0;
                    """)
                .source(
                    "AcmePlugin",
                    "implements Plugin",
                    GuestPlugin.commands("CommandSpec.wrapWithoutInspection(new Hello(context))")
                        + "public List<ConfigSection> sections() {"
                        + " return List.of(ConfigSection.of(\"acme\", () -> "
                        + PROTECTED
                        + ")); }")
                .with("sections", "acme"));
    atmos.file("atmos.yaml", "acme: {name: harmless}\n");
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("none\n");
    atmos.file(root.resolve("config/atmos/atmos.yaml").toString(), "acme: {vault: safe}\n");
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("safe\n");
    atmos.file("atmos.yaml", "acme: {vault: /tmp/open}\n");
    atmos
        .run("acme", "hello")
        .failedSaying(2, "atmos.yaml:1:15: this file is not trusted", "atmos config trust");
    assertThat(atmos.run("config", "trust", "--yes").stderr()).contains("/tmp/open", "Trusted: ");
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("/tmp/open\n");
  }

  @Test
  void protectedSetting_ofAKind_isOnlyATrustedFilesToSay() {
    AtmosRun atmos =
        atmos(
                GuestPlugin.withMembers(
                        "public List<IdentityType> identities() { return List.of(new Static()); }")
                    .without("command.acme.hello")
                    .withIdentity(
                        "public Schema schema() { return "
                            + PROTECTED
                            + "; }public Identity create(Definition definition, PluginContext"
                            + " context) { return request -> AwsCredentials.of(\"AKIDACME\","
                            + " Secret.of(\"acme-secret\"), null, null); }"))
            .knows("AKIDACME", "acme-secret")
            .file("atmos.yaml", "auth: {identities: {a: {kind: acme/static, name: b}}}\n");
    assertThat(atmos.token().keyId()).isEqualTo("AKIDACME");
    atmos.file("atmos.yaml", "auth: {identities: {a: {kind: acme/static, vault: /tmp}}}\n");
    atmos.token().failedSaying(2, "atmos.yaml:1:51: this file is not trusted");
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.token().keyId()).isEqualTo("AKIDACME");
  }
}
