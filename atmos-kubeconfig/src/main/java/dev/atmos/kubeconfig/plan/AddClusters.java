package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds EKS clusters, or brings them up to date if they are there. */
final class AddClusters {
  private final MergedView view;
  private final PendingEdits edits;
  private final UpdateMode update;
  private final List<String> warnings;
  private final EntryWriter writer;
  private final NameChooser chooser;
  private final List<Entry> newContexts = new ArrayList<>();
  private final Map<String, ClusterAccess> leftovers = new LinkedHashMap<>();

  /** The names of the entries of a cluster. */
  record Names(ClusterAccess access, String cluster, String context, String user) {}

  AddClusters(MergedView view, PendingEdits edits, UpdateMode update, List<String> warnings) {
    this.view = view;
    this.edits = edits;
    this.update = update;
    this.warnings = warnings;
    this.writer = new EntryWriter(view, edits, update);
    this.chooser = new NameChooser(view, warnings);
  }

  List<Names> add(List<ClusterAccess> accesses, CurrentContext mode) throws BrokenFileException {
    List<Names> names = new ArrayList<>();
    for (ClusterAccess access : accesses) {
      String cluster = writeCluster(access);
      // The context is chosen before the user is written: it tells which user it had so far.
      String user = chooser.user(access);
      String context = chooser.context(access, cluster, user);
      writeContext(access, context, cluster, user);
      writeUser(access, user);
      names.add(new Names(access, cluster, context, user));
    }
    for (Map.Entry<String, ClusterAccess> leftover : leftovers.entrySet()) {
      removeLeftover(leftover.getKey(), leftover.getValue());
    }
    new CurrentContextUpdate(view, edits, update, writer).apply(mode, names, newContexts);
    return names;
  }

  private String writeCluster(ClusterAccess access) throws BrokenFileException {
    for (String name : EntryNames.ofCluster(access.arn())) {
      Entry entry = view.cluster(name);
      YamlNode.Mapping wanted = DesiredEntries.cluster(name, access);
      if (entry == null) {
        var _ = writer.add(Kind.CLUSTER, name, wanted);
        return name;
      }
      ManagedMarker marker = ManagedMarker.read(entry.body());
      if (marker != null && marker.arn().equals(access.arn())) {
        var _ = writer.update(entry, wanted);
        return name;
      }
      if (NameChooser.isSameCluster(entry, access)) {
        return name;
      }
      warnings.add(
          "the cluster \""
              + name
              + "\" was made by another program and has another server; it is left as it is");
    }
    throw NameChooser.allTaken("cluster", access);
  }

  private void writeUser(ClusterAccess access, String name) throws BrokenFileException {
    Entry entry = view.user(name);
    YamlNode.Mapping wanted = DesiredEntries.user(name, access.exec());
    var _ = entry == null ? writer.add(Kind.USER, name, wanted) : writer.update(entry, wanted);
  }

  private void writeContext(ClusterAccess access, String name, String cluster, String user)
      throws BrokenFileException {
    Entry entry = view.context(name);
    if (entry == null) {
      ManagedMarker made =
          new ManagedMarker(access.arn(), access.identity(), null, new OriginalHeader());
      newContexts.add(
          writer.add(Kind.CONTEXT, name, DesiredEntries.context(name, cluster, user, made)));
      return;
    }
    ManagedMarker marker = ManagedMarker.read(entry.body());
    if (marker == null) {
      return;
    }
    String served = MergedView.userOf(entry);
    // Merging keeps what the marker in the file has recorded; replacing has to repeat it.
    ManagedMarker kept =
        update == UpdateMode.REPLACE
            ? marker
            : new ManagedMarker(marker.arn(), marker.identity(), null, new OriginalHeader());
    var _ = writer.update(entry, DesiredEntries.context(name, cluster, user, kept));
    if (served != null && !served.equals(user)) {
      leftovers.put(served, access);
    }
  }

  /** Removes the user that our context had before it got another one. */
  private void removeLeftover(String name, ClusterAccess access) throws BrokenFileException {
    Entry user = view.user(name);
    ExecArguments arguments = user == null ? null : ExecArguments.read(user.body());
    if (user != null
        && arguments != null
        && arguments.isOf(access.arn(), access.identity())
        && view.contextsOfUser(name).isEmpty()) {
      writer.remove(user);
    }
  }
}
