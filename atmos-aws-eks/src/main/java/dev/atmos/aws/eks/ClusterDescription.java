package dev.atmos.aws.eks;

import org.jspecify.annotations.Nullable;

/**
 * What AWS says of a cluster, as it says it: nothing here has been checked.
 *
 * @param status {@code ACTIVE}, {@code CREATING} and so on
 * @param endpoint the URL of its API server
 * @param certificateAuthority base64 of PEM
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html">EKS
 *     Cluster</a>
 */
record ClusterDescription(
    @Nullable String arn,
    @Nullable String status,
    @Nullable String endpoint,
    @Nullable String certificateAuthority) {}
