package dev.atmos.aws.eks.command;

import dev.atmos.services.command.OutputOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code atmos aws eks update-kubeconfig}. */
final class UpdateOptions {
  static final String NAME = "--name";
  static final String REGION = "--region";
  static final String IDENTITY = "--identity";
  static final String INTEGRATION = "--integration";

  @Option(
      names = NAME,
      paramLabel = "<name>",
      description =
          "The name of the EKS cluster, as in AWS, or its ARN; may be given several times.")
  List<String> names = new ArrayList<>();

  @Option(
      names = REGION,
      paramLabel = "<region>",
      description =
          "The cluster's AWS region. Default: that of the ARN, else the identity's, else AWS_REGION"
              + " or AWS_DEFAULT_REGION, else your profile's, else the provider's.")
  @Nullable String region;

  @Option(
      names = {"-i", IDENTITY},
      paramLabel = "<name>",
      description =
          "The identity to use it with. Default: ATMOS_IDENTITY, else the default identity, else"
              + " the only one.")
  @Nullable String identity;

  @Option(
      names = INTEGRATION,
      paramLabel = "<name>",
      description =
          "An integration of kind aws/eks of the configuration, in place of --name; may be given"
              + " several times.")
  List<String> integrations = new ArrayList<>();

  @Option(
      names = "--alias",
      paramLabel = "<name>",
      description = "The name of the context, in place of the cluster's ARN.")
  @Nullable String alias;

  @Option(
      names = "--user-alias",
      paramLabel = "<name>",
      description = "The name of the user entry, in place of atmos-eks-<identity>.")
  @Nullable String userAlias;

  @Option(
      names = "--kubeconfig",
      paramLabel = "<file>",
      description = "The kubeconfig, in place of those of KUBECONFIG or else ~/.kube/config.")
  @Nullable String kubeconfig;

  @Option(names = "--no-switch", description = "Leave the current context as it is.")
  boolean noSwitch;

  @Option(names = "--remove", description = "Remove what this command has added. Asks AWS nothing.")
  boolean remove;

  @Option(
      names = "--dry-run",
      description = "Print what would change, and change nothing; the file with --verbose.")
  boolean dryRun;

  @Option(names = "--verbose", description = "Report every change.")
  boolean verbose;

  final OutputOption output =
      OutputOption.of("text", "json")
          .describedAs("text (on standard error) or json (on standard output).");
}
