package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.Definitions;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The integrations below {@code auth.integrations}. */
final class ConfiguredIntegrations implements Integrations {
  /** How many integrations use the network at a time. */
  private static final int AT_ONCE = 8;

  private final Services services;
  private final AuthEngine engine;
  private @Nullable AuthGraph graph;

  ConfiguredIntegrations(AuthEngine engine) {
    this.services = engine.services();
    this.engine = engine;
  }

  @Override
  public ConfiguredIntegration find(String name) {
    if (name.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE, "the integration has no name", "see: atmos auth list");
    }
    AuthEntry integration = graph().named(AuthPart.INTEGRATIONS, name);
    if (integration.isBroken()) {
      throw integration.errors().get(0).failure();
    }
    Optional<ConfigProblem> unlinked = integration.unlinked();
    if (unlinked.isPresent()) {
      throw unlinked.get().failure();
    }
    return configured(integration);
  }

  @Override
  public List<ConfiguredIntegration> of(String identity) {
    if (!areConfigured()) {
      return List.of();
    }
    List<ConfiguredIntegration> integrations = new ArrayList<>();
    Optional<AuthEntry> entry = graph().entry(AuthPart.IDENTITIES, identity);
    if (entry.isPresent()) {
      for (AuthEntry each : graph().integrationsOf(entry.get())) {
        integrations.add(configured(each));
      }
    }
    return integrations;
  }

  /** Asked first, as the graph needs the schemas of all kinds, and programs wait for that. */
  private boolean areConfigured() {
    Optional<ConfigMap> auth = services.configMap(AuthFields.AUTH);
    return auth.isPresent() && auth.get().entries().containsKey(AuthPart.INTEGRATIONS.key());
  }

  private ConfiguredIntegration configured(AuthEntry integration) {
    AuthEntry parent = integration.parent().orElseThrow();
    return new ConfiguredIntegration(
        Definitions.of(services, integration.name(), integration.fields()),
        parent.part() == AuthPart.IDENTITIES ? parent.name() : null,
        StaticValues.flag(integration.knownFields(), AuthFields.AUTO_PROVISION, true));
  }

  @Override
  public Integration open(ConfiguredIntegration integration) {
    Definition definition = integration.definition();
    Optional<IntegrationType> type = services.kinds().integrations().find(definition.kind());
    if (type.isEmpty()) {
      throw ChainFailures.noType(
          services, AuthPart.INTEGRATIONS, definition.name(), ConfigDefinition.fields(definition));
    }
    DefinitionCheck.require(AuthPart.INTEGRATIONS, type.get(), definition);
    return type.get().create(definition, services);
  }

  @Override
  public IntegrationIdentity identity(String identity) {
    return new CredentialsOnce(engine, identity);
  }

  @Override
  public List<IntegrationOutcome> setUpAll(String identity) {
    IntegrationIdentity signer = identity(identity);
    List<Supplier<Supplier<IntegrationOutcome>>> plans = new ArrayList<>();
    for (ConfiguredIntegration configured : of(identity)) {
      String name = configured.name();
      if (configured.atSignIn()) {
        try {
          Integration integration = open(configured);
          plans.add(() -> planned(name, integration, signer));
        } catch (AtmosException e) {
          plans.add(() -> () -> notSetUp(name, e, null));
        }
      }
    }
    // The network at the same time; files are written in the configuration's order.
    return services.tasks().all(plans, AT_ONCE).stream().map(Supplier::get).toList();
  }

  /** Plans an integration; what this returns applies the plan. */
  private static Supplier<IntegrationOutcome> planned(
      String name, Integration integration, IntegrationIdentity signer) {
    try {
      IntegrationPlan plan = integration.setUp(signer);
      return () -> applied(name, integration, plan);
    } catch (AtmosException e) {
      return () -> notSetUp(name, e, integration);
    }
  }

  private static IntegrationOutcome applied(
      String name, Integration integration, IntegrationPlan plan) {
    try {
      return new IntegrationOutcome(name, plan.apply(), null);
    } catch (AtmosException e) {
      return notSetUp(name, e, integration);
    }
  }

  private synchronized AuthGraph graph() {
    if (graph == null) {
      graph = AuthGraph.of(services);
    }
    return graph;
  }

  /** Gets an identity's credentials once for all integrations. */
  private static final class CredentialsOnce implements IntegrationIdentity {
    private final AuthEngine engine;
    private final String name;
    private @Nullable AwsCredentials credentials;
    private @Nullable AtmosException failure;

    CredentialsOnce(AuthEngine engine, String name) {
      this.engine = engine;
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public synchronized AwsCredentials credentials() {
      if (failure != null) {
        throw failure;
      }
      if (credentials == null) {
        try {
          credentials = engine.identities().credentials(name);
        } catch (AtmosException e) {
          failure = e;
          throw e;
        }
      }
      return credentials;
    }
  }

  /** The sign-in went well, and this did not. */
  private static IntegrationOutcome notSetUp(
      String name, AtmosException failure, @Nullable Integration integration) {
    String hint = integration == null ? null : "to try again: " + integration.command();
    return new IntegrationOutcome(
        name,
        null,
        new AtmosException(
            failure.exitCode(),
            AuthPart.INTEGRATIONS.described(name) + " is not set up: " + failure.sentence(),
            failure.hint().orElse(hint),
            failure));
  }
}
