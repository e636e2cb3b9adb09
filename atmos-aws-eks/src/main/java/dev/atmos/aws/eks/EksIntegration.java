package dev.atmos.aws.eks;

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
import java.util.List;

/** A cluster that belongs into a kubeconfig whenever its identity has signed in. */
final class EksIntegration implements Integration {
  private final String name;
  private final EksSettings settings;
  private final Services context;
  private final ClusterDirectory clusters;

  EksIntegration(String name, EksSettings settings, Services context, ClusterDirectory clusters) {
    this.name = name;
    this.settings = settings;
    this.context = context;
    this.clusters = clusters;
  }

  /** A sign-in makes a context the current one only where there is none. */
  @Override
  public IntegrationPlan setUp(IntegrationIdentity identity) {
    ClusterRequest request = settings.cluster();
    ClusterDescription cluster = clusters.describe(request, identity.credentials());
    ClusterAccess access =
        EntryContents.of(context).access(request, cluster, identity.name(), settings.alias(), null);
    return plan(
        KubeconfigChange.adding(
            settings.target(null), List.of(access), settings.update(), CurrentContext.IF_UNSET));
  }

  @Override
  public IntegrationPlan removal(String identity) {
    return plan(
        KubeconfigChange.removing(
            settings.target(null),
            List.of(
                ClusterRemoval.of(
                    settings.cluster().name().text(),
                    settings.cluster().region().text(),
                    identity))));
  }

  /** kubectl finds what is in its usual places by itself. */
  @Override
  public List<IntegrationVariable> environment(String identity) {
    if (settings.path() == null) {
      return List.of();
    }
    Secret path = Secret.of(kubeconfigs().files(settings.target(null)).get(0).toString());
    return List.of(
        IntegrationVariable.of("KUBECONFIG", path, IntegrationVariable.Use.APPEND_PATH),
        // Terraform's providers read this one.
        IntegrationVariable.of("KUBE_CONFIG_PATH", path, IntegrationVariable.Use.REPLACE));
  }

  @Override
  public String command() {
    return "atmos aws eks update-kubeconfig --integration " + ShellWord.of(name);
  }

  private KubeconfigEditor kubeconfigs() {
    return context.service(KubeconfigEditor.class);
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
    public IntegrationResult carryOut() {
      KubeconfigPlan done = kubeconfigs.apply(change).plan();
      PlanText text = new PlanText(kubeconfigs, change.target(), done);
      return IntegrationResult.of(text.done(), text.hints());
    }
  }
}
