package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds EKS clusters, or brings them up to date if they are there. */
final class AddClusters {
  private final MergedView view;
  private final UpdateMode update;
  private final List<String> warnings;
  private final EntryWriter writer;
  private final OutdatedContexts outdated;
  private final NameChooser chooser;
  private final Predicate<String> isLauncher;
  private final List<Entry> newContexts = new ArrayList<>();
  private final Map<String, ManagedMarker> leftovers = new LinkedHashMap<>();

  /** The names of the entries of a cluster. */
  record Names(ClusterAccess access, String cluster, String context, String user) {}

  AddClusters(
      MergedView view,
      UpdateMode update,
      OutdatedContexts outdated,
      List<String> warnings,
      Predicate<String> isLauncher) {
    this.view = view;
    this.isLauncher = isLauncher;
    this.update = update;
    this.warnings = warnings;
    this.writer = new EntryWriter(view, update);
    this.outdated = outdated;
    this.chooser = new NameChooser(view, outdated, warnings);
  }

  List<Names> add(List<ClusterAccess> accesses, CurrentContext mode) throws BrokenFileException {
    List<Names> names = new ArrayList<>();
    for (ClusterAccess access : accesses) {
      String cluster = writeCluster(access);
      // The context is chosen before the user is written: it tells which user it had so far.
      String user = chooser.user(access);
      String context = chooser.context(access, cluster, user);
      writeContext(access, context, cluster, user);
      userWriter(access).write(Kind.USER, user, DesiredEntries.user(user, exec(access, user)));
      names.add(new Names(access, cluster, context, user));
    }
    for (Map.Entry<String, ManagedMarker> leftover : leftovers.entrySet()) {
      removeLeftover(leftover.getKey(), leftover.getValue());
    }
    new CurrentContextUpdate(view, update).apply(mode, names, newContexts);
    return names;
  }

  /** A command without variables means just that: those that the user had so far go. */
  private EntryWriter userWriter(ClusterAccess access) {
    boolean bare = access.exec().env().isEmpty() && update == UpdateMode.MERGE;
    return bare ? new EntryWriter(view, UpdateMode.REPLACE) : writer;
  }

  private String writeCluster(ClusterAccess access) throws BrokenFileException {
    for (String name : EntryNames.ofCluster(access.arn())) {
      Entry entry = view.get(Kind.CLUSTER, name);
      ManagedMarker marker = entry == null ? null : entry.marker();
      if (entry == null || (marker != null && marker.arn().equals(access.arn()))) {
        writer.write(Kind.CLUSTER, name, cluster(name, access, entry, marker));
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

  /** The cluster as it should be; a server that the user has put in the place of ours stays. */
  private YamlNode.Mapping cluster(
      String name, ClusterAccess access, @Nullable Entry entry, @Nullable ManagedMarker marker) {
    String server = access.server();
    String there = entry == null ? null : entry.body().text("server");
    String recorded = marker == null ? null : marker.server();
    if (there == null) {
      return DesiredEntries.cluster(name, access, server, server);
    }
    boolean ours = recorded == null ? EksServer.isOne(there) : there.equals(recorded);
    boolean said = access.overrides().endpoint() != null;
    if (update != UpdateMode.MERGE || ours || said || there.equals(server)) {
      boolean unknown = recorded == null && there.equals(server);
      return DesiredEntries.cluster(name, access, server, unknown ? null : server);
    }
    warnings.add(
        "the server of cluster \""
            + name
            + "\" is "
            + there
            + ", which somebody has changed, and not "
            + server
            + "; it is left as it is");
    return DesiredEntries.cluster(name, access, there, null);
  }

  /** The command as it should be; a path by which the user names this program stays. */
  private ExecPlugin exec(ClusterAccess access, String user) {
    Entry entry = view.get(Kind.USER, user);
    YamlNode.Mapping exec = entry == null ? null : entry.body().mapping("exec");
    String command = exec == null ? null : exec.text("command");
    boolean kept = update == UpdateMode.MERGE && !access.overrides().setsCommand();
    return command != null && kept && isLauncher.test(command)
        ? access.exec().withCommand(command)
        : access.exec();
  }

  private void writeContext(ClusterAccess access, String name, String cluster, String user)
      throws BrokenFileException {
    ManagedMarker made = ManagedMarker.of(access);
    Entry replaced = outdated.replacedBy(access);
    if (view.get(Kind.CONTEXT, name) == null && replaced != null) {
      rename(replaced, name);
      outdated.taken(replaced.name);
    }
    outdated.taken(name);
    Entry entry = view.get(Kind.CONTEXT, name);
    if (entry == null) {
      newContexts.add(
          view.standard()
              .add(
                  Kind.CONTEXT,
                  name,
                  DesiredEntries.context(
                      name, cluster, user, access.overrides().namespace(), made)));
      return;
    }
    ManagedMarker marker = entry.marker();
    if (marker == null) {
      return;
    }
    String served = entry.user();
    // Merging keeps what the marker in the file has recorded; replacing has to repeat it.
    ManagedMarker kept = update == UpdateMode.REPLACE ? marker.as(access) : made;
    String namespace = access.overrides().movesContexts() ? access.overrides().namespace() : null;
    writer.write(Kind.CONTEXT, name, DesiredEntries.context(name, cluster, user, namespace, kept));
    if (served != null && !served.equals(user)) {
      leftovers.put(served, marker);
    }
  }

  /** Gives a context another name, also where it is the current one or was before another one. */
  private void rename(Entry context, String name) throws BrokenFileException {
    context.file().rename(context, name);
    if (context.name.equals(view.currentContext())) {
      var _ = view.standard().setCurrentContext(name);
    }
    for (Entry each : view.all(Kind.CONTEXT)) {
      ManagedMarker marker = each.marker();
      if (marker != null && context.name.equals(marker.previous())) {
        marker.recordAgain(each, name, null);
      }
    }
  }

  /** Removes the user that our context had before it got another one. */
  private void removeLeftover(String name, ManagedMarker marker) throws BrokenFileException {
    Entry user = view.get(Kind.USER, name);
    if (user != null
        && ExecArguments.isOf(user, marker.arn(), marker.identity())
        && view.contextsOfUser(name).isEmpty()) {
      user.file().remove(user);
    }
  }
}
