package dev.atmos.kubeconfig.plan;

import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import java.util.List;

/** The names that entries may have, the preferred one first. */
final class EntryNames {
  /** How the names begin that we give to users. */
  static final String PREFIX = "atmos-eks-";

  private EntryNames() {}

  static List<String> ofCluster(ClusterArn arn) {
    return List.of(arn.toString(), local(PREFIX, arn), global(PREFIX, arn));
  }

  static List<String> ofUser(ClusterAccess access) {
    String identity = access.identity();
    ClusterArn arn = access.arn();
    if (identity == null) {
      return List.of(local(PREFIX, arn), global(PREFIX, arn));
    }
    String name = PREFIX + identity;
    return List.of(name, local(name + "-", arn), global(name + "-", arn));
  }

  /** The names of a context if another entry has its preferred name. */
  static List<String> ofContext(String user, ClusterArn arn) {
    return List.of(user, local(user + "-", arn), global(user + "-", arn));
  }

  private static String local(String prefix, ClusterArn arn) {
    return prefix + arn.cluster() + "-" + arn.region();
  }

  private static String global(String prefix, ClusterArn arn) {
    return local(prefix, arn) + "-" + arn.account();
  }
}
