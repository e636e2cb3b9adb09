package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.EnumMap;
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

  /** Adds an entry to the standard file. */
  Entry add(Kind kind, String name, YamlNode.Mapping item) throws BrokenFileException {
    Entry entry = standard.add(kind, name, item);
    entries(kind).put(name, entry);
    return entry;
  }

  /** Replaces the content of an entry. */
  void replace(Entry entry, YamlNode.Mapping item) throws BrokenFileException {
    entries(entry.kind).put(entry.name, entry.file().replace(entry, item));
  }

  /** Removes an entry. */
  void remove(Entry entry) throws BrokenFileException {
    entry.file().remove(entry);
    entries(entry.kind).remove(entry.name);
  }
}
