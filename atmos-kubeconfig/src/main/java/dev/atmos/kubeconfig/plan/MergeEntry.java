package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.text.DisplayNames;
import java.util.List;

/**
 * Adds a plugin's entry, or brings it up to date. Fields that the user has added stay, except
 * inside {@code exec}, which is the plugin's as a whole. The current context stays as it is.
 */
final class MergeEntry {
  private static final String EXEC = "exec";

  private final MergedView view;
  private final EntryWriter writer;

  MergeEntry(MergedView view) {
    this.view = view;
    this.writer = new EntryWriter(view, UpdateMode.MERGE);
  }

  void merge(PluginEntry entry) throws BrokenFileException {
    String name = entry.name();
    for (Kind kind : KubeconfigDocument.LISTS) {
      checkOwn(kind, name);
    }
    writer.write(Kind.CLUSTER, name, DesiredEntries.cluster(entry));
    writer.write(Kind.CONTEXT, name, DesiredEntries.context(entry));
    Entry user = view.get(Kind.USER, name);
    if (user != null) {
      replaceExec(user, DesiredEntries.exec(entry.exec()));
    }
    writer.write(Kind.USER, name, DesiredEntries.user(entry));
  }

  /** An existing entry has to be one that was added for a plugin. */
  private void checkOwn(Kind kind, String name) {
    Entry existing = view.get(kind, name);
    if (existing != null && !ManagedMarker.isOfPlugin(existing)) {
      throw new AtmosException(
          ExitCode.FAILED,
          "the kubeconfig already has a "
              + KubeconfigDocument.bodyKey(kind)
              + " "
              + DisplayNames.quoted(name)
              + " that atmos has not added for a plugin; it is left as it is");
    }
  }

  private void replaceExec(Entry user, YamlNode.Mapping exec) throws BrokenFileException {
    YamlNode.Mapping body = user.body();
    YamlNode.Pair pair = body.pair(EXEC);
    if (pair != null && !exec.matches(pair.value())) {
      user.file().editor().replace(body, pair, exec);
      user.file().note(Action.CHANGE, Kind.USER, user.name, List.of(EXEC));
    }
  }
}
