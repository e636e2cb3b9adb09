package dev.atmos.aws.eks;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.plugin.kube.ClusterAccess;
import dev.atmos.plugin.kube.ClusterRemoval;
import dev.atmos.plugin.kube.ContextSwitch;
import dev.atmos.plugin.kube.KubeconfigChange;
import dev.atmos.plugin.kube.KubeconfigPlan;
import dev.atmos.plugin.kube.Kubeconfigs;
import dev.atmos.text.ShellQuoting;
import java.util.List;

/** A cluster that belongs into a kubeconfig whenever its identity has signed in. */
final class EksIntegration implements Integration {
  private final String name;
  private final EksSettings settings;
  private final PluginContext context;
  private final ClusterDirectory clusters;

  EksIntegration(
      String name, EksSettings settings, PluginContext context, ClusterDirectory clusters) {
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
            settings.target(null), List.of(access), settings.update(), ContextSwitch.IF_UNSET));
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
        new IntegrationVariable("KUBECONFIG", path, IntegrationVariable.Use.APPEND_PATH),
        // Terraform's providers read this one.
        new IntegrationVariable("KUBE_CONFIG_PATH", path, IntegrationVariable.Use.REPLACE));
  }

  @Override
  public String command() {
    return "atmos aws eks update-kubeconfig --integration " + ShellQuoting.word(name);
  }

  private Kubeconfigs kubeconfigs() {
    return context.service(Kubeconfigs.class);
  }

  private IntegrationPlan plan(KubeconfigChange change) {
    return new Plan(kubeconfigs(), change, kubeconfigs().plan(change));
  }

  private record Plan(Kubeconfigs kubeconfigs, KubeconfigChange change, KubeconfigPlan plan)
      implements IntegrationPlan {
    @Override
    public List<String> changes() {
      return plan.lines();
    }

    @Override
    public IntegrationResult carryOut() {
      KubeconfigPlan done = kubeconfigs.apply(change).plan();
      PlanText text = new PlanText(kubeconfigs, change.target(), done);
      return new IntegrationResult(text.done(), text.hints());
    }
  }
}
