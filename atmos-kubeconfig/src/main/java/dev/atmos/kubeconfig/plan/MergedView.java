package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several kubeconfigs as kubectl merges them: of equal names, the first file's counts. */
final class MergedView {
  private final List<KubeconfigDocument> files;
  private final KubeconfigDocument standard;
  private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);
  private final Map<@Nullable String, List<Entry>> contextsByCluster = new HashMap<>();
  private final Map<@Nullable String, List<Entry>> contextsByUser = new HashMap<>();

  /**
   * @param files in the order of precedence
   * @param standard the file that new entries go into
   */
  MergedView(List<KubeconfigDocument> files, KubeconfigDocument standard) {
    this.files = files;
    this.standard = standard;
    for (Kind kind : List.of(Kind.CLUSTER, Kind.CONTEXT, Kind.USER)) {
      Map<String, Entry> all = new LinkedHashMap<>();
      for (KubeconfigDocument file : files) {
        file.entries(kind).forEach(all::putIfAbsent);
      }
      entries.put(kind, all);
    }
    for (Entry context : entries(Kind.CONTEXT).values()) {
      index(context);
    }
  }

  KubeconfigDocument standard() {
    return standard;
  }

  private Map<String, Entry> entries(Kind kind) {
    return Objects.requireNonNull(entries.get(kind));
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

  static @Nullable String clusterOf(Entry context) {
    YamlNode.Mapping body = context.body();
    return body == null ? null : body.text("cluster");
  }

  static @Nullable String userOf(Entry context) {
    YamlNode.Mapping body = context.body();
    return body == null ? null : body.text("user");
  }

  /** The ARN of a cluster entry, by its marker or else its name; null if neither tells. */
  @Nullable ClusterArn arnOf(String cluster) {
    Entry entry = cluster(cluster);
    ManagedMarker marker = entry == null ? null : ManagedMarker.read(entry.body());
    return marker == null ? ClusterArn.find(cluster).orElse(null) : marker.arn();
  }

  /** Adds a new entry. */
  void added(Entry entry) {
    entries(entry.kind).put(entry.name, entry);
    index(entry);
  }

  /** Puts an entry in the place of another of the same name. */
  void replaced(Entry entry, Entry replacement) {
    unindex(entry);
    added(replacement);
  }

  /** Drops an entry that was removed. */
  void removed(Entry entry) {
    entries(entry.kind).remove(entry.name);
    unindex(entry);
  }

  /** Drops a context from the indexes, before its references change. */
  void unindex(Entry entry) {
    if (entry.kind == Kind.CONTEXT) {
      contextsByCluster.getOrDefault(clusterOf(entry), new ArrayList<>()).remove(entry);
      contextsByUser.getOrDefault(userOf(entry), new ArrayList<>()).remove(entry);
    }
  }

  /** Adds a context to the indexes, after its references have changed. */
  void index(Entry entry) {
    if (entry.kind == Kind.CONTEXT) {
      contextsByCluster.computeIfAbsent(clusterOf(entry), name -> new ArrayList<>()).add(entry);
      contextsByUser.computeIfAbsent(userOf(entry), name -> new ArrayList<>()).add(entry);
    }
  }
}
