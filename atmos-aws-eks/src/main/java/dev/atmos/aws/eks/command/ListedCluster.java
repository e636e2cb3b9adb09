package dev.atmos.aws.eks.command;

import dev.atmos.services.auth.IdentityStanding;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ExecEntry;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeContext.ServerEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in a listing.
 *
 * @param context the context that it is used by; null where no kubeconfig has one
 * @param current whether that is the current one
 * @param cluster its name; null where the entry doesn't tell
 * @param region its region; null where the entry doesn't tell
 * @param account its account; null where the entry doesn't tell
 * @param identity who it is used as; null for what the environment offers, and where another
 *     program gets the credentials
 * @param command the program that gets the credentials; null for none
 * @param standing whether that identity is signed in; null where another program gets them
 * @param file the kubeconfig; null where none has it
 */
record ListedCluster(
    @Nullable String context,
    boolean current,
    @Nullable String cluster,
    @Nullable String region,
    @Nullable String account,
    @Nullable String identity,
    @Nullable String command,
    @Nullable IdentityStanding standing,
    @Nullable String file) {

  /**
   * A context.
   *
   * @param identity see the record
   * @param standing see the record
   */
  static ListedCluster of(
      KubeContext context, @Nullable String identity, @Nullable IdentityStanding standing) {
    ClusterArn arn = context.arn();
    ExecEntry exec = context.exec();
    return new ListedCluster(
        context.name(),
        context.current(),
        arn == null ? clusterName(exec) : arn.cluster(),
        arn == null ? option(exec, "--region") : arn.region(),
        arn == null ? null : arn.account(),
        identity,
        exec == null ? null : exec.command(),
        standing,
        context.file().toString());
  }

  /** A cluster that AWS has, and no kubeconfig. */
  static ListedCluster ofAws(
      String cluster, String region, @Nullable String account, @Nullable String identity) {
    return new ListedCluster(null, false, cluster, region, account, identity, null, null, null);
  }

  /** Whether a context is one of an EKS cluster, whoever gets its credentials. */
  static boolean isOfEks(KubeContext context) {
    ServerEntry server = context.server();
    ExecEntry exec = context.exec();
    return context.arn() != null
        || (exec != null && exec.isToken())
        || (server != null && server.url() != null && isHostOfEks(server.url()));
  }

  private static boolean isHostOfEks(String url) {
    return url.contains(".eks.amazonaws.com") || url.contains(".eks.on.aws");
  }

  private static @Nullable String clusterName(@Nullable ExecEntry exec) {
    String name = option(exec, "--cluster-name");
    return name == null ? option(exec, "--cluster-id") : name;
  }

  private static @Nullable String option(@Nullable ExecEntry exec, String name) {
    return exec == null ? null : exec.option(name, name);
  }

  /** For programs. All keys are always there; times are in UTC. */
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Instant until = standing == null ? null : standing.until();
    tree.put("context", context);
    tree.put("current", current);
    tree.put("cluster", cluster);
    tree.put("region", region);
    tree.put("account", account);
    tree.put("identity", identity);
    tree.put("command", command);
    tree.put("state", standing == null ? null : standing.state());
    tree.put("until", until == null ? null : until.truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("kubeconfig", file);
    return tree;
  }
}
