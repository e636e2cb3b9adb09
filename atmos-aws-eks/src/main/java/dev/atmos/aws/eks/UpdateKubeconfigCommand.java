package dev.atmos.aws.eks;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos aws eks update-kubeconfig}: puts clusters into a kubeconfig, or takes them out. */
final class UpdateKubeconfigCommand implements Callable<Integer> {
  private final Services context;
  private final UpdateOptions options;
  private final ClusterDirectory clusters;

  private UpdateKubeconfigCommand(
      Services context, UpdateOptions options, ClusterDirectory clusters) {
    this.context = context;
    this.options = options;
    this.clusters = clusters;
  }

  static CommandSpec spec(Services context) {
    return spec(context, new EksDirectory(context));
  }

  static CommandSpec spec(Services context, ClusterDirectory clusters) {
    UpdateOptions options = new UpdateOptions(context);
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new UpdateKubeconfigCommand(context, options, clusters));
    options.addTo(spec);
    spec.usageMessage()
        .customSynopsis(
            "atmos aws eks update-kubeconfig --name <name> [--region <region>] [options]",
            "       atmos aws eks update-kubeconfig --integration <name> [options]")
        .description(
            "",
            "Make kubectl work with EKS clusters: asks AWS for their addresses, and writes entries"
                + " into the kubeconfig by which kubectl gets its tokens from atmos. The entries"
                + " mean the same in every directory and in every shell.",
            "",
            "What else is in the kubeconfig stays as it is, byte for byte. Where everything is as"
                + " it should be, nothing is written.",
            "")
        .footer(
            "",
            "A cluster, with the default identity, and with one of your own choice:",
            "",
            "  atmos aws eks update-kubeconfig --name demo --region us-east-2",
            "  atmos aws eks update-kubeconfig --name demo --region us-east-2 -i dev-admin",
            "",
            "What would be changed, and how to take it out again:",
            "",
            "  atmos aws eks update-kubeconfig --name demo --region us-east-2 --dry-run",
            "  atmos aws eks update-kubeconfig --name demo --region us-east-2 --remove");
    return spec;
  }

  /**
   * @throws AtmosException if what was typed makes no sense, or if nothing of what was asked for
   *     could be done
   */
  @Override
  public Integer call() {
    return options.remove()
        ? new RemoveClusters(context, options).run()
        : new AddClusters(context, options, clusters).run();
  }
}
