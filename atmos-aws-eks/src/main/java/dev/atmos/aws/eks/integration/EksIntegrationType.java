package dev.atmos.aws.eks.integration;

import dev.atmos.aws.eks.cluster.EksClusterLookup;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;

/** {@code aws/eks}: a cluster in the kubeconfig. */
public final class EksIntegrationType implements IntegrationType {
  /** The kind. */
  public static final String KIND = "aws/eks";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Schema schema() {
    return EksSettings.schema();
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE
        .withSubject(EksSettings.text(definition, EksSettings.CLUSTER_NAME))
        .withRegion(EksSettings.text(definition, EksSettings.REGION))
        .withAlias(EksSettings.text(definition, EksSettings.ALIAS));
  }

  @Override
  public Integration create(Definition definition, PluginContext context) {
    Services services = Services.of(context);
    return new EksIntegration(
        definition.name(), EksSettings.of(definition), services, new EksClusterLookup(services));
  }
}
