package dev.atmos.kubeconfig;

import dev.atmos.kubeconfig.KubeFile.Entry;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several kubeconfigs as kubectl sees them: of equal names, the one in the first file counts. */
final class Model {
  private final List<KubeFile> files;
  private final KubeFile standard;
  private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);
  private final Map<String, List<Entry>> contextsByCluster = new HashMap<>();
  private final Map<String, List<Entry>> contextsByUser = new HashMap<>();

  /**
   * @param files in the order of precedence
   * @param standard the one of them that new entries go into
   */
  Model(List<KubeFile> files, KubeFile standard) {
    this.files = files;
    this.standard = standard;
    for (Kind kind : List.of(Kind.CLUSTER, Kind.CONTEXT, Kind.USER)) {
      Map<String, Entry> all = new LinkedHashMap<>();
      for (KubeFile file : files) {
        file.entries(kind).forEach(all::putIfAbsent);
      }
      entries.put(kind, all);
    }
    for (Entry context : entries(Kind.CONTEXT).values()) {
      index(context);
    }
  }

  KubeFile standard() {
    return standard;
  }

  private Map<String, Entry> entries(Kind kind) {
    return java.util.Objects.requireNonNull(entries.get(kind));
  }

  @Nullable Entry cluster(String name) {
    return entries(Kind.CLUSTER).get(name);
  }

  @Nullable Entry context(String name) {
    return entries(Kind.CONTEXT).get(name);
  }

  @Nullable Entry user(String name) {
    return entries(Kind.USER).get(name);
  }

  Iterable<Entry> clusters() {
    return new ArrayList<>(entries(Kind.CLUSTER).values());
  }

  Iterable<Entry> contexts() {
    return new ArrayList<>(entries(Kind.CONTEXT).values());
  }

  List<Entry> contextsOfCluster(String cluster) {
    return contextsByCluster.getOrDefault(cluster, List.of());
  }

  List<Entry> contextsOfUser(String user) {
    return contextsByUser.getOrDefault(user, List.of());
  }

  /** The context that is current: that of the first file that has one. */
  @Nullable String currentContext() {
    for (KubeFile file : files) {
      String current = file.currentContext();
      if (current != null) {
        return current;
      }
    }
    return null;
  }

  static @Nullable String clusterOf(Entry context) {
    Node.Mapping body = context.body();
    return body == null ? null : body.text("cluster");
  }

  static @Nullable String userOf(Entry context) {
    Node.Mapping body = context.body();
    return body == null ? null : body.text("user");
  }

  /** Which cluster an entry of that name is; null where it doesn't say so. */
  @Nullable ClusterArn arnOf(String cluster) {
    Entry entry = cluster(cluster);
    Marker marker = entry == null ? null : Marker.read(entry.body());
    return marker == null ? ClusterArn.find(cluster).orElse(null) : marker.arn();
  }

  /** Takes a new entry in. */
  void added(Entry entry) {
    entries(entry.kind).put(entry.name, entry);
    if (entry.kind == Kind.CONTEXT) {
      index(entry);
    }
  }

  /** Takes an entry in that was written anew. */
  void replaced(Entry entry) {
    entries(entry.kind).put(entry.name, entry);
  }

  /** Forgets an entry that was taken out, and what a context refers to. */
  void removed(Entry entry) {
    entries(entry.kind).remove(entry.name);
    if (entry.kind == Kind.CONTEXT) {
      unindex(entry);
    }
  }

  /** Forgets what a context refers to, before that changes. */
  void unindex(Entry context) {
    String cluster = clusterOf(context);
    if (cluster != null) {
      contextsByCluster.getOrDefault(cluster, new ArrayList<>()).remove(context);
    }
    String user = userOf(context);
    if (user != null) {
      contextsByUser.getOrDefault(user, new ArrayList<>()).remove(context);
    }
  }

  /** Notes what a context refers to. */
  void index(Entry context) {
    String cluster = clusterOf(context);
    if (cluster != null) {
      contextsByCluster.computeIfAbsent(cluster, name -> new ArrayList<>()).add(context);
    }
    String user = userOf(context);
    if (user != null) {
      contextsByUser.computeIfAbsent(user, name -> new ArrayList<>()).add(context);
    }
  }
}
