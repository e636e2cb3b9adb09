package dev.atmos.services.kube;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a feature wants of a kubeconfig, all of it in one write per file.
 *
 * @param target where
 * @param removals what is taken out, before anything is added
 * @param clusters what is added; where one is there, it is brought up to date
 * @param update what becomes of entries of ours that are there
 * @param contextSwitch whether the context of the first cluster becomes the current one
 * @param configured by which entries of ours are known whose identity is gone: added clusters take
 *     their contexts over, and the rest is taken out; null where they stay
 * @param replacements the user entries that get another command
 */
public record KubeconfigChange(
    KubeconfigTarget target,
    List<ClusterRemoval> removals,
    List<ClusterAccess> clusters,
    UpdateMode update,
    CurrentContext contextSwitch,
    @Nullable SelectedIdentities configured,
    List<ExecReplacement> replacements) {

  /** Keeps copies of the lists. */
  public KubeconfigChange {
    replacements = List.copyOf(replacements);
    removals = List.copyOf(removals);
    clusters = List.copyOf(clusters);
  }

  /** Adds clusters. */
  public static KubeconfigChange adding(
      KubeconfigTarget target,
      List<ClusterAccess> clusters,
      UpdateMode update,
      CurrentContext contextSwitch) {
    return new KubeconfigChange(
        target, List.of(), clusters, update, contextSwitch, null, List.of());
  }

  /** Takes clusters out. */
  public static KubeconfigChange removing(KubeconfigTarget target, List<ClusterRemoval> removals) {
    return new KubeconfigChange(
        target, removals, List.of(), UpdateMode.MERGE, CurrentContext.NEVER, null, List.of());
  }

  /** Gives user entries other commands. */
  public static KubeconfigChange replacing(
      KubeconfigTarget target, List<ExecReplacement> replacements) {
    return new KubeconfigChange(
        target, List.of(), List.of(), UpdateMode.MERGE, CurrentContext.NEVER, null, replacements);
  }

  /** The same, which also takes out the entries of identities that are gone. */
  public KubeconfigChange without(@Nullable SelectedIdentities otherThan) {
    return new KubeconfigChange(
        target, removals, clusters, update, contextSwitch, otherThan, replacements);
  }
}
