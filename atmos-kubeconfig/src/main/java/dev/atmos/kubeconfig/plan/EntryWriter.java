package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds, updates and removes entries: in their file, in the merged view and in the plan. */
final class EntryWriter {
  private final MergedView view;
  private final PendingEdits edits;
  private final UpdateMode update;
  private final Map<KubeconfigDocument, OriginalHeader> headers = new HashMap<>();

  EntryWriter(MergedView view, PendingEdits edits, UpdateMode update) {
    this.view = view;
    this.edits = edits;
    this.update = update;
  }

  /** What the additions so far have replaced at the top of a file. */
  OriginalHeader header(KubeconfigDocument file) {
    return headers.computeIfAbsent(file, any -> new OriginalHeader());
  }

  Entry add(Kind kind, String name, YamlNode.Mapping item) throws BrokenFileException {
    KubeconfigDocument file = view.standard();
    Entry entry = file.add(kind, name, item, header(file));
    view.added(entry);
    edits.add(file, Action.ADD, kind, name, List.of());
    return entry;
  }

  /** Brings an entry of ours up to date; returns the entry that is now in the file. */
  Entry update(Entry entry, YamlNode.Mapping wanted) throws BrokenFileException {
    if (update != UpdateMode.REPLACE) {
      view.unindex(entry);
      merge(entry, wanted);
      view.index(entry);
      return entry;
    }
    if (wanted.matches(entry.item)) {
      return entry;
    }
    Entry replaced = entry.file().replace(entry, wanted);
    view.replaced(entry, replaced);
    edits.add(
        entry.file(),
        Action.CHANGE,
        entry.kind,
        entry.name,
        List.of(KubeconfigDocument.bodyKey(entry.kind)));
    return replaced;
  }

  private void merge(Entry entry, YamlNode.Mapping wanted) throws BrokenFileException {
    List<String> fields = EntryMerger.into(entry.file().editor(), entry.item, wanted);
    if (fields.isEmpty()) {
      return;
    }
    if (update == UpdateMode.ERROR) {
      throw new AtmosException(
          ExitCode.FAILED,
          "the "
              + KubeconfigDocument.bodyKey(entry.kind)
              + " \""
              + entry.name
              + "\" is there already, and differs in "
              + String.join(", ", fields),
          "update: merge brings it up to date");
    }
    edits.add(entry.file(), Action.CHANGE, entry.kind, entry.name, fields);
  }

  void remove(Entry entry) throws BrokenFileException {
    entry.file().remove(entry);
    view.removed(entry);
    edits.add(entry.file(), Action.REMOVE, entry.kind, entry.name, List.of());
  }
}
