package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
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
   * @param files in the order of precedence; at least one
   */
  MergedView(List<KubeconfigDocument> files) {
    this.files = files;
    this.standard =
        files.stream().filter(file -> !file.source().isNew()).findFirst().orElse(files.getLast());
    for (Kind kind : KubeconfigDocument.LISTS) {
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

  /** The file that new entries go into: the first that exists, or the last if none does. */
  KubeconfigDocument standard() {
    return standard;
  }

  private Map<String, Entry> entries(Kind kind) {
    return Objects.requireNonNull(entries.get(kind));
  }

  @Nullable Entry get(Kind kind, @Nullable String name) {
    return entries(kind).get(name);
  }

  /** The entries of a kind; a copy. */
  List<Entry> all(Kind kind) {
    return List.copyOf(entries(kind).values());
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

  /** The ARN of a cluster entry, by its marker or else its name; null if neither tells. */
  @Nullable ClusterArn arnOf(String cluster) {
    Entry entry = get(Kind.CLUSTER, cluster);
    ManagedMarker marker = entry == null ? null : entry.marker();
    return marker == null ? ClusterArn.find(cluster).orElse(null) : marker.arn();
  }

  /** Adds an entry to the standard file. */
  Entry add(Kind kind, String name, YamlNode.Mapping item) throws BrokenFileException {
    Entry entry = standard.add(kind, name, item);
    put(entry);
    return entry;
  }

  /** Replaces the content of an entry. */
  void replace(Entry entry, YamlNode.Mapping item) throws BrokenFileException {
    unindex(entry);
    put(entry.file().replace(entry, item));
  }

  private void put(Entry entry) {
    entries(entry.kind).put(entry.name, entry);
    index(entry);
  }

  /** Removes an entry. */
  void remove(Entry entry) throws BrokenFileException {
    entry.file().remove(entry);
    entries(entry.kind).remove(entry.name);
    unindex(entry);
  }

  /** Drops a context from the indexes, before its references change. */
  void unindex(Entry entry) {
    if (entry.kind == Kind.CONTEXT) {
      contextsByCluster.getOrDefault(entry.cluster(), new ArrayList<>()).remove(entry);
      contextsByUser.getOrDefault(entry.user(), new ArrayList<>()).remove(entry);
    }
  }

  /** Adds a context to the indexes, after its references have changed. */
  void index(Entry entry) {
    if (entry.kind == Kind.CONTEXT) {
      contextsByCluster.computeIfAbsent(entry.cluster(), name -> new ArrayList<>()).add(entry);
      contextsByUser.computeIfAbsent(entry.user(), name -> new ArrayList<>()).add(entry);
    }
  }
}
