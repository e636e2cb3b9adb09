package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.text.yaml.YamlScalars;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Removes EKS clusters: the entries that carry our marker and are still as we made them. */
final class RemoveClusters {
  private final MergedView view;
  private final List<KubeconfigDocument> files;
  private final PendingEdits edits;
  private final EntryWriter writer;
  private final Map<String, RemovedContext> removed = new LinkedHashMap<>();
  private final Map<KubeconfigDocument, OriginalHeader> headers = new HashMap<>();

  private record RemovedContext(Entry context, ManagedMarker marker) {}

  /**
   * What was current before removed contexts.
   *
   * @param context the name of a context, if one was current
   * @param gap how it stood in the file, if that differs from how we would write it
   * @param file that file
   */
  private record Before(@Nullable String context, @Nullable String gap, KubeconfigDocument file) {}

  RemoveClusters(MergedView view, List<KubeconfigDocument> files, PendingEdits edits) {
    this.view = view;
    this.files = files;
    this.edits = edits;
    this.writer = new EntryWriter(view, edits, UpdateMode.MERGE);
  }

  void remove(List<ClusterRemoval> removals) throws BrokenFileException {
    for (Entry context : view.contexts()) {
      ManagedMarker marker = ManagedMarker.read(context.body());
      if (marker != null && matches(removals, marker) && isAsMade(context, marker)) {
        removed.put(context.name, new RemovedContext(context, marker));
      }
    }
    for (RemovedContext each : removed.values()) {
      writer.remove(each.context());
      headers
          .computeIfAbsent(each.context().file(), file -> new OriginalHeader())
          .addMissing(each.marker().header());
    }
    for (RemovedContext each : removed.values()) {
      removeUser(each);
    }
    for (Entry cluster : view.clusters()) {
      ManagedMarker marker = ManagedMarker.read(cluster.body());
      if (marker != null
          && matchesCluster(removals, marker)
          && view.contextsOfCluster(cluster.name).isEmpty()) {
        writer.remove(cluster);
      }
    }
    if (!removed.isEmpty()) {
      restoreCurrentContexts();
      updateRecords();
    }
    for (KubeconfigDocument file : files) {
      restoreLists(file);
    }
  }

  private static boolean matches(List<ClusterRemoval> removals, ManagedMarker marker) {
    for (ClusterRemoval removal : removals) {
      if (removal.matches(marker.arn(), marker.identity())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesCluster(List<ClusterRemoval> removals, ManagedMarker marker) {
    for (ClusterRemoval removal : removals) {
      if (removal.matches(marker.arn(), removal.identity())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the user hasn't given the context another cluster or user. */
  private boolean isAsMade(Entry context, ManagedMarker marker) {
    String cluster = MergedView.clusterOf(context);
    if (cluster == null || !marker.arn().equals(view.arnOf(cluster))) {
      return false;
    }
    String name = MergedView.userOf(context);
    Entry user = name == null ? null : view.user(name);
    return user == null || isUserOf(marker, user);
  }

  private static boolean isUserOf(ManagedMarker marker, Entry user) {
    ExecArguments arguments = ExecArguments.read(user.body());
    return arguments != null && arguments.isOf(marker.arn(), marker.identity());
  }

  private void removeUser(RemovedContext each) throws BrokenFileException {
    String name = MergedView.userOf(each.context());
    Entry user = name == null ? null : view.user(name);
    if (user != null && view.contextsOfUser(user.name).isEmpty()) {
      writer.remove(user);
    }
  }

  private Before before(RemovedContext first) {
    RemovedContext at = first;
    for (int steps = 0; steps <= removed.size(); steps++) {
      String previous = at.marker().previous();
      RemovedContext further = previous == null ? null : removed.get(previous);
      if (further == null) {
        return new Before(
            previous,
            at.marker().header().get(KubeconfigDocument.CURRENT_CONTEXT),
            at.context().file());
      }
      at = further;
    }
    return new Before(null, null, first.context().file());
  }

  private void restoreCurrentContexts() throws BrokenFileException {
    for (KubeconfigDocument file : files) {
      String current = file.currentContext();
      RemovedContext context = current == null ? null : removed.get(current);
      if (current != null && context != null) {
        restoreCurrentContext(file, current, before(context));
      }
    }
  }

  private void restoreCurrentContext(KubeconfigDocument file, String current, Before before)
      throws BrokenFileException {
    String key = KubeconfigDocument.CURRENT_CONTEXT;
    String context = before.context();
    String gap = before.file() == file ? before.gap() : null;
    if (context != null && view.context(context) != null) {
      boolean known = OriginalHeader.ABSENT.equals(gap) || means(gap, context);
      file.restore(key, known ? gap : null, " " + YamlScalars.write(context));
      edits.add(file, Action.CHANGE, Kind.CURRENT_CONTEXT, context, List.of());
    } else {
      file.restore(key, context == null ? gap : null, " \"\"");
      edits.add(file, Action.REMOVE, Kind.CURRENT_CONTEXT, current, List.of());
    }
  }

  private static boolean means(@Nullable String gap, String context) {
    return gap != null
        && KubeconfigDocument.inlineValue(gap) instanceof YamlNode.Scalar scalar
        && scalar.value().equals(context);
  }

  /** Our remaining contexts that came after a removed one record what was before that. */
  private void updateRecords() throws BrokenFileException {
    for (Entry context : view.contexts()) {
      ManagedMarker marker = ManagedMarker.read(context.body());
      RemovedContext gone =
          marker == null || marker.previous() == null ? null : removed.get(marker.previous());
      if (marker == null || gone == null) {
        continue;
      }
      Before before = before(gone);
      OriginalHeader header =
          marker.header().withCurrentContext(before.file() == context.file() ? before.gap() : null);
      String previous = context.name.equals(before.context()) ? null : before.context();
      if (ManagedMarker.record(
          context.file().editor(), Objects.requireNonNull(context.body()), previous, header)) {
        edits.add(context.file(), Action.CHANGE, Kind.CONTEXT, context.name, List.of("extensions"));
      }
    }
  }

  private void restoreLists(KubeconfigDocument file) throws BrokenFileException {
    OriginalHeader header = headers.getOrDefault(file, new OriginalHeader());
    for (Kind kind : List.of(Kind.CLUSTER, Kind.CONTEXT, Kind.USER)) {
      if (file.isEmptied(kind)) {
        String key = KubeconfigDocument.listKey(kind);
        String gap = header.get(key);
        if (gap != null || !file.isFlow(kind)) {
          file.restore(key, gap, " []");
        }
      }
    }
    file.restoreHead(header);
  }
}
