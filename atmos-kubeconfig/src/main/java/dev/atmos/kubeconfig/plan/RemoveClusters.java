package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.text.yaml.YamlScalars;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removes EKS clusters: the entries that carry our marker and are still as we made them. */
final class RemoveClusters {
  private final MergedView view;
  private final List<KubeconfigDocument> files;
  private final Map<String, RemovedContext> removed = new LinkedHashMap<>();

  private record RemovedContext(Entry context, ManagedMarker marker) {}

  /**
   * What was current before removed contexts.
   *
   * @param context the name of a context, if one was current
   * @param gap how it stood in the file, if that differs from how we would write it
   * @param file that file
   */
  private record Before(@Nullable String context, @Nullable String gap, KubeconfigDocument file) {}

  RemoveClusters(MergedView view, List<KubeconfigDocument> files) {
    this.view = view;
    this.files = files;
  }

  /**
   * Removes clusters.
   *
   * @param contexts the names of further contexts of ours that are removed
   */
  void remove(List<ClusterRemoval> removals, List<String> contexts) throws BrokenFileException {
    Set<Entry> users = new LinkedHashSet<>();
    for (Entry context : view.all(Kind.CONTEXT)) {
      ManagedMarker marker = context.marker();
      if (marker != null
          && (contexts.contains(context.name)
              || removals.stream().anyMatch(each -> each.matches(marker.arn(), marker.identity())))
          && view.isAsMade(context, marker)) {
        removed.put(context.name, new RemovedContext(context, marker));
        Entry user = view.get(Kind.USER, context.user());
        if (user != null) {
          users.add(user);
        }
      }
    }
    for (Entry user : view.all(Kind.USER)) {
      // Another program may have taken over our context, and left the user.
      if (user.name.startsWith(EntryNames.PREFIX)
          && view.contextsOfUser(user.name).isEmpty()
          && removals.stream().anyMatch(each -> isOrphanOf(user, each))) {
        users.add(user);
      }
    }
    for (RemovedContext each : removed.values()) {
      KubeconfigDocument file = each.context().file();
      file.remove(each.context());
      file.header().addMissing(each.marker().header());
    }
    for (Entry user : users) {
      if (view.contextsOfUser(user.name).isEmpty()) {
        user.file().remove(user);
      }
    }
    for (Entry cluster : view.all(Kind.CLUSTER)) {
      ManagedMarker marker = cluster.marker();
      if (marker != null
          && (removed.values().stream().anyMatch(each -> each.marker().arn().equals(marker.arn()))
              || removals.stream().anyMatch(each -> each.matches(marker.arn(), each.identity())))
          && view.contextsOfCluster(cluster.name).isEmpty()) {
        cluster.file().remove(cluster);
      }
    }
    if (!removed.isEmpty()) {
      restoreCurrentContexts();
      updateRecords();
    }
    for (KubeconfigDocument file : files) {
      file.restoreLists();
    }
  }

  private static boolean isOrphanOf(Entry user, ClusterRemoval removal) {
    ExecArguments there = ExecArguments.of(user);
    return there != null
        && removal.cluster().equals(there.cluster())
        && removal.region().equals(there.region())
        && (removal.everyIdentity() || Objects.equals(removal.identity(), there.identity()));
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
    if (context != null && view.get(Kind.CONTEXT, context) != null) {
      boolean known = OriginalHeader.ABSENT.equals(gap) || means(gap, context);
      file.restore(key, known ? gap : null, " " + YamlScalars.write(context));
      file.note(Action.CHANGE, Kind.CURRENT_CONTEXT, context, List.of());
    } else {
      file.restore(key, context == null ? gap : null, " \"\"");
      file.note(Action.REMOVE, Kind.CURRENT_CONTEXT, current, List.of());
    }
  }

  private static boolean means(@Nullable String gap, String context) {
    return gap != null
        && KubeconfigDocument.inlineValue(gap) instanceof YamlNode.Scalar scalar
        && scalar.value().equals(context);
  }

  /** Our remaining contexts that came after a removed one record what was before that. */
  private void updateRecords() throws BrokenFileException {
    for (Entry context : view.all(Kind.CONTEXT)) {
      ManagedMarker marker = context.marker();
      RemovedContext gone = marker == null ? null : removed.get(marker.previous());
      if (marker != null && gone != null) {
        Before before = before(gone);
        marker.recordAgain(
            context,
            context.name.equals(before.context()) ? null : before.context(),
            before.file() == context.file() ? before.gap() : null);
      }
    }
  }
}
