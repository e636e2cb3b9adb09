package dev.atmos.aws.eks;

import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that is to be in a kubeconfig, or out of it.
 *
 * @param identity for whom, spelt as in the configuration; null for what the environment offers
 * @param alias what the context is to be called; null for what it would be called anyway
 * @param userAlias what the user entry is to be called; null for what it would be called anyway
 */
record Job(
    ClusterRequest cluster,
    @Nullable String identity,
    @Nullable String alias,
    @Nullable String userAlias,
    KubeconfigTarget target,
    UpdateMode update) {}
