package dev.atmos.aws.eks;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.cli.OutputOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code atmos aws eks update-kubeconfig}. */
final class UpdateOptions {
  private final OptionSpec names;
  private final OptionSpec region;
  private final OptionSpec identity;
  private final OptionSpec integrations;
  private final OptionSpec alias;
  private final OptionSpec userAlias;
  private final OptionSpec kubeconfig;
  private final OptionSpec noSwitch;
  private final OptionSpec remove;
  private final OptionSpec dryRun;
  private final OptionSpec verbose;
  private final OutputOption output =
      OutputOption.of("text", "json")
          .describedAs("text (on standard error) or json (on standard output).");

  UpdateOptions(PluginContext context) {
    names =
        list("--name")
            .paramLabel("<name>")
            .description(
                "The name of the EKS cluster, as in AWS, or its ARN; may be given several times.")
            .completionCandidates(new ConfiguredCandidates(context, ConfiguredCandidates.CLUSTERS))
            .build();
    region =
        text("--region")
            .paramLabel("<region>")
            .description(
                "The AWS region that it is in. If it is left out: that of the ARN, else the"
                    + " identity's, else AWS_REGION or AWS_DEFAULT_REGION.")
            .completionCandidates(new ConfiguredCandidates(context, ConfiguredCandidates.REGIONS))
            .build();
    identity =
        text("-i", "--identity")
            .paramLabel("<name>")
            .description(
                "The identity to use it with. If it is left out: ATMOS_IDENTITY, else the default"
                    + " identity, else the only one.")
            .completionCandidates(
                new ConfiguredCandidates(context, ConfiguredCandidates.IDENTITIES))
            .build();
    integrations =
        list("--integration")
            .paramLabel("<name>")
            .description(
                "An integration of kind aws/eks of the configuration, in place of --name; may be"
                    + " given several times.")
            .completionCandidates(
                new ConfiguredCandidates(context, ConfiguredCandidates.INTEGRATIONS))
            .build();
    alias =
        text("--alias")
            .paramLabel("<name>")
            .description("What the context is to be called, in place of the cluster's ARN.")
            .build();
    userAlias =
        text("--user-alias")
            .paramLabel("<name>")
            .description("What the user entry is to be called, in place of atmos-eks-<identity>.")
            .build();
    kubeconfig =
        text("--kubeconfig")
            .paramLabel("<file>")
            .description("The kubeconfig, in place of those of KUBECONFIG or else ~/.kube/config.")
            .build();
    noSwitch = flag("--no-switch", "Leave the current context as it is.");
    remove = flag("--remove", "Take out what this command has added. Asks AWS nothing.");
    dryRun =
        flag("--dry-run", "Print what would change, and change nothing; the file with --verbose.");
    verbose = flag("--verbose", "Tell of every change.");
  }

  private static OptionSpec.Builder text(String... names) {
    return OptionSpec.builder(names).arity("1").type(String.class);
  }

  private static OptionSpec.Builder list(String name) {
    return OptionSpec.builder(name).arity("1").type(List.class).auxiliaryTypes(String.class);
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }

  void addTo(CommandSpec spec) {
    for (OptionSpec option :
        List.of(
            names,
            region,
            identity,
            integrations,
            alias,
            userAlias,
            kubeconfig,
            noSwitch,
            remove,
            dryRun,
            verbose)) {
      spec.addOption(option);
    }
    output.addTo(spec);
  }

  List<String> names() {
    List<String> values = names.getValue();
    return values == null ? List.of() : values;
  }

  List<String> integrations() {
    List<String> values = integrations.getValue();
    return values == null ? List.of() : values;
  }

  @Nullable String region() {
    return region.getValue();
  }

  @Nullable String identity() {
    return identity.getValue();
  }

  @Nullable String alias() {
    return alias.getValue();
  }

  @Nullable String userAlias() {
    return userAlias.getValue();
  }

  @Nullable String kubeconfig() {
    return kubeconfig.getValue();
  }

  /** Throws if it is a format that the command doesn't have. */
  void checkOutput() {
    output.format();
  }

  boolean isJson() {
    return output.isJson();
  }

  boolean noSwitch() {
    return isSet(noSwitch);
  }

  boolean remove() {
    return isSet(remove);
  }

  boolean dryRun() {
    return isSet(dryRun);
  }

  boolean verbose() {
    return isSet(verbose);
  }

  private static boolean isSet(OptionSpec option) {
    Boolean value = option.getValue();
    return value != null && value;
  }
}
