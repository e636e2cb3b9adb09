package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.aws.eks.kubeconfig.EntrySettings;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --all} asks for: where clusters are looked for, and what becomes of each.
 *
 * @param regions at least one
 * @param isEveryRegion whether the regions are all of a partition; an account may lack some of them
 * @param home where a role is assumed: where the user works, or else the first of the regions
 * @param identity the identity's name, spelled as in the configuration; null for the credentials of
 *     the environment
 */
record EveryCluster(
    List<Region> regions,
    boolean isEveryRegion,
    Region home,
    @Nullable String identity,
    EntrySettings entries,
    KubeconfigTarget target) {

  ClusterUpdate update(Region region, ClusterName name) {
    return new ClusterUpdate(
        new ClusterRequest(name, region, null), identity, entries, target, UpdateMode.MERGE);
  }
}
