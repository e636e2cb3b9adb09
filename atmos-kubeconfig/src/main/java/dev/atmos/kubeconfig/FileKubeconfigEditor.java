package dev.atmos.kubeconfig;

import dev.atmos.kubeconfig.file.KubeconfigFiles;
import dev.atmos.kubeconfig.file.KubeconfigPaths;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.plan.PluginEntry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.plugin.io.Directories;
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
import dev.atmos.services.system.Launcher;
import java.nio.file.Path;
import java.util.List;

/** Edits kubeconfig files, for EKS and for plugins. */
final class FileKubeconfigEditor implements KubeconfigEditor, KubeconfigReader, Kubeconfigs {
  private final Directories directories;
  private final KubeconfigPaths paths;
  private final KubeconfigFiles files;
  private final Launcher launcher;

  FileKubeconfigEditor(Services services) {
    this.directories = services.directories();
    this.paths = new KubeconfigPaths(services.environment(), directories);
    this.files = new KubeconfigFiles(services);
    this.launcher = services.launcher();
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
    return files.plan(planner(change), files(change.target()));
  }

  @Override
  public KubeconfigPlan standalone(KubeconfigChange change) {
    Path nowhere = directories.workingDirectory().resolve("-");
    try {
      return planner(change).plan(List.of(new Planner.Source(nowhere, null, null)));
    } catch (BrokenFileException e) {
      throw e.toUser();
    }
  }

  @Override
  public KubeconfigPlan apply(KubeconfigChange change) {
    return files.apply(planner(change), files(change.target()));
  }

  @Override
  public List<KubeContext> contexts(KubeconfigTarget target) {
    return files.contexts(files(target));
  }

  private Planner planner(KubeconfigChange change) {
    return Planner.of(change, launcher::isAt);
  }

  @Override
  public boolean merge(KubeconfigEntry entry) {
    Planner planner = Planner.of(PluginEntry.of(entry));
    return !files.apply(planner, files(KubeconfigTarget.standard())).isEmpty();
  }
}
