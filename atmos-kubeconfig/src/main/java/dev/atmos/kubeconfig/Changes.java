package dev.atmos.kubeconfig;

import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has been changed so far, by file. */
final class Changes {
  private final Map<KubeFile, List<EntryChange>> changes = new HashMap<>();

  void note(KubeFile file, Action action, Kind kind, String name, List<String> fields) {
    changes
        .computeIfAbsent(file, any -> new ArrayList<>())
        .add(new EntryChange(action, kind, name, fields));
  }

  List<EntryChange> of(KubeFile file) {
    return changes.getOrDefault(file, List.of());
  }
}
