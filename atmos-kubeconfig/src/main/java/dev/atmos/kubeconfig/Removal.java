package dev.atmos.kubeconfig;

import dev.atmos.kubeconfig.KubeFile.Entry;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.text.yaml.YamlScalars;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes out what was added: what carries our marker, and is still what we have made. */
final class Removal {
  private final Model model;
  private final List<KubeFile> files;
  private final Changes changes;
  private final Map<String, Gone> gone = new LinkedHashMap<>();
  private final Map<KubeFile, Memory> memories = new HashMap<>();

  /** A context that is taken out. */
  private record Gone(Entry context, Marker marker) {}

  /**
   * What was current before contexts that are taken out.
   *
   * @param context its name, if one was
   * @param gap how that stood in the file, if that isn't what we would write
   * @param file the file in which it did
   */
  private record Before(@Nullable String context, @Nullable String gap, KubeFile file) {}

  Removal(Model model, List<KubeFile> files, Changes changes) {
    this.model = model;
    this.files = files;
    this.changes = changes;
  }

  void remove(List<ClusterRemoval> removals) throws BrokenFileException {
    for (Entry context : model.contexts()) {
      Marker marker = Marker.read(context.body());
      if (marker != null && matches(removals, marker) && isAsMade(context, marker)) {
        gone.put(context.name, new Gone(context, marker));
      }
    }
    for (Gone each : gone.values()) {
      take(each.context());
      memories
          .computeIfAbsent(each.context().file(), file -> new Memory())
          .learn(each.marker().memory());
    }
    for (Gone each : gone.values()) {
      removeUser(each);
    }
    for (Entry cluster : model.clusters()) {
      Marker marker = Marker.read(cluster.body());
      if (marker != null
          && matchesCluster(removals, marker)
          && model.contextsOfCluster(cluster.name).isEmpty()) {
        take(cluster);
      }
    }
    if (!gone.isEmpty()) {
      restoreCurrentContexts();
      handOver();
    }
    for (KubeFile file : files) {
      restoreLists(file);
    }
  }

  private static boolean matches(List<ClusterRemoval> removals, Marker marker) {
    for (ClusterRemoval removal : removals) {
      if (removal.matches(marker.arn(), marker.identity())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesCluster(List<ClusterRemoval> removals, Marker marker) {
    for (ClusterRemoval removal : removals) {
      if (removal.matches(marker.arn(), removal.identity())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the user hasn't made something else of it. */
  private boolean isAsMade(Entry context, Marker marker) {
    String cluster = Model.clusterOf(context);
    if (cluster == null || !marker.arn().equals(model.arnOf(cluster))) {
      return false;
    }
    String name = Model.userOf(context);
    Entry user = name == null ? null : model.user(name);
    return user == null || isServedBy(user, marker);
  }

  private static boolean isServedBy(Entry user, Marker marker) {
    TokenCommand command = TokenCommand.read(user.body());
    return command != null && command.isOf(marker.arn(), marker.identity());
  }

  private void removeUser(Gone each) throws BrokenFileException {
    String name = Model.userOf(each.context());
    Entry user = name == null ? null : model.user(name);
    if (user != null && model.contextsOfUser(user.name).isEmpty()) {
      take(user);
    }
  }

  private void take(Entry entry) throws BrokenFileException {
    entry.file().remove(entry);
    model.removed(entry);
    changes.note(entry.file(), Action.REMOVE, entry.kind, entry.name, List.of());
  }

  /** What was current before a context that is taken out. */
  private Before before(Gone first) {
    Gone at = first;
    for (int steps = 0; steps <= gone.size(); steps++) {
      String previous = at.marker().previous();
      Gone further = previous == null ? null : gone.get(previous);
      if (further == null) {
        return new Before(
            previous, at.marker().memory().get(KubeFile.CURRENT_CONTEXT), at.context().file());
      }
      at = further;
    }
    return new Before(null, null, first.context().file());
  }

  private void restoreCurrentContexts() throws BrokenFileException {
    for (KubeFile file : files) {
      String current = file.currentContext();
      Gone removed = current == null ? null : gone.get(current);
      if (removed != null) {
        Before before = before(removed);
        String gap = before.file() == file ? before.gap() : null;
        boolean there = before.context() != null && model.context(before.context()) != null;
        if (there) {
          String context = Objects.requireNonNull(before.context());
          file.restore(
              KubeFile.CURRENT_CONTEXT,
              Memory.ABSENT.equals(gap) || stands(gap, context) ? gap : null,
              " " + YamlScalars.write(context));
          changes.note(file, Action.CHANGE, Kind.CURRENT_CONTEXT, context, List.of());
        } else {
          file.restore(KubeFile.CURRENT_CONTEXT, before.context() == null ? gap : null, " \"\"");
          changes.note(
              file,
              Action.REMOVE,
              Kind.CURRENT_CONTEXT,
              Objects.requireNonNull(current),
              List.of());
        }
      }
    }
  }

  private static boolean stands(@Nullable String gap, String context) {
    return gap != null
        && KubeFile.inline(gap) instanceof Node.Scalar scalar
        && scalar.value.equals(context);
  }

  /** Contexts of ours that came after one that is taken out remember what was before that. */
  private void handOver() throws BrokenFileException {
    for (Entry context : model.contexts()) {
      Marker marker = Marker.read(context.body());
      Gone removed =
          marker == null || marker.previous() == null ? null : gone.get(marker.previous());
      if (marker == null || removed == null) {
        continue;
      }
      Before before = before(removed);
      Memory memory = new Memory();
      String gap = before.file() == context.file() ? before.gap() : null;
      if (gap != null) {
        memory.was(KubeFile.CURRENT_CONTEXT, gap);
      }
      Memory kept = new Memory();
      kept.learn(marker.memory());
      kept.forget(KubeFile.CURRENT_CONTEXT);
      memory.learn(kept);
      String previous = context.name.equals(before.context()) ? null : before.context();
      if (Marker.remember(
          context.file().edit(), Objects.requireNonNull(context.body()), previous, memory)) {
        changes.note(
            context.file(), Action.CHANGE, Kind.CONTEXT, context.name, List.of("extensions"));
      }
    }
  }

  private void restoreLists(KubeFile file) throws BrokenFileException {
    Memory memory = memories.getOrDefault(file, new Memory());
    for (Kind kind : List.of(Kind.CLUSTER, Kind.CONTEXT, Kind.USER)) {
      if (file.isEmptied(kind)) {
        String key = KubeFile.listKey(kind);
        String gap = memory.get(key);
        if (gap != null || !file.isFlow(kind)) {
          file.restore(key, gap, " []");
        }
      }
    }
    file.restoreHead(memory);
  }
}
