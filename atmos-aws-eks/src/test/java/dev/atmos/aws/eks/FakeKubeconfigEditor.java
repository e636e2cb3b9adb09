package dev.atmos.aws.eks;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Access;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.KubeconfigTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plans a context for each cluster, and records the changes that were applied. */
public final class FakeKubeconfigEditor implements KubeconfigEditor {
  private final List<KubeconfigChange> applied = new ArrayList<>();

  /** The changes that were applied. */
  public List<KubeconfigChange> applied() {
    return applied;
  }

  @Override
  public List<Path> files(KubeconfigTarget target) {
    String path = target.option() == null ? target.setting() : target.option();
    return List.of(Path.of(path == null ? "/home/dev/.kube/config" : path));
  }

  @Override
  public void requireWritable(KubeconfigTarget target) {
    if (files(target).getFirst().startsWith("/read-only")) {
      throw new AtmosException(ExitCode.FAILED, "can't write " + files(target).getFirst());
    }
  }

  @Override
  public KubeconfigPlan plan(KubeconfigChange change) {
    List<EntryChange> changes = new ArrayList<>();
    for (ClusterRemoval removal : change.removals()) {
      changes.add(entry(Action.REMOVE, removal.cluster()));
    }
    List<Access> clusters = new ArrayList<>();
    for (ClusterAccess access : change.clusters()) {
      if (access.arn().cluster().equals("full")) {
        throw new AtmosException(ExitCode.UNAVAILABLE, "the disk is full");
      }
      String context = String.valueOf(access.contextAlias());
      changes.add(entry(Action.ADD, context));
      clusters.add(new Access(access.arn(), access.identity(), "cluster", context, "user", false));
    }
    FileChange file =
        new FileChange(files(change.target()).get(0), false, changes, Secret.of("the file\n"));
    return new KubeconfigPlan(List.of(file), clusters, null, null, List.of());
  }

  @Override
  public KubeconfigPlan standalone(KubeconfigChange change) {
    return plan(change);
  }

  private static EntryChange entry(Action action, String name) {
    return new EntryChange(action, Kind.CONTEXT, name, List.of());
  }

  @Override
  public KubeconfigPlan apply(KubeconfigChange change) {
    applied.add(change);
    return plan(change);
  }
}
