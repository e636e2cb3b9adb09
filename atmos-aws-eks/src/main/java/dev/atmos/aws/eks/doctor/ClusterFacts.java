package dev.atmos.aws.eks.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What EKS says of a cluster to those who look for a fault. Nothing of it has been checked.
 *
 * @param status {@code ACTIVE}, {@code CREATING} and so on
 * @param endpoint the URL of its API server
 * @param certificateAuthority base64 of PEM
 * @param authenticationMode {@code API}, {@code API_AND_CONFIG_MAP} or {@code CONFIG_MAP}
 * @param publicEndpoint whether the endpoint can be reached from the internet
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html">EKS
 *     Cluster</a>
 */
record ClusterFacts(
    @Nullable String status,
    @Nullable String endpoint,
    @Nullable String certificateAuthority,
    @Nullable String authenticationMode,
    boolean publicEndpoint) {}
