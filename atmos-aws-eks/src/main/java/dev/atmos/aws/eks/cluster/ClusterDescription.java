package dev.atmos.aws.eks.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What AWS answers about a cluster. Nothing of it has been checked.
 *
 * @param status {@code ACTIVE}, {@code CREATING} and so on
 * @param endpoint the URL of its API server
 * @param certificateAuthority base64 of PEM
 * @param id by what its API server knows itself if that isn't the name: that of a local cluster on
 *     Outposts
 * @param connector what runs it, where AWS doesn't and it is only registered; null where AWS does
 * @param tags empty where it has none
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html">EKS
 *     Cluster</a>
 */
public record ClusterDescription(
    @Nullable String arn,
    @Nullable String status,
    @Nullable String endpoint,
    @Nullable String certificateAuthority,
    @Nullable String id,
    @Nullable String connector,
    Map<String, String> tags) {

  /** Keeps a copy of the tags. */
  public ClusterDescription {
    tags = Map.copyOf(tags);
  }

  /** An ordinary cluster. */
  public ClusterDescription(
      @Nullable String arn,
      @Nullable String status,
      @Nullable String endpoint,
      @Nullable String certificateAuthority) {
    this(arn, status, endpoint, certificateAuthority, null, null, Map.of());
  }
}
