package dev.atmos.aws.eks.integration;

import dev.atmos.aws.eks.cluster.ClusterDescription;
import dev.atmos.aws.eks.cluster.ClusterLookup;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.aws.eks.kubeconfig.ClusterAccessFactory;
import dev.atmos.aws.eks.kubeconfig.PlanFormatter;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.services.Services;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.SelectedIdentities;
import dev.atmos.text.ShellQuoting;
import java.nio.file.Path;
import java.util.List;

/** Keeps a cluster in a kubeconfig whenever its identity signs in. */
final class EksIntegration implements Integration {
  private final String name;
  private final EksSettings settings;
  private final Services services;
  private final ClusterLookup clusters;

  EksIntegration(String name, EksSettings settings, Services services, ClusterLookup clusters) {
    this.name = name;
    this.settings = settings;
    this.services = services;
    this.clusters = clusters;
  }

  /** A sign-in switches to a context only if no context is current. */
  @Override
  public IntegrationPlan setUp(IntegrationIdentity identity) {
    ClusterRequest request = settings.cluster();
    ClusterDescription cluster = clusters.describe(request, identity.credentials());
    ClusterAccess access =
        new ClusterAccessFactory(services)
            .access(request, cluster, identity.name(), settings.entries());
    return plan(
        KubeconfigChange.adding(
                settings.target(null), List.of(access), settings.update(), CurrentContext.IF_UNSET)
            .without(SelectedIdentities.of(services).orElse(null)));
  }

  @Override
  public IntegrationPlan undo(String identity) {
    ClusterRequest request = settings.cluster();
    KubeconfigChange change =
        KubeconfigChange.removing(
            settings.target(null),
            List.of(ClusterRemoval.of(request.name().text(), request.region().text(), identity)));
    // Only the integration knows its own file; the usual one is looked through once by the logout.
    return plan(
        settings.path() == null
            ? change
            : change.without(SelectedIdentities.of(services).orElse(null)));
  }

  /**
   * The kubeconfig, also where kubectl would find it by itself: Terraform's providers don't. Of
   * several files that the user's own variable names, they get the one that kubectl would write to.
   */
  @Override
  public List<IntegrationVariable> variables(String identity) {
    List<Path> files;
    try {
      files = kubeconfigs().files(settings.target(null));
    } catch (AtmosException e) {
      if (settings.path() == null) {
        // There is no home directory, and so no file.
        return List.of();
      }
      throw e;
    }
    Path file =
        files.stream().filter(services.files()::exists).findFirst().orElseGet(files::getLast);
    Secret path = Secret.of(file.toString());
    return List.of(
        IntegrationVariable.of("KUBECONFIG", path, IntegrationVariable.Use.PREPEND_PATH),
        IntegrationVariable.of("KUBE_CONFIG_PATH", path, IntegrationVariable.Use.REPLACE));
  }

  @Override
  public String command() {
    return "atmos aws eks update-kubeconfig --integration " + ShellQuoting.word(name);
  }

  private KubeconfigEditor kubeconfigs() {
    return services.service(KubeconfigEditor.class);
  }

  private IntegrationPlan plan(KubeconfigChange change) {
    return new Plan(kubeconfigs(), change, kubeconfigs().plan(change));
  }

  private record Plan(KubeconfigEditor kubeconfigs, KubeconfigChange change, KubeconfigPlan plan)
      implements IntegrationPlan {
    @Override
    public List<String> changes() {
      return plan.lines();
    }

    @Override
    public IntegrationResult apply() {
      PlanFormatter formatter =
          new PlanFormatter(kubeconfigs, change.target(), kubeconfigs.apply(change));
      return IntegrationResult.of(formatter.done(), formatter.hints());
    }
  }
}
