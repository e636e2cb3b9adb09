package dev.atmos.services.kube;

import org.jspecify.annotations.Nullable;

/**
 * Access to one cluster as one identity: what makes a cluster, a context and a user of a
 * kubeconfig. Their names are chosen by what the files hold already:
 *
 * <ul>
 *   <li>Cluster: the ARN.
 *   <li>User: an entry that serves this cluster and identity keeps its name. Else the user alias;
 *       else {@code atmos-eks-<identity>}; where that one serves another cluster, {@code
 *       -<cluster>-<region>} is added, and then {@code -<account>}. Without an identity: {@code
 *       atmos-eks-<cluster>-<region>}.
 *   <li>Context: the context alias, else one that we have made for this cluster and identity, else
 *       the ARN; where another identity or another tool has a context of that name, the name of the
 *       user. A context that isn't ours is never pointed elsewhere.
 * </ul>
 *
 * @param arn which cluster
 * @param server the URL of its API server
 * @param certificateAuthority what the server is trusted by
 * @param identity who the command stands for; null where it isn't one of the configuration
 * @param contextAlias the name that the context is to have, if the user has said one
 * @param userAlias the name that the user is to have, if the user has said one
 * @param integration the integration that has said the context's alias; null if none has
 * @param exec the command that gets the credentials
 * @param overrides what the user says about its entries; the server is that of the override already
 */
public record ClusterAccess(
    ClusterArn arn,
    String server,
    ClusterCertificate certificateAuthority,
    @Nullable String identity,
    @Nullable String contextAlias,
    @Nullable String userAlias,
    @Nullable String integration,
    ExecPlugin exec,
    ClusterOverrides overrides) {
  /**
   * @throws IllegalArgumentException if a name isn't valid, or the server isn't an https URL of a
   *     host
   */
  public ClusterAccess {
    NameSyntax.checkServer(server);
    NameSyntax.checkOptional("the identity's name", identity, NameSyntax.NAME);
    NameSyntax.checkOptional("the alias of the context", contextAlias, NameSyntax.NAME);
    NameSyntax.checkOptional("the alias of the user", userAlias, NameSyntax.NAME);
  }

  /** As AWS says. */
  public ClusterAccess(
      ClusterArn arn,
      String server,
      ClusterCertificate certificateAuthority,
      @Nullable String identity,
      @Nullable String contextAlias,
      @Nullable String userAlias,
      @Nullable String integration,
      ExecPlugin exec) {
    this(
        arn,
        server,
        certificateAuthority,
        identity,
        contextAlias,
        userAlias,
        integration,
        exec,
        ClusterOverrides.NONE);
  }
}
