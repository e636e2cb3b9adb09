package dev.atmos.auth;

import dev.atmos.auth.config.AuthConfig;
import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.IntegrationDetails;
import dev.atmos.auth.config.Keys;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationSpec;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.kind.IntegrationTypes;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.auth.IntegrationOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The integrations below {@code auth.integrations}. */
final class ConfiguredIntegrations implements Integrations {

  /** A class, because all services are named on the token path, where a lambda costs more. */
  static final class Factory implements Function<Services, Integrations> {
    @Override
    public Integrations apply(Services context) {
      return new ConfiguredIntegrations(context);
    }
  }

  /** How many integrations ask the network at a time. */
  private static final int AT_ONCE = 8;

  private final Services context;

  ConfiguredIntegrations(Services context) {
    this.context = context;
  }

  @Override
  public ConfiguredIntegration find(String name) {
    Section section = section();
    if (name.isEmpty()) {
      throw IntegrationFailures.emptyName();
    }
    if (section == null || section.config().integrations().isEmpty()) {
      throw IntegrationFailures.noneConfigured(name);
    }
    List<IntegrationDefinition> found = section.graph().integrations(name);
    if (found.isEmpty()) {
      throw IntegrationFailures.unknown(
          name, List.copyOf(section.config().integrations().keySet()));
    }
    if (found.size() > 1) {
      throw IntegrationFailures.ambiguous(name, found);
    }
    IntegrationDefinition integration = found.get(0);
    if (integration.details() instanceof IntegrationDetails.Broken broken) {
      throw broken.problems().get(0).failure();
    }
    Definition parent = section.graph().parent(integration).orElse(null);
    if (parent == null) {
      throw IntegrationFailures.withoutParent(integration, section.graph());
    }
    return section.configured(integration, parent);
  }

  @Override
  public List<ConfiguredIntegration> of(String identity) {
    Section section = section();
    IdentityDefinition definition =
        section == null ? null : section.config().identities().get(identity);
    List<ConfiguredIntegration> found = new ArrayList<>();
    if (section != null && definition != null) {
      for (IntegrationDefinition integration : section.graph().integrationsOf(definition)) {
        section
            .graph()
            .parent(integration)
            .ifPresent(parent -> found.add(section.configured(integration, parent)));
      }
    }
    return found;
  }

  @Override
  public Integration open(ConfiguredIntegration integration) {
    IntegrationTypes types = context.service(IntegrationTypes.class);
    Optional<IntegrationType> type = types.find(integration.spec().kind());
    if (type.isEmpty()) {
      throw IntegrationFailures.noPlugin(integration.spec(), types.kinds());
    }
    Section section = section();
    if (section != null && section.config().integrations().containsKey(integration.name())) {
      // What is known of the kind's fields is said with its place in the file.
      new AuthReader(section.auth()).usableIntegration(integration.name());
    }
    return type.get().create(integration.spec(), context);
  }

  @Override
  public IntegrationIdentity identity(String identity) {
    return new Signer(context, identity);
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
    // The network at the same time; what is written in the configuration's order.
    for (Attempt attempt : context.tasks().all(plans, AT_ONCE)) {
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

    IntegrationOutcome carryOut() {
      AtmosException problem = failure;
      if (plan != null) {
        try {
          return new IntegrationOutcome(name, plan.apply(), null);
        } catch (AtmosException e) {
          problem = e;
        }
      }
      return new IntegrationOutcome(name, null, IntegrationFailures.notSetUp(name, problem, integration));
    }
  }

  /** Asks once, whoever asks. */
  private static final class Signer implements IntegrationIdentity {
    private final Services context;
    private final String name;
    private @Nullable AwsCredentials credentials;
    private @Nullable AtmosException failure;

    Signer(Services context, String name) {
      this.context = context;
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
          known = context.service(Identities.class).credentials(name);
        } catch (AtmosException e) {
          failure = e;
          throw e;
        }
        credentials = known;
      }
      return known;
    }
  }

  /** The section, read. */
  private record Section(ConfigMap auth, AuthConfig config, AuthGraph graph) {

    ConfiguredIntegration configured(IntegrationDefinition integration, Definition parent) {
      ConfigMap fields =
          auth.map(Keys.INTEGRATIONS).flatMap(all -> all.map(integration.name())).orElseThrow();
      return new ConfiguredIntegration(
          new IntegrationSpec(integration.name(), integration.kind(), fields),
          parent instanceof IdentityDefinition ? parent.name() : null,
          integration.autoProvision() && !saysNo(fields));
    }

    /** Of a kind whose fields aren't known here, this one is. */
    private static boolean saysNo(ConfigMap fields) {
      ConfigMap.Entry spec = fields.entries().get("spec");
      ConfigMap.Entry flag =
          spec != null && spec.value() instanceof ConfigMap settings
              ? settings.entries().get("auto_provision")
              : null;
      return flag != null
          && flag.value() instanceof ConfigText text
          && text.text().equalsIgnoreCase("false");
    }
  }

  private @Nullable Section section() {
    Optional<ConfigMap> auth = context.configMap(Keys.AUTH);
    if (auth.isEmpty()) {
      return null;
    }
    AuthConfig config = new AuthReader(auth.get()).config();
    return new Section(auth.get(), config, AuthGraph.of(config));
  }
}
