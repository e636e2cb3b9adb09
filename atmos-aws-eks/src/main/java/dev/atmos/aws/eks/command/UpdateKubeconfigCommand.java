package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterLister;
import dev.atmos.aws.eks.cluster.ClusterLookup;
import dev.atmos.aws.eks.cluster.EksClusterLookup;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code atmos aws eks update-kubeconfig}: adds clusters to a kubeconfig, or removes them. */
@Command(
    customSynopsis = {
      "atmos aws eks update-kubeconfig --name <name> [--region <region>] [options]",
      "       atmos aws eks update-kubeconfig --all [--regions <region>,...] [options]",
      "       atmos aws eks update-kubeconfig --integration <name> [options]"
    },
    description = {
      "",
      "Make kubectl work with EKS clusters: asks AWS for their addresses, and writes kubeconfig"
          + " entries by which kubectl gets its tokens from atmos. The entries mean the same in"
          + " every directory and in every shell.",
      "",
      "All else in the kubeconfig stays as it is, byte for byte. If everything is up to date,"
          + " nothing is written.",
      ""
    },
    footer = {
      "",
      "Add a cluster, with the default identity or with another one:",
      "",
      "  atmos aws eks update-kubeconfig --name demo --region us-east-2",
      "  atmos aws eks update-kubeconfig --name demo --region us-east-2 -i dev-admin",
      "",
      "Add all clusters of the account that have a tag:",
      "",
      "  atmos aws eks update-kubeconfig --all --regions all --tag team=shop",
      "",
      "Show what would change, and remove it again:",
      "",
      "  atmos aws eks update-kubeconfig --name demo --region us-east-2 --dry-run",
      "  atmos aws eks update-kubeconfig --name demo --region us-east-2 --remove"
    })
public final class UpdateKubeconfigCommand implements Callable<Integer> {
  private final Services services;
  private final ClusterLookup clusters;
  private final ClusterLister lister;
  @Mixin private final UpdateOptions options = new UpdateOptions();

  private UpdateKubeconfigCommand(Services services, ClusterLookup clusters, ClusterLister lister) {
    this.services = services;
    this.clusters = clusters;
    this.lister = lister;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(Services services) {
    EksClusterLookup eks = new EksClusterLookup(services);
    return spec(services, eks, eks);
  }

  static CommandSpec spec(Services services, ClusterLookup clusters, ClusterLister lister) {
    UpdateKubeconfigCommand command = new UpdateKubeconfigCommand(services, clusters, lister);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    command.complete(spec, UpdateOptions.NAME, CompletionValues.CLUSTERS);
    command.complete(spec, UpdateOptions.REGION, CompletionValues.REGIONS);
    command.complete(spec, UpdateOptions.REGIONS, CompletionValues.SEVERAL_REGIONS);
    command.complete(spec, UpdateOptions.COMMAND, CompletionValues.COMMANDS);
    command.complete(spec, UpdateOptions.IDENTITY, CompletionValues.IDENTITIES);
    command.complete(spec, UpdateOptions.INTEGRATION, CompletionValues.INTEGRATIONS);
    command.options.output.addTo(spec);
    return spec;
  }

  /** Values that need the services can't be given in an annotation. */
  private void complete(CommandSpec spec, String option, char which) {
    OptionSpec declared = spec.findOption(option);
    CompletionValues values = new CompletionValues(services, which);
    spec.remove(declared);
    spec.addOption(declared.toBuilder().completionCandidates(values).build());
  }

  /**
   * @throws AtmosException if the options make no sense, or if nothing could be done
   */
  @Override
  public Integer call() {
    return options.remove
        ? new ClusterRemover(services, options).run()
        : new ClusterAdder(services, options, clusters, lister).run();
  }
}
