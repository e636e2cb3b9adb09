package dev.atmos.kubeconfig;

import dev.atmos.kubeconfig.file.KubeconfigFiles;
import dev.atmos.kubeconfig.file.KubeconfigPaths;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.plan.PluginEntry;
import dev.atmos.plugin.kube.KubeconfigEntry;
import dev.atmos.plugin.kube.Kubeconfigs;
import dev.atmos.services.Services;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigReader;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.nio.file.Path;
import java.util.List;

/** Edits kubeconfig files, for EKS and for plugins. */
final class FileKubeconfigEditor implements KubeconfigEditor, KubeconfigReader, Kubeconfigs {
  private final KubeconfigPaths paths;
  private final KubeconfigFiles files;

  FileKubeconfigEditor(Services services) {
    this.paths = new KubeconfigPaths(services.environment(), services.directories());
    this.files = new KubeconfigFiles(services);
  }

  @Override
  public List<Path> files(KubeconfigTarget target) {
    return paths.files(target);
  }

  @Override
  public void requireWritable(KubeconfigTarget target) {
    var _ =
        plan(KubeconfigChange.adding(target, List.of(), UpdateMode.MERGE, CurrentContext.NEVER));
    files.requireWritable(files(target));
  }

  @Override
  public KubeconfigPlan plan(KubeconfigChange change) {
    return files.plan(Planner.of(change), files(change.target()));
  }

  @Override
  public KubeconfigPlan apply(KubeconfigChange change) {
    return files.apply(Planner.of(change), files(change.target()));
  }

  @Override
  public List<KubeContext> contexts(KubeconfigTarget target) {
    return files.contexts(files(target));
  }

  @Override
  public boolean merge(KubeconfigEntry entry) {
    Planner planner = Planner.of(PluginEntry.of(entry));
    return !files.apply(planner, files(KubeconfigTarget.standard())).isEmpty();
  }
}
