package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.Definitions;
import dev.atmos.auth.model.KindCatalog;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.auth.Integrations;
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
    List<AuthEntry> all = graph().entries(AuthPart.INTEGRATIONS);
    List<AuthEntry> found = graph().find(AuthPart.INTEGRATIONS, name);
    if (found.size() != 1) {
      throw IntegrationFailures.notFound(name, all, found);
    }
    AuthEntry integration = found.get(0);
    if (integration.isBroken()) {
      throw integration.errors().get(0).failure();
    }
    if (integration.parent().isEmpty()) {
      throw IntegrationFailures.withoutParent(integration);
    }
    return configured(integration);
  }

  @Override
  public List<ConfiguredIntegration> of(String identity) {
    List<ConfiguredIntegration> found = new ArrayList<>();
    Optional<AuthEntry> entry = graph().entry(AuthPart.IDENTITIES, identity);
    if (entry.isPresent()) {
      for (AuthEntry integration : graph().integrationsOf(entry.get())) {
        found.add(configured(integration));
      }
    }
    return found;
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
      throw KindCatalog.failure(
          services.kinds(),
          AuthPart.INTEGRATIONS,
          definition.name(),
          definition.kind(),
          definition.position(AuthFields.KIND));
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
    List<Supplier<Attempt>> plans = new ArrayList<>();
    for (ConfiguredIntegration integration : of(identity)) {
      if (integration.atSignIn()) {
        Attempt attempt = opened(integration);
        plans.add(() -> attempt.plan(signer));
      }
    }
    List<IntegrationOutcome> outcomes = new ArrayList<>();
    // The network at the same time; files are written in the configuration's order.
    for (Attempt attempt : services.tasks().all(plans, AT_ONCE)) {
      outcomes.add(attempt.apply());
    }
    return outcomes;
  }

  private Attempt opened(ConfiguredIntegration integration) {
    try {
      return new Attempt(integration.name(), open(integration), null, null);
    } catch (AtmosException e) {
      return new Attempt(integration.name(), null, null, e);
    }
  }

  private synchronized AuthGraph graph() {
    AuthGraph known = graph;
    if (known == null) {
      known = AuthGraph.of(services);
      graph = known;
    }
    return known;
  }

  /** One of several integrations, as far as it has come. */
  private record Attempt(
      String name,
      @Nullable Integration integration,
      @Nullable IntegrationPlan plan,
      @Nullable AtmosException failure) {

    Attempt plan(IntegrationIdentity identity) {
      if (integration == null) {
        return this;
      }
      try {
        return new Attempt(name, integration, integration.setUp(identity), null);
      } catch (AtmosException e) {
        return new Attempt(name, integration, null, e);
      }
    }

    IntegrationOutcome apply() {
      AtmosException problem = failure;
      if (plan != null) {
        try {
          return new IntegrationOutcome(name, plan.apply(), null);
        } catch (AtmosException e) {
          problem = e;
        }
      }
      return new IntegrationOutcome(
          name, null, IntegrationFailures.notSetUp(name, problem, integration));
    }
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
      AwsCredentials known = credentials;
      if (known == null) {
        try {
          known = engine.identities().credentials(name);
        } catch (AtmosException e) {
          failure = e;
          throw e;
        }
        credentials = known;
      }
      return known;
    }
  }
}
