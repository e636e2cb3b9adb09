package dev.atmos.aws.eks.doctor;

import dev.atmos.services.kube.KubeContext;
import dev.atmos.text.ShellQuoting;
import org.jspecify.annotations.Nullable;

/**
 * The commands that help a context.
 *
 * @param context the context
 * @param cluster the name of its cluster, as EKS knows it; null where the entry doesn't tell
 * @param region its region; null where the entry doesn't tell
 * @param identity the identity of the entry, as it is written; null for none
 * @param kubeconfig the file that was named instead of those in force; null for none
 */
public record Cures(
    KubeContext context,
    @Nullable String cluster,
    @Nullable String region,
    @Nullable String identity,
    @Nullable String kubeconfig) {

  private String ofCluster() {
    return "--name "
        + (cluster == null ? "NAME" : ShellQuoting.word(cluster))
        + " --region "
        + (region == null ? "REGION" : ShellQuoting.word(region));
  }

  private String ofFile() {
    return kubeconfig == null ? "" : " --kubeconfig " + ShellQuoting.word(kubeconfig);
  }

  /** Writes the entries again. */
  String update() {
    return "atmos aws eks update-kubeconfig "
        + ofCluster()
        + (identity == null ? "" : " -i " + ShellQuoting.word(identity))
        + ofFile();
  }

  /** Changes the cluster's entry, which the former leaves as the user wants it. */
  String setCluster(String option) {
    String name = ShellQuoting.word(String.valueOf(context.cluster()));
    return "kubectl config set-cluster " + name + " " + option + ofFile();
  }

  /** Asks the cluster, as the context's user. */
  String kubectl(String words) {
    return "kubectl " + words + " --context " + ShellQuoting.word(context.name()) + ofFile();
  }

  /** Shows who may reach the endpoint, and how users are mapped. */
  String describe() {
    return "aws eks describe-cluster " + ofCluster();
  }

  /** Makes the cluster know a user. */
  String accessEntry(Principal principal) {
    return "aws eks create-access-entry --cluster-"
        + ofCluster().substring(2)
        + " --principal-arn "
        + principal.word();
  }
}
