package dev.atmos.kubeconfig.plan;

import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The changes so far, by file. */
final class PendingEdits {
  private final Map<KubeconfigDocument, List<EntryChange>> changes = new HashMap<>();

  void add(KubeconfigDocument file, Action action, Kind kind, String name, List<String> fields) {
    changes
        .computeIfAbsent(file, any -> new ArrayList<>())
        .add(new EntryChange(action, kind, name, fields));
  }

  List<EntryChange> of(KubeconfigDocument file) {
    return changes.getOrDefault(file, List.of());
  }
}
