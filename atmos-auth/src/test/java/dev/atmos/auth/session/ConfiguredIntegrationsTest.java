package dev.atmos.auth.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.services.testing.YamlConfig;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationSpec;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.kind.IntegrationTypes;
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
            via: {identity: nobody}
          nobodys:
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
  private final AuthTestContext world = new AuthTestContext().kind("t");
  private final Integrations integrations;

  ConfiguredIntegrationsTest() {
    world.context().withConfig(YamlConfig.root(CONFIGURATION));
    world
        .context()
        .withService(Identities.class, new ConfiguredIdentities.Factory().apply(world.context()))
        .withService(
            IntegrationTypes.class,
            new IntegrationTypes() {
              @Override
              public Optional<IntegrationType> find(String kind) {
                return kind.equals("acme/thing") ? Optional.of(new Thing()) : Optional.empty();
              }

              @Override
              public List<String> kinds() {
                return List.of("acme/thing");
              }
            });
    integrations = new ConfiguredIntegrations.Factory().apply(world.context());
  }

  /** Notes what is done with it; fails where its fields say so. */
  private final class Thing implements IntegrationType {
    @Override
    public String kind() {
      return "acme/thing";
    }

    @Override
    public Integration create(IntegrationSpec spec, Services context) {
      fail(spec, "create");
      return new Integration() {
        @Override
        public IntegrationPlan setUp(IntegrationIdentity identity) {
          fail(spec, "plan");
          done.add("plan " + spec.name() + " as " + identity.name());
          return new IntegrationPlan() {
            @Override
            public List<String> changes() {
              return List.of("change " + spec.name());
            }

            @Override
            public IntegrationResult carryOut() {
              fail(spec, "carry out");
              done.add("carry out " + spec.name());
              return IntegrationResult.of(List.of("did " + spec.name()), List.of());
            }
          };
        }

        @Override
        public IntegrationPlan removal(String identity) {
          throw new AssertionError("nothing here removes anything");
        }

        @Override
        public List<IntegrationVariable> environment(String identity) {
          return List.of();
        }

        @Override
        public String command() {
          return "atmos acme thing " + spec.name();
        }
      };
    }

    private void fail(IntegrationSpec spec, String when) {
      if (failing.equals(spec.name() + " " + when)) {
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
        .startsWith("integration 'second' belongs to a provider, so that it can't be told")
        .endsWith("or sign in: atmos auth login --identity NAME");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "thirt | unknown integration 'thirt' | did you mean third?",
        "xyzzy | unknown integration 'xyzzy' | configured: second, First, third, dev/eks, lost,"
            + " nobodys, cluster, registry, azure, mistyped and 2 more",
        "TWIN  | integration 'TWIN' could be any of twin, Twin"
            + " | choose one, spelt as in the configuration",
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
        .contains("integration 'lost'", "'nobody'");
    assertThat(failure(ExitCode.USAGE, () -> integrations.find("nobodys")))
        .contains("integration 'nobodys' doesn't say whose credentials it is set up with");
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
        "registry | which this version of atmos can't set up yet",
        "azure    | no plugin supplies kind 'azure/aks' of integration 'azure'"
            + " | a plugin for Azure could supply it",
        "mistyped | no plugin supplies kind 'acme/thin' of integration 'mistyped'"
            + " | did you mean acme/thing?",
      })
  void kind_thatNobodySupplies_isNamedWhereItIsUsed(String name, String said) {
    ConfiguredIntegration found = integrations.find(name);
    assertThat(failure(ExitCode.PLUGIN, () -> integrations.open(found)))
        .startsWith("atmos.yaml:")
        .contains(said.strip().replaceAll(" +\\| +", " | "));
  }

  @Test
  void integrations_ofAnIdentity_areThoseThatNameItOrItsRootInOrder() {
    assertThat(names(integrations.of("Ops"))).containsExactly("second", "First", "third");
    assertThat(names(integrations.of("dev"))).containsExactly("second", "dev/eks");
    assertThat(names(integrations.of("nobody"))).isEmpty();
    assertThat(names(integrations.of("ops"))).as("spelt as in the configuration").isEmpty();
  }

  @Test
  void setUpAll_ofAnIdentity_plansAllAndThenCarriesThemOutInOrder() {
    assertThat(integrations.setUpAll("Ops"))
        .extracting(IntegrationOutcome::integration)
        .containsExactly("second", "third");
    assertThat(done)
        .containsExactly(
            "plan second as Ops", "plan third as Ops", "carry out second", "carry out third");
  }

  @ParameterizedTest
  @CsvSource({"second create", "second plan", "second carry out"})
  void setUpAll_withOneThatFails_doesTheOthersAndSaysHowToTryAgain(String when) {
    failing = when;
    List<IntegrationOutcome> outcomes = integrations.setUpAll("Ops");

    assertThat(done).contains("carry out third").doesNotContain("carry out second");
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
  void setUpAll_withKindsThatNobodySupplies_saysSoOfEach() {
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
  void credentials_ofAnIdentity_areGotOnce() {
    IntegrationIdentity identity = integrations.identity("alone");
    assertThat(identity.credentials().accessKeyId()).isEqualTo("t:alone");
    assertThat(identity.credentials()).isSameAs(identity.credentials());
    assertThat(failure(ExitCode.SIGN_IN_REQUIRED, () -> integrations.identity("dev").credentials()))
        .contains("identity 'dev' needs a sign-in");
  }

  @Test
  void noConfiguration_anyName_isUnknown() {
    AuthTestContext empty = new AuthTestContext();
    Integrations none = new ConfiguredIntegrations.Factory().apply(empty.context());
    assertThat(failure(ExitCode.USAGE, () -> none.find("x")))
        .startsWith("unknown integration 'x': no integrations are configured");
    assertThat(none.of("x")).isEmpty();
    assertThat(none.setUpAll("x")).isEmpty();
  }
}
