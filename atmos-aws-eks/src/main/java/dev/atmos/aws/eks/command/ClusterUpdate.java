package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.aws.eks.kubeconfig.EntrySettings;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that is added to a kubeconfig, or removed from it.
 *
 * @param identity the identity's name, spelled as in the configuration; null for the credentials of
 *     the environment
 */
record ClusterUpdate(
    ClusterRequest cluster,
    @Nullable String identity,
    EntrySettings entries,
    KubeconfigTarget target,
    UpdateMode update) {}
