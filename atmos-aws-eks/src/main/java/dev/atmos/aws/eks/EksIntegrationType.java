package dev.atmos.aws.eks;

import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationSpec;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.Services;

/** {@code aws/eks}: a cluster in the kubeconfig. */
final class EksIntegrationType implements IntegrationType {
  static final String KIND = "aws/eks";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Integration create(IntegrationSpec spec, Services context) {
    return new EksIntegration(
        spec.name(), EksSettings.read(spec), context, new EksDirectory(context));
  }
}
