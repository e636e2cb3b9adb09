package dev.atmos.kubeconfig;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.kube.KubeconfigChange;
import dev.atmos.plugin.kube.KubeconfigPlan;
import dev.atmos.plugin.kube.KubeconfigResult;
import dev.atmos.plugin.kube.KubeconfigTarget;
import dev.atmos.plugin.kube.Kubeconfigs;
import java.nio.file.Path;
import java.util.List;

/** Kubeconfigs that are files. */
final class FileKubeconfigs implements Kubeconfigs {
  private final Targets targets;
  private final Store store;

  FileKubeconfigs(PluginContext context) {
    this(context, new NioDisk());
  }

  FileKubeconfigs(PluginContext context, Disk disk) {
    this.targets = new Targets(context.environment(), context.directories());
    this.store =
        new Store(new Lock.World(disk, context.processes(), context.pauses(), context.clock()));
  }

  @Override
  public List<Path> files(KubeconfigTarget target) {
    return targets.files(target);
  }

  @Override
  public KubeconfigPlan plan(KubeconfigChange change) {
    return store.plan(change, files(change.target()));
  }

  @Override
  public KubeconfigResult apply(KubeconfigChange change) {
    return new KubeconfigResult(store.apply(change, files(change.target())));
  }
}
