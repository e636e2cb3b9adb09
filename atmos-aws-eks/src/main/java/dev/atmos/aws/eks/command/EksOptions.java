package dev.atmos.aws.eks.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.text.ShellQuoting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** What the commands about clusters that are in a kubeconfig share. */
final class EksOptions {
  static final String KUBECONFIG = "--kubeconfig";
  static final String ABOUT_KUBECONFIG =
      "The kubeconfig, in place of those of KUBECONFIG or else ~/.kube/config.";

  private EksOptions() {}

  /** {@code --kubeconfig}. */
  static OptionSpec kubeconfig() {
    return OptionSpec.builder(KUBECONFIG)
        .arity("1")
        .type(String.class)
        .paramLabel("<file>")
        .description(ABOUT_KUBECONFIG)
        .build();
  }

  /**
   * The files that the option stands for.
   *
   * @param option its value; null where it isn't given
   * @throws AtmosException with {@link ExitCode#USAGE} if it isn't a path
   */
  static KubeconfigTarget target(@Nullable String option) {
    try {
      return new KubeconfigTarget(option, null, FileMode.PRIVATE);
    } catch (IllegalArgumentException e) {
      throw new AtmosException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** The command that adds a cluster, or writes its entry again. */
  static String updateCommand(
      @Nullable String cluster, @Nullable String region, @Nullable String identity) {
    return "atmos aws eks update-kubeconfig --name "
        + (cluster == null ? "NAME" : ShellQuoting.word(cluster))
        + " --region "
        + (region == null ? "REGION" : ShellQuoting.word(region))
        + (identity == null ? "" : " -i " + ShellQuoting.word(identity));
  }
}
