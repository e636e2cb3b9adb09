package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.text.DisplayNames;
import org.jspecify.annotations.Nullable;

/** Adds a plugin's entry, or brings it up to date. The current context stays as it is. */
final class MergeEntry {
  private final MergedView view;
  private final EntryWriter writer;

  MergeEntry(MergedView view, PendingEdits edits) {
    this.view = view;
    this.writer = new EntryWriter(view, edits, UpdateMode.MERGE);
  }

  void merge(PluginEntry entry) throws BrokenFileException {
    String name = entry.name();
    write(Kind.CLUSTER, view.cluster(name), entry, DesiredEntries.cluster(entry));
    write(Kind.CONTEXT, view.context(name), entry, DesiredEntries.context(entry));
    write(Kind.USER, view.user(name), entry, DesiredEntries.user(entry));
  }

  private void write(
      Kind kind, @Nullable Entry existing, PluginEntry entry, YamlNode.Mapping desired)
      throws BrokenFileException {
    if (existing == null) {
      var _ = writer.add(kind, entry.name(), desired);
    } else if (PluginMarker.isOf(entry.name(), existing.body())) {
      var _ = writer.update(existing, desired);
    } else {
      throw new AtmosException(
          ExitCode.FAILED,
          "the kubeconfig already has a "
              + KubeconfigDocument.bodyKey(kind)
              + " "
              + DisplayNames.quoted(entry.name())
              + " that atmos has not added for a plugin; it is left as it is");
    }
  }
}
