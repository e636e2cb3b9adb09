package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that is added to a kubeconfig, or removed from it.
 *
 * @param identity the identity's name, spelled as in the configuration; null for the credentials of
 *     the environment
 * @param alias the name of the context; null for the default one
 * @param userAlias the name of the user entry; null for the default one
 * @param integration the integration that the alias is of; null if it is of none
 */
record ClusterUpdate(
    ClusterRequest cluster,
    @Nullable String identity,
    @Nullable String alias,
    @Nullable String userAlias,
    @Nullable String integration,
    KubeconfigTarget target,
    UpdateMode update) {}
