package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs with an integration kind of a third party's. */
final class GuestIntegrationRunTest {
  private static final String CONFIGURATION =
      """
      auth:
        identities:
          dev:
            kind: mock/aws
        integrations:
          first:
            kind: acme/thing
            via: {identity: dev}
            note: one
          second:
            kind: mock/other
            via: {identity: dev}
      """;

  private static final String MEMBERS =
      """
      public Integration create(Definition definition, PluginContext context) {
        return new Integration() {
          public IntegrationPlan setUp(IntegrationIdentity identity) {
            return plan(identity.name() + identity.credentials().accessKeyId().length());
          }
          public IntegrationPlan undo(String identity) { return plan(identity); }
          public List<IntegrationVariable> variables(String identity) {
            return List.of(IntegrationVariable.of(
                "ACME", Secret.of(identity), IntegrationVariable.Use.REPLACE));
          }
          public String command() { return "atmos acme thing"; }
          IntegrationPlan plan(String who) {
            return new IntegrationPlan() {
              public List<String> changes() { return List.of("would " + who); }
              public IntegrationResult apply() {
                return IntegrationResult.of(
                    List.of("did " + who + " " + definition.text("note").orElse("")),
                    List.of());
              }
            };
          }
        };
      }
      """;

  private static final String KINDS =
      "public List<IntegrationType> integrations() { return List.of(new Thing()); }";

  @TempDir Path root;

  private AtmosRun atmos(GuestPlugin plugin) {
    RealDirectories directories = new RealDirectories(root);
    plugin.without("command.acme.hello").install(directories.data().orElseThrow());
    return AtmosRun.in(directories)
        .installed(IntegrationsPlugin.installation())
        .file("atmos.yaml", CONFIGURATION);
  }

  private static GuestPlugin guest(String members) {
    return GuestPlugin.withMembers(KINDS).withIntegration(members);
  }

  @Test
  void setUp_ofAGuest_isDoneWithTheIdentitysCredentials() {
    assertThat(atmos(guest(MEMBERS)).run("set-up").answer())
        .startsWith("first: [did dev")
        .contains(" one][]\n")
        .contains("second: ", "no plugin supplies kind 'mock/other' of integration 'second'");
  }

  @Test
  void undoAndVariables_ofAGuest_areItsOwn() {
    assertThat(atmos(guest(MEMBERS)).run("undo").answer())
        .isEqualTo("[would dev] [did dev one] ACME atmos acme thing\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return new Integration()      | throw BOOM;   | boom",
        "return new Integration()      | return null;  | IntegrationType.create returned null",
        "return plan(identity.name()   | throw BOOM;   | boom",
        "return plan(identity.name()   | return null;  | Integration.setUp returned null",
        "return IntegrationResult.of(  | return null;  | IntegrationPlan.apply returned null",
      })
  void guest_thatIsBroken_costsItsOwnIntegrationAndIsNamed(
      String place, String broken, String part) {
    String members =
        MEMBERS.replace(place, "if (definition.name().equals(\"first\")) " + broken + place);
    assertThat(atmos(guest(members)).run("set-up").answer())
        .contains("first: ", "plugin acme 1.0 failed: ", part)
        .contains("second: ");
  }

  @Test
  void kind_thatTheCodeDoesNotHave_isSaid() {
    GuestPlugin plugin = GuestPlugin.withMembers("").with("integrations", "acme/thing");
    assertThat(atmos(plugin).run("set-up").answer())
        .contains(
            "first: ",
            "plugin acme 1.0 does not have the integration kind that it names: acme/thing");
  }
}
