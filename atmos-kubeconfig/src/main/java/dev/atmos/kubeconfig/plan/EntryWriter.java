package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import java.util.List;

/** Adds entries, and brings entries of ours up to date. */
final class EntryWriter {
  private final MergedView view;
  private final UpdateMode update;

  EntryWriter(MergedView view, UpdateMode update) {
    this.view = view;
    this.update = update;
  }

  void write(Kind kind, String name, YamlNode.Mapping wanted) throws BrokenFileException {
    Entry entry = view.get(kind, name);
    if (entry == null) {
      var _ = view.standard().add(kind, name, wanted);
    } else if (update != UpdateMode.REPLACE) {
      merge(entry, wanted);
    } else if (!wanted.matches(entry.item)) {
      entry.file().replace(entry, wanted);
    }
  }

  private void merge(Entry entry, YamlNode.Mapping wanted) throws BrokenFileException {
    List<String> fields = EntryMerger.into(entry.file().editor(), entry.item, wanted);
    if (fields.isEmpty()) {
      return;
    }
    List<String> others = fields.stream().filter(each -> !each.startsWith("extensions.")).toList();
    List<String> named = others.isEmpty() ? fields : others;
    if (update == UpdateMode.ERROR) {
      throw new AtmosException(
          ExitCode.FAILED,
          "the "
              + KubeconfigDocument.bodyKey(entry.kind)
              + " \""
              + entry.name
              + "\" exists already and differs in "
              + String.join(", ", named),
          "update: merge brings it up to date");
    }
    entry.file().note(Action.CHANGE, entry.kind, entry.name, named);
  }
}
