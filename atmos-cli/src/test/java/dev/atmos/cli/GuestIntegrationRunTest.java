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

  /** Sets everything up, and tells of it. */
  private static final String COMMAND =
      """
      Integrations all = context.service(Integrations.class);
      for (Outcome outcome : all.setUpAll("dev")) {
        IntegrationResult result = outcome.result();
        context.console().answer(outcome.integration() + ": "
            + (result == null ? outcome.failure().sentence() : result.done() + "" + result.hints())
            + "\\n");
      }
      return 0;
      """;

  private static final String MEMBERS =
      """
      public Integration create(IntegrationSpec spec, Services context) {
        return new Integration() {
          public IntegrationPlan setUp(IntegrationIdentity identity) {
            return plan(identity.name() + identity.credentials().accessKeyId().length());
          }
          public IntegrationPlan removal(String identity) { return plan(identity); }
          public List<IntegrationVariable> environment(String identity) {
            return List.of(IntegrationVariable.of(
                "ACME", Secret.of(identity), IntegrationVariable.Use.REPLACE));
          }
          public String command() { return "atmos acme thing"; }
          IntegrationPlan plan(String who) {
            return new IntegrationPlan() {
              public List<String> changes() { return List.of("would " + who); }
              public IntegrationResult carryOut() {
                return IntegrationResult.of(
                    List.of("did " + who + " " + spec.fields().text("note").orElse("")),
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
    plugin.install(directories.data().orElseThrow());
    return AtmosRun.in(directories).file("atmos.yaml", CONFIGURATION);
  }

  private static GuestPlugin guest(String members, String command) {
    return GuestPlugin.withCommand(command)
        .source(
            "AcmePlugin",
            "implements Plugin",
            GuestPlugin.commands("CommandSpec.wrapWithoutInspection(new Hello(context))") + KINDS)
        .withIntegration(members);
  }

  @Test
  void setUp_ofAGuest_isDoneWithTheIdentitysCredentials() {
    assertThat(atmos(guest(MEMBERS, COMMAND)).run("acme", "hello").answer())
        .startsWith("first: [did dev")
        .contains(" one][]\n")
        .contains(
            "second: integration 'second' is not set up: ",
            "no plugin supplies kind 'mock/other' of integration 'second'");
  }

  @Test
  void removalAndEnvironment_ofAGuest_goThroughTheGateToo() {
    String command =
        """
        Integrations all = context.service(Integrations.class);
        Integration first = all.open(all.find("FIRST"));
        IntegrationPlan plan = first.removal("dev");
        context.console().answer(plan.changes() + " " + plan.apply().done() + " "
            + first.environment("dev").get(0).name() + " " + first.command() + "\\n");
        return 0;
        """;
    assertThat(atmos(guest(MEMBERS, command)).run("acme", "hello").answer())
        .isEqualTo("[would dev] [did dev one] ACME atmos acme thing\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return new Integration()      | throw BOOM;                     | boom",
        "return new Integration()      | return null;                    | the integration",
        "return plan(identity.name()   | throw BOOM;                     | boom",
        "return plan(identity.name()   | return null;                    | the plan to set up",
        "return IntegrationResult.of( | throw new Error(\"boom\");      | boom",
        "return IntegrationResult.of( | throw new LinkageError(\"boom\"); | boom",
        "return IntegrationResult.of( | return null;                    | the result",
      })
  void guest_thatIsBroken_costsItsOwnIntegrationAndIsNamed(
      String place, String broken, String part) {
    String members = MEMBERS.replace(place, "if (spec.name().equals(\"first\")) " + broken + place);
    assertThat(atmos(guest(members, COMMAND)).run("acme", "hello").answer())
        .contains("first: integration 'first' is not set up: plugin acme 1.0 failed: ", part)
        .contains("second: ");
  }

  @Test
  void kind_thatTheCodeDoesNotHave_isSaid() {
    GuestPlugin plugin = GuestPlugin.withCommand(COMMAND).with("integrations", "acme/thing");
    assertThat(atmos(plugin).run("acme", "hello").answer())
        .contains(
            "first: integration 'first' is not set up: plugin acme 1.0 does not have the"
                + " integration kind that it names: acme/thing");
  }
}
