package dev.atmos.kubeconfig;

import dev.atmos.kubeconfig.file.KubeconfigFiles;
import dev.atmos.kubeconfig.file.KubeconfigPaths;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.plan.PluginEntry;
import dev.atmos.plugin.kube.KubeconfigEntry;
import dev.atmos.plugin.kube.Kubeconfigs;
import dev.atmos.services.Services;
import dev.atmos.services.kube.KubeconfigTarget;
import java.nio.file.Path;
import java.util.List;

/** Merges the entries of plugins into the files that kubectl reads. */
final class FileKubeconfigs implements Kubeconfigs {
  private final KubeconfigPaths paths;
  private final KubeconfigFiles files;

  FileKubeconfigs(Services services) {
    this.paths = new KubeconfigPaths(services.environment(), services.directories());
    this.files = new KubeconfigFiles(services);
  }

  @Override
  public boolean merge(KubeconfigEntry entry) {
    Planner planner = Planner.of(PluginEntry.of(entry));
    List<Path> standard = paths.files(KubeconfigTarget.standard());
    return !files.apply(planner, standard).isEmpty();
  }
}
