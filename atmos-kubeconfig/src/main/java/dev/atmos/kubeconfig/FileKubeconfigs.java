package dev.atmos.kubeconfig;

import dev.atmos.services.Services;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigResult;
import dev.atmos.services.kube.KubeconfigTarget;
import java.nio.file.Path;
import java.util.List;

/** KubeconfigEditor that are files. */
final class FileKubeconfigs implements KubeconfigEditor {
  private final Targets targets;
  private final Store store;

  FileKubeconfigs(Services context) {
    this(context, new NioDisk());
  }

  FileKubeconfigs(Services context, Disk disk) {
    this.targets = new Targets(context.environment(), context.directories());
    this.store =
        new Store(new Lock.World(disk, context.processes(), context.sleeper(), context.clock()));
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
