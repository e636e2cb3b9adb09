package dev.atmos.aws.eks.command;

import dev.atmos.aws.KnownRegions;
import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.aws.eks.integration.EksIntegrationType;
import dev.atmos.aws.eks.integration.EksSettings;
import dev.atmos.aws.eks.kubeconfig.AliasTemplate;
import dev.atmos.aws.eks.kubeconfig.EntrySettings;
import dev.atmos.aws.eks.kubeconfig.EntrySettings.CommandName;
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
import dev.atmos.services.kube.ClusterOverrides;
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
    new OptionCheck(services, options).check();
    Set<ClusterUpdate> updates = new LinkedHashSet<>();
    if (options.integrations.isEmpty()) {
      addNamed(updates);
    } else {
      for (String name : options.integrations) {
        updates.add(ofIntegration(name));
      }
    }
    checkAliases(updates.size());
    return List.copyOf(updates);
  }

  /**
   * Checks that so many clusters don't all get one name.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if they would
   */
  void checkAliases(int clusters) {
    boolean fixed = options.alias != null && !AliasTemplate.isOfSeveral(options.alias);
    if (clusters > 1 && (fixed || options.userAlias != null)) {
      throw OptionCheck.usage(
          (fixed ? UpdateOptions.ALIAS : "--user-alias")
              + " names one entry, but "
              + clusters
              + " clusters are given",
          fixed
              ? "leave it out, or have each cluster's name in it: --alias '{account}/{cluster}'"
              : "leave it out, or name one cluster");
    }
  }

  /**
   * What {@code --all} says.
   *
   * @throws AtmosException as {@link #resolve} does
   */
  EveryCluster everyCluster() {
    new OptionCheck(services, options).check();
    boolean every = "all".equals(options.regions);
    Set<Region> regions = new LinkedHashSet<>();
    if (options.region != null) {
      regions.add(new Region(options.region));
    } else if (options.regions != null && !every) {
      for (String text : options.regions.split(",", -1)) {
        regions.add(Region.of(UpdateOptions.REGIONS, text.strip()));
      }
    }
    String identity = identity();
    EntrySettings entries = entries();
    if (!regions.isEmpty()) {
      return everyCluster(regions, false, regions.iterator().next(), identity, entries);
    }
    if (!every) {
      Region home = region(identity);
      return everyCluster(Set.of(home), false, home, identity, entries);
    }
    // The region says the partition. A call of EC2's DescribeRegions would need a permission that
    // not everybody has; regions that the account doesn't have refuse the credentials.
    Region home =
        services
            .service(WorkRegion.Finder.class)
            .find(null, identity)
            .map(WorkRegion::region)
            .orElse(new Region("us-east-1"));
    KnownRegions.ofPartition(home.text()).forEach(text -> regions.add(new Region(text)));
    return everyCluster(regions, true, home, identity, entries);
  }

  private EveryCluster everyCluster(
      Set<Region> regions,
      boolean every,
      Region home,
      @Nullable String identity,
      EntrySettings entries) {
    return new EveryCluster(List.copyOf(regions), every, home, identity, entries, target());
  }

  private KubeconfigTarget target() {
    return new KubeconfigTarget(options.kubeconfig, null, FileMode.PRIVATE);
  }

  private EntrySettings entries() {
    return new EntrySettings(
        options.alias,
        options.userAlias,
        null,
        overrides(),
        options.command == null ? CommandName.FOUND : command(options.command),
        options.portable);
  }

  private ClusterOverrides overrides() {
    try {
      return new ClusterOverrides(
          options.server,
          options.tlsServerName,
          options.proxyUrl,
          options.namespace,
          true,
          options.portable || options.command != null);
    } catch (IllegalArgumentException e) {
      throw OptionCheck.usage(String.valueOf(e.getMessage()), null);
    }
  }

  private static CommandName command(String text) {
    try {
      return EksSettings.command(text);
    } catch (IllegalArgumentException e) {
      throw OptionCheck.usage(UpdateOptions.COMMAND + " is wrong: " + e.getMessage(), null);
    }
  }

  /** Why {@code --identity} isn't an identity of the configuration; null if it is. */
  @Nullable AtmosException unknownIdentity() {
    return unknownIdentity;
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
              entries(),
              target(),
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
      throw OptionCheck.usage("--name isn't the ARN of a cluster: " + e.getMessage(), null);
    }
    Region own = Region.of("the region of the ARN", arn.region());
    if (region != null && !region.equals(own)) {
      throw OptionCheck.usage(
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
      if (options.roleArn != null) {
        return new RoleIdentity(services).of(options.roleArn);
      }
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
            OptionCheck.usage(
                "--region is missing"
                    + (identity == null
                        ? ""
                        : ": identity " + DisplayNames.quoted(identity) + " has none")
                    + ", and AWS_REGION is not set",
                OptionCheck.EXAMPLE));
  }

  // ---- by integration

  private ClusterUpdate ofIntegration(String name) {
    OptionCheck.text(UpdateOptions.INTEGRATION, name, NameSyntax.NAME);
    Integrations integrations = services.service(Integrations.class);
    ConfiguredIntegration integration = integrations.find(name);
    Definition definition = integration.definition();
    // Checks the definition, and that a plugin supplies its kind.
    var _ = integrations.open(integration);
    if (!definition.kind().equals(EksIntegrationType.KIND)) {
      throw OptionCheck.usage(
          "integration "
              + DisplayNames.quoted(definition.name())
              + " is of kind "
              + definition.kind()
              + ", and not an EKS cluster",
          "choose one of kind " + EksIntegrationType.KIND);
    }
    EksSettings settings = EksSettings.of(definition);
    EntrySettings own = settings.entries();
    EntrySettings asked = entries();
    return new ClusterUpdate(
        settings.cluster(),
        integration.requiredIdentity(),
        new EntrySettings(
            asked.alias() == null ? own.alias() : asked.alias(),
            asked.userAlias(),
            asked.alias() == null ? own.integration() : null,
            own.overrides().under(asked.overrides()),
            options.command == null ? own.command() : asked.command(),
            asked.isPortable()),
        settings.target(options.kubeconfig),
        settings.update());
  }
}
