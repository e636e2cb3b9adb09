package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.aws.eks.integration.EksIntegrationType;
import dev.atmos.aws.eks.integration.EksSettings;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.NameSyntax;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.text.DisplayNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves the options to clusters. Checks all of them before anything is done. */
final class ClusterUpdateResolver {
  private static final String EXAMPLE =
      "atmos aws eks update-kubeconfig --name NAME --region REGION";

  private final Services services;
  private final UpdateOptions options;
  private @Nullable AtmosException unknownIdentity;

  ClusterUpdateResolver(Services services, UpdateOptions options) {
    this.services = services;
    this.options = options;
  }

  /**
   * The clusters, in the order of the options, each once; at least one.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the options make no sense or are
   *     ambiguous
   */
  List<ClusterUpdate> resolve() {
    checkOptions();
    Set<ClusterUpdate> updates = new LinkedHashSet<>();
    if (options.integrations.isEmpty()) {
      addNamed(updates);
    } else {
      for (String name : options.integrations) {
        updates.add(ofIntegration(name));
      }
    }
    if (updates.size() > 1 && (options.alias != null || options.userAlias != null)) {
      throw usage(
          (options.alias != null ? "--alias" : "--user-alias")
              + " names one entry, but "
              + updates.size()
              + " clusters are given",
          "leave it out, or name one cluster");
    }
    return List.copyOf(updates);
  }

  /** Why {@code --identity} isn't an identity of the configuration; null if it is. */
  @Nullable AtmosException unknownIdentity() {
    return unknownIdentity;
  }

  private void checkOptions() {
    check("--region", options.region, NameSyntax.NAME);
    check("--identity", options.identity, NameSyntax.NAME);
    check("--alias", options.alias, NameSyntax.NAME);
    check("--user-alias", options.userAlias, NameSyntax.NAME);
    check("--kubeconfig", options.kubeconfig, NameSyntax.PATH);
    boolean named = !options.names.isEmpty();
    if (named == !options.integrations.isEmpty()) {
      throw named ? usage("--name and --integration exclude each other", null) : nothingNamed();
    }
    if (!named && options.region != null) {
      throw usage("--region goes with --name: an integration has a region of its own", null);
    }
    if (!named && options.identity != null) {
      throw usage("--identity goes with --name: an integration has an identity of its own", null);
    }
    if (options.remove) {
      notWithRemove("--alias", options.alias != null);
      notWithRemove("--user-alias", options.userAlias != null);
      notWithRemove("--no-switch", options.noSwitch);
    }
  }

  private static void notWithRemove(String option, boolean given) {
    if (given) {
      throw usage(option + " makes no sense with --remove", null);
    }
  }

  /** Refuses a value that is empty, invisible or too long. */
  private static void check(String option, @Nullable String value, int longest) {
    if (value != null) {
      try {
        NameSyntax.check(option, value, longest);
      } catch (IllegalArgumentException e) {
        throw usage(String.valueOf(e.getMessage()), null);
      }
    }
  }

  private AtmosException nothingNamed() {
    List<String> integrations = services.service(ConfiguredNames.class).integrations();
    return usage(
        "no cluster is named",
        integrations.isEmpty()
            ? EXAMPLE
            : EXAMPLE + ", or --integration with one of: " + DisplayNames.list(integrations));
  }

  // ---- by name

  private void addNamed(Set<ClusterUpdate> updates) {
    Region region = options.region == null ? null : new Region(options.region);
    for (String name : options.names) {
      if (isArn(name)) {
        var _ = arn(name, region);
      } else {
        var _ = ClusterName.of("--name", name);
      }
    }
    String identity = identity();
    for (String name : options.names) {
      updates.add(
          new ClusterUpdate(
              isArn(name)
                  ? arn(name, region)
                  : new ClusterRequest(
                      new ClusterName(name), region == null ? region(identity) : region, null),
              identity,
              options.alias,
              options.userAlias,
              null,
              new KubeconfigTarget(options.kubeconfig, null, FileMode.PRIVATE),
              UpdateMode.MERGE));
    }
  }

  private static boolean isArn(String name) {
    return name.startsWith("arn:");
  }

  private static ClusterRequest arn(String text, @Nullable Region region) {
    ClusterArn arn;
    try {
      arn = ClusterArn.parse(text);
    } catch (IllegalArgumentException e) {
      throw usage("--name isn't the ARN of a cluster: " + e.getMessage(), null);
    }
    Region own = Region.of("the region of the ARN", arn.region());
    if (region != null && !region.equals(own)) {
      throw usage(
          "--region says " + region.text() + ", and the ARN says " + own.text(),
          "leave --region out");
    }
    return new ClusterRequest(new ClusterName(arn.cluster()), own, arn.account());
  }

  /**
   * The identity. What was added for one can be removed after it is gone from the configuration.
   */
  private @Nullable String identity() {
    try {
      String wanted = options.identity;
      if (wanted == null) {
        wanted = services.service(ConfiguredNames.class).chosenIdentity().orElse(null);
      }
      return services.service(Identities.class).nameOf(wanted).orElse(null);
    } catch (AtmosException e) {
      if (options.remove && options.identity != null) {
        unknownIdentity = e;
        return options.identity;
      }
      throw e;
    }
  }

  /** Where the user works; a cluster of another region needs the option. */
  private Region region(@Nullable String identity) {
    return services
        .service(WorkRegion.Finder.class)
        .find(null, identity)
        .map(WorkRegion::region)
        .orElseThrow(() ->
            usage(
                "--region is missing"
                    + (identity == null
                        ? ""
                        : ": identity " + DisplayNames.quoted(identity) + " has none")
                    + ", and AWS_REGION is not set",
                EXAMPLE));
  }

  // ---- by integration

  private ClusterUpdate ofIntegration(String name) {
    check(UpdateOptions.INTEGRATION, name, NameSyntax.NAME);
    Integrations integrations = services.service(Integrations.class);
    ConfiguredIntegration integration = integrations.find(name);
    Definition definition = integration.definition();
    // Checks the definition, and that a plugin supplies its kind.
    var _ = integrations.open(integration);
    if (!definition.kind().equals(EksIntegrationType.KIND)) {
      throw usage(
          "integration "
              + DisplayNames.quoted(definition.name())
              + " is of kind "
              + definition.kind()
              + ", and not an EKS cluster",
          "choose one of kind " + EksIntegrationType.KIND);
    }
    EksSettings settings = EksSettings.of(definition);
    return new ClusterUpdate(
        settings.cluster(),
        integration.requiredIdentity(),
        options.alias == null ? settings.alias() : options.alias,
        options.userAlias,
        options.alias == null ? integration.name() : null,
        settings.target(options.kubeconfig),
        settings.update());
  }

  private static AtmosException usage(String problem, @Nullable String hint) {
    return new AtmosException(ExitCode.USAGE, problem, hint, null);
  }
}
