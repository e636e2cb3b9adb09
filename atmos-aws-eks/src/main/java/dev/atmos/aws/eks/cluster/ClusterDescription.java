package dev.atmos.aws.eks.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What AWS answers about a cluster. Nothing of it has been checked.
 *
 * @param status {@code ACTIVE}, {@code CREATING} and so on
 * @param endpoint the URL of its API server
 * @param certificateAuthority base64 of PEM
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html">EKS
 *     Cluster</a>
 */
public record ClusterDescription(
    @Nullable String arn,
    @Nullable String status,
    @Nullable String endpoint,
    @Nullable String certificateAuthority) {}
