package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several kubeconfigs as kubectl merges them: of equal names, the first file's counts. */
final class MergedView {
  private final List<KubeconfigDocument> files;
  private final KubeconfigDocument standard;

  /**
   * @param files in the order of precedence; at least one
   */
  MergedView(List<KubeconfigDocument> files) {
    this.files = files;
    this.standard =
        files.stream().filter(file -> !file.source().isNew()).findFirst().orElse(files.getLast());
  }

  /** The file that new entries go into: the first that exists, or the last if none does. */
  KubeconfigDocument standard() {
    return standard;
  }

  @Nullable Entry get(Kind kind, @Nullable String name) {
    for (KubeconfigDocument file : files) {
      Entry entry = file.entries(kind).get(name);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  List<Entry> all(Kind kind) {
    return files.stream()
        .flatMap(file -> file.entries(kind).values().stream())
        .filter(entry -> get(kind, entry.name) == entry)
        .toList();
  }

  List<Entry> contextsOfCluster(String cluster) {
    return all(Kind.CONTEXT).stream().filter(each -> cluster.equals(each.cluster())).toList();
  }

  List<Entry> contextsOfUser(String user) {
    return all(Kind.CONTEXT).stream().filter(each -> user.equals(each.user())).toList();
  }

  /** The current context: that of the first file that has one. */
  @Nullable String currentContext() {
    for (KubeconfigDocument file : files) {
      String current = file.currentContext();
      if (current != null) {
        return current;
      }
    }
    return null;
  }

  /** The ARN of a cluster entry, by its marker or else its name; null if neither tells. */
  @Nullable ClusterArn arnOf(String cluster) {
    Entry entry = get(Kind.CLUSTER, cluster);
    ManagedMarker marker = entry == null ? null : entry.marker();
    return marker == null ? ClusterArn.find(cluster).orElse(null) : marker.arn();
  }

  /** Whether the user hasn't given the context another cluster or user. */
  boolean isAsMade(Entry context, ManagedMarker marker) {
    String cluster = context.cluster();
    if (cluster == null || !marker.arn().equals(arnOf(cluster))) {
      return false;
    }
    Entry user = get(Kind.USER, context.user());
    return user == null || ExecArguments.isOf(user, marker.arn(), marker.identity());
  }
}
