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
import org.jspecify.annotations.Nullable;

/**
 * Adds a plugin's entry, or brings it up to date. Fields that the user has added stay, except
 * inside {@code exec}, which is the plugin's as a whole. The current context stays as it is.
 */
final class MergeEntry {
  private static final String EXEC = "exec";

  private final MergedView view;
  private final PendingEdits edits;
  private final EntryWriter writer;

  MergeEntry(MergedView view, PendingEdits edits) {
    this.view = view;
    this.edits = edits;
    this.writer = new EntryWriter(view, edits, UpdateMode.MERGE);
  }

  void merge(PluginEntry entry) throws BrokenFileException {
    String name = entry.name();
    Entry cluster = own(Kind.CLUSTER, name, view.cluster(name));
    Entry context = own(Kind.CONTEXT, name, view.context(name));
    Entry user = own(Kind.USER, name, view.user(name));
    write(Kind.CLUSTER, name, cluster, DesiredEntries.cluster(entry));
    write(Kind.CONTEXT, name, context, DesiredEntries.context(entry));
    if (user != null) {
      replaceExec(user, DesiredEntries.exec(entry.exec()));
    }
    write(Kind.USER, name, user, DesiredEntries.user(entry));
  }

  /** The existing entry, which has to be one that was added for a plugin. */
  private static @Nullable Entry own(Kind kind, String name, @Nullable Entry existing) {
    if (existing != null && !PluginMarker.isOf(name, existing.body())) {
      throw new AtmosException(
          ExitCode.FAILED,
          "the kubeconfig already has a "
              + KubeconfigDocument.bodyKey(kind)
              + " "
              + DisplayNames.quoted(name)
              + " that atmos has not added for a plugin; it is left as it is");
    }
    return existing;
  }

  private void write(Kind kind, String name, @Nullable Entry existing, YamlNode.Mapping desired)
      throws BrokenFileException {
    var _ = existing == null ? writer.add(kind, name, desired) : writer.update(existing, desired);
  }

  private void replaceExec(Entry user, YamlNode.Mapping exec) throws BrokenFileException {
    YamlNode.Mapping body = user.body();
    YamlNode.Pair pair = body == null ? null : body.pair(EXEC);
    if (body != null && pair != null && !exec.matches(pair.value())) {
      user.file().editor().replace(body, pair, exec);
      edits.add(user.file(), Action.CHANGE, Kind.USER, user.name, List.of(EXEC));
    }
  }
}
