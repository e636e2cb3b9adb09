package dev.atmos.services.kube;

import java.util.List;

/**
 * What a feature wants of a kubeconfig, all of it in one write per file.
 *
 * @param target where
 * @param removals what is taken out, before anything is added
 * @param clusters what is added; where one is there, it is brought up to date
 * @param update what becomes of entries of ours that are there
 * @param contextSwitch whether the context of the first cluster becomes the current one
 */
public record KubeconfigChange(
    KubeconfigTarget target,
    List<ClusterRemoval> removals,
    List<ClusterAccess> clusters,
    UpdateMode update,
    CurrentContext contextSwitch) {

  /** Keeps copies of the lists. */
  public KubeconfigChange {
    removals = List.copyOf(removals);
    clusters = List.copyOf(clusters);
  }

  /** Adds clusters. */
  public static KubeconfigChange adding(
      KubeconfigTarget target,
      List<ClusterAccess> clusters,
      UpdateMode update,
      CurrentContext contextSwitch) {
    return new KubeconfigChange(target, List.of(), clusters, update, contextSwitch);
  }

  /** Takes clusters out. */
  public static KubeconfigChange removing(KubeconfigTarget target, List<ClusterRemoval> removals) {
    return new KubeconfigChange(
        target, removals, List.of(), UpdateMode.MERGE, CurrentContext.NEVER);
  }
}
