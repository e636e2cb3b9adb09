package dev.atmos.auth.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.auth.Integrations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredIntegrationsTest {
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://corp.awsapps.com/start
            region: us-east-1
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Developer, account: {id: 111111111111}}
          Ops:
            kind: t
            alias: o
            via: {identity: dev}
          alone:
            kind: t
        integrations:
          second:
            kind: acme/thing
            via: {provider: Corp}
          First:
            kind: acme/thing
            via: {identity: ops}
            spec: {auto_provision: false}
          third:
            kind: acme/thing
            via: {identity: o}
          dev/eks:
            kind: acme/thing
            via: {identity: dev}
          lost:
            kind: acme/thing
            via: {identity: missing}
          parentless:
            kind: acme/thing
          cluster:
            kind: aws/eks
            via: {identity: alone}
            spec: {cluster: {name: demo, region: us east}}
          registry:
            kind: aws/ecr
            via: {identity: alone}
            spec: {registry: {account_id: "111111111111", region: us-east-2}}
          azure:
            kind: azure/aks
            via: {identity: alone}
          mistyped:
            kind: acme/thin
            via: {identity: alone}
          twin:
            kind: acme/thing
            via: {identity: alone}
          Twin:
            kind: acme/thing
            via: {identity: alone}
      """;

  private final List<String> done = new ArrayList<>();
  private final AuthTestContext context = new AuthTestContext().kind("t").config(CONFIGURATION);
  private final Integrations integrations;

  ConfiguredIntegrationsTest() {
    context.services().withIntegration(new Thing());
    integrations = context.engine().integrations();
  }

  /** Notes what is done with it; fails where its fields say so. */
  private final class Thing implements IntegrationType {
    @Override
    public String kind() {
      return "acme/thing";
    }

    @Override
    public Integration create(Definition definition, PluginContext unused) {
      fail(definition, "create");
      return new Integration() {
        @Override
        public IntegrationPlan setUp(IntegrationIdentity identity) {
          fail(definition, "plan");
          done.add("plan " + definition.name() + " as " + identity.name());
          return new IntegrationPlan() {
            @Override
            public List<String> changes() {
              return List.of("change " + definition.name());
            }

            @Override
            public IntegrationResult apply() {
              fail(definition, "apply");
              done.add("apply " + definition.name());
              return IntegrationResult.of(List.of("did " + definition.name()), List.of());
            }
          };
        }

        @Override
        public IntegrationPlan undo(String identity) {
          throw new AssertionError("nothing here is undone");
        }

        @Override
        public List<IntegrationVariable> variables(String identity) {
          return List.of();
        }

        @Override
        public String command() {
          return "atmos acme thing " + definition.name();
        }
      };
    }

    private void fail(Definition definition, String when) {
      if (failing.equals(definition.name() + " " + when)) {
        throw hint == null
            ? new AtmosException(ExitCode.UNAVAILABLE, "it is raining")
            : new AtmosException(ExitCode.UNAVAILABLE, "it is raining", hint);
      }
    }
  }

  private String failing = "";
  private @Nullable String hint;

  private static List<String> names(List<ConfiguredIntegration> found) {
    return found.stream().map(ConfiguredIntegration::name).toList();
  }

  private static String failure(ExitCode code, ThrowingCallable action) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, action);
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).as(failure.sentence()).isEqualTo(code);
    return failure.sentence().lines().findFirst().orElseThrow()
        + failure.hint().map(hint -> " | " + hint).orElse("");
  }

  @ParameterizedTest
  @CsvSource({"First, First", "first, First", "DEV/EKS, dev/eks", "second, second"})
  void name_inAnyCase_isFound(String typed, String name) {
    assertThat(integrations.find(typed).name()).isEqualTo(name);
  }

  @Test
  void found_ofAnIdentityAndOfAProvider_saysWhoseItIs() {
    assertThat(integrations.find("first").identity()).isEqualTo("Ops");
    assertThat(integrations.find("third").requiredIdentity()).isEqualTo("Ops");
    assertThat(integrations.find("first").atSignIn()).isFalse();
    assertThat(integrations.find("third").atSignIn()).isTrue();
    assertThat(integrations.find("second").identity()).isNull();
    assertThat(failure(ExitCode.USAGE, () -> integrations.find("second").requiredIdentity()))
        .startsWith("integration 'second' belongs to a provider, and atmos can't know")
        .endsWith("or sign in: atmos auth login --identity NAME");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "thirt | unknown integration 'thirt' | did you mean third?",
        "xyzzy | unknown integration 'xyzzy' | configured: second, First, third, dev/eks, lost,"
            + " parentless, cluster, registry, azure, mistyped and 2 more",
        "TWIN  | integration 'TWIN' could be any of twin, Twin"
            + " | spell it as in the configuration",
        "\"\" | the integration has no name | see: atmos auth list",
      })
  void name_ofNoneOrSeveral_isRefused(String typed, String sentence, String next) {
    assertThat(failure(ExitCode.USAGE, () -> integrations.find(typed)))
        .isEqualTo(sentence + " | " + next);
  }

  @Test
  void link_thatLeadsNowhere_isSaidWithItsPlace() {
    assertThat(failure(ExitCode.USAGE, () -> integrations.find("lost")))
        .startsWith("atmos.yaml:")
        .contains("integration 'lost'", "'missing'");
    assertThat(failure(ExitCode.USAGE, () -> integrations.find("parentless")))
        .isEqualTo("atmos.yaml:35:5: 'via' is missing from 'parentless'");
    assertThat(
            failure(
                ExitCode.USAGE,
                () ->
                    new AuthTestContext()
                        .config("auth: {integrations: {pods: {kind: azure/aks}}}")
                        .engine()
                        .integrations()
                        .find("pods")))
        .isEqualTo(
            "atmos.yaml:1:23: integration 'pods' doesn't say whose credentials it is set up with"
                + " | add: via: {identity: NAME}");
  }

  @Test
  void fields_thatAreWrong_areSaidWhereItIsUsed() {
    assertThat(failure(ExitCode.USAGE, () -> integrations.find("cluster")))
        .contains("atmos.yaml:", "'region'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "registry | no plugin supplies kind 'aws/ecr' of integration 'registry'"
            + " | a plugin for Amazon ECR could supply it",
        "azure    | no plugin supplies kind 'azure/aks' of integration 'azure'"
            + " | a plugin for Azure could supply it",
        "mistyped | no plugin supplies kind 'acme/thin' of integration 'mistyped'"
            + " | did you mean acme/thing?",
      })
  void kind_thatNoPluginSupplies_isNamedWhereItIsUsed(String name, String said) {
    ConfiguredIntegration found = integrations.find(name);
    assertThat(failure(ExitCode.PLUGIN, () -> integrations.open(found)))
        .startsWith("atmos.yaml:")
        .contains(said.strip().replaceAll(" +\\| +", " | "));
  }

  @Test
  void integrations_ofAnIdentity_areThoseThatNameItOrItsRootInOrder() {
    assertThat(names(integrations.of("Ops"))).containsExactly("second", "First", "third");
    assertThat(names(integrations.of("dev"))).containsExactly("second", "dev/eks");
    assertThat(names(integrations.of("missing"))).isEmpty();
    assertThat(names(integrations.of("ops"))).as("spelled as in the configuration").isEmpty();
  }

  @Test
  void setUpAll_ofAnIdentity_plansAllAndThenAppliesThemInOrder() {
    assertThat(integrations.setUpAll("Ops"))
        .extracting(IntegrationOutcome::integration)
        .containsExactly("second", "third");
    assertThat(done)
        .containsExactly("plan second as Ops", "plan third as Ops", "apply second", "apply third");
  }

  @ParameterizedTest
  @CsvSource({"second create", "second plan", "second apply"})
  void setUpAll_withOneThatFails_doesTheOthersAndSaysHowToTryAgain(String when) {
    failing = when;
    List<IntegrationOutcome> outcomes = integrations.setUpAll("Ops");

    assertThat(done).contains("apply third").doesNotContain("apply second");
    assertThat(requireNonNull(outcomes.get(1).result()).done()).containsExactly("did third");
    AtmosException failure = requireNonNull(outcomes.get(0).failure());
    assertThat(failure.sentence()).isEqualTo("integration 'second' is not set up: it is raining");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.hint())
        .isEqualTo(
            when.endsWith("create")
                ? Optional.empty()
                : Optional.of("to try again: atmos acme thing second"));
    hint = "take an umbrella";
    assertThat(requireNonNull(integrations.setUpAll("Ops").get(0).failure()).hint())
        .contains("take an umbrella");
  }

  @Test
  void setUpAll_withKindsThatNoPluginSupplies_saysSoOfEach() {
    List<IntegrationOutcome> outcomes = integrations.setUpAll("alone");

    assertThat(outcomes)
        .filteredOn(outcome -> outcome.failure() != null)
        .extracting(IntegrationOutcome::integration)
        .containsExactly("cluster", "registry", "azure", "mistyped");
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.failure() == null)
        .extracting(IntegrationOutcome::integration)
        .containsExactly("twin", "Twin");
  }

  @Test
  void credentials_ofAnIdentity_areAskedForOnce() {
    IntegrationIdentity identity = integrations.identity("alone");
    assertThat(identity.credentials().accessKeyId()).isEqualTo("t:alone");
    assertThat(identity.credentials()).isSameAs(identity.credentials());
    assertThat(failure(ExitCode.SIGN_IN_REQUIRED, () -> integrations.identity("dev").credentials()))
        .contains("identity 'dev' needs a sign-in");
  }

  @Test
  void noConfiguration_anyName_isUnknown() {
    Integrations none = new AuthTestContext().engine().integrations();
    assertThat(failure(ExitCode.USAGE, () -> none.find("x")))
        .isEqualTo(
            "unknown integration 'x' | no integrations are configured below auth.integrations");
    assertThat(none.of("x")).isEmpty();
    assertThat(none.setUpAll("x")).isEmpty();
  }
}
