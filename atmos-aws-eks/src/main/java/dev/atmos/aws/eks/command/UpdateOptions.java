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
  static final String REGIONS = "--regions";
  static final String ALIAS = "--alias";
  static final String COMMAND = "--command";
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
      names = "--all",
      description =
          "All clusters of the account in the region, or in --regions, in place of --name.")
  boolean all;

  @Option(
      names = REGIONS,
      paramLabel = "<region>,...",
      description =
          "The regions of --all. \"all\" stands for those of your region's partition; regions that"
              + " the account lacks are left out.")
  @Nullable String regions;

  @Option(
      names = "--tag",
      paramLabel = "<key>=<value>",
      description = "Of --all, only clusters with this tag; may be given several times.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--role-arn",
      paramLabel = "<arn>",
      description = "The role to use it with: picks the configured identity that has it.")
  @Nullable String roleArn;

  @Option(
      names = "--assume-role-arn",
      paramLabel = "<arn>",
      description = "A role that the identity assumes to look clusters up, and for nothing else.")
  @Nullable String assumeRoleArn;

  @Option(
      names = ALIAS,
      paramLabel = "<name>",
      description =
          "The name of the context, in place of the cluster's ARN. {cluster}, {region}, {account}"
              + " and {identity} stand for those.")
  @Nullable String alias;

  @Option(
      names = "--user-alias",
      paramLabel = "<name>",
      description = "The name of the user entry, in place of atmos-eks-<identity>.")
  @Nullable String userAlias;

  @Option(
      names = "--kubeconfig",
      paramLabel = "<file>",
      description =
          "The kubeconfig, in place of those of KUBECONFIG or else ~/.kube/config; \"-\" prints one"
              + " that has these clusters alone.")
  @Nullable String kubeconfig;

  @Option(
      names = "--namespace",
      paramLabel = "<name>",
      description = "The namespace of the context.")
  @Nullable String namespace;

  @Option(
      names = "--server",
      paramLabel = "<url>",
      description = "The URL of the API server in place of AWS's, such as a tunnel's.")
  @Nullable String server;

  @Option(
      names = "--tls-server-name",
      paramLabel = "<name>",
      description = "The name that the server's certificate is checked for.")
  @Nullable String tlsServerName;

  @Option(
      names = "--proxy-url",
      paramLabel = "<url>",
      description = "The proxy on the way to the API server.")
  @Nullable String proxyUrl;

  @Option(
      names = COMMAND,
      paramLabel = "<form>",
      description =
          "How the entry names atmos: \"name\", or \"absolute\" for its path, which programs"
              + " without your PATH need. Default: the name where PATH leads to it.")
  @Nullable String command;

  @Option(
      names = "--portable",
      description =
          "Write entries that can be shared: they name no configuration of yours, and whoever uses"
              + " them is who their own says.")
  boolean portable;

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

  /** Whether a kubeconfig is printed, and no file is read or written. */
  boolean prints() {
    return "-".equals(kubeconfig);
  }

  final OutputOption output =
      OutputOption.of("text", "json")
          .describedAs("text (on standard error) or json (on standard output).");
}
