package dev.atmos.aws.eks;

import dev.atmos.plugin.base.AtmosException;
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
import org.jspecify.annotations.Nullable;

/** Tells a person what has become of a kubeconfig. */
final class PlanText {
  private static final String WHAT = "EKS kubeconfig: ";

  private final KubeconfigEditor kubeconfigs;
  private final KubeconfigTarget target;
  private final KubeconfigPlan plan;

  /**
   * @param target which kubeconfig was asked for
   * @param plan what was done
   */
  PlanText(KubeconfigEditor kubeconfigs, KubeconfigTarget target, KubeconfigPlan plan) {
    this.kubeconfigs = kubeconfigs;
    this.target = target;
    this.plan = plan;
  }

  /** A line for each context that something was changed for; none where nothing was. */
  List<String> done() {
    List<String> lines = new ArrayList<>();
    for (Access access : plan.clusters()) {
      Path file = changed(access);
      if (file != null) {
        lines.add(WHAT + access.context() + " \u2192 " + file);
      }
    }
    for (FileChange file : plan.files()) {
      boolean told = false;
      for (EntryChange change : file.changes()) {
        if (change.kind() == Kind.CONTEXT && change.action() == Action.REMOVE) {
          lines.add(WHAT + "removed " + change.name() + " from " + file.path());
          told = true;
        }
      }
      if (!told && plan.clusters().isEmpty()) {
        lines.add(WHAT + "removed what was left of it from " + file.path());
      }
    }
    return lines;
  }

  /** Contexts that are as they should be already. */
  List<String> unchanged() {
    List<String> lines = new ArrayList<>();
    for (Access access : plan.clusters()) {
      if (changed(access) == null) {
        lines.add(WHAT + access.context() + " is up to date");
      }
    }
    return lines;
  }

  /** How to use the contexts that aren't current, and what else there is to be said. */
  List<String> hints() {
    List<String> lines = new ArrayList<>(plan.warnings());
    for (Access access : plan.clusters()) {
      if (!access.current()) {
        lines.add(
            "to use it: kubectl"
                + option()
                + " config use-context "
                + ShellWord.of(access.context()));
      }
    }
    return lines;
  }

  /** Which context is current, if one of these is. */
  @Nullable String current() {
    for (Access access : plan.clusters()) {
      if (access.current()) {
        return "current context: "
            + access.context()
            + (option().isEmpty() ? "" : "; to use it: kubectl" + option());
      }
    }
    return null;
  }

  /** Which context is current after a removal, if that is another one than before. */
  @Nullable String currentAfterRemoval() {
    String after = plan.contextAfter();
    if (after == null) {
      return plan.contextBefore() == null ? null : "no context is current now";
    }
    return after.equals(plan.contextBefore()) ? null : "current context: " + after;
  }

  /** The file in which something of an access was changed; null if nothing was. */
  private @Nullable Path changed(Access access) {
    Path changed = null;
    for (FileChange file : plan.files()) {
      for (EntryChange change : file.changes()) {
        if (change.kind() == Kind.CONTEXT && change.name().equals(access.context())) {
          return file.path();
        }
        boolean own =
            (change.kind() == Kind.USER && change.name().equals(access.user()))
                || (change.kind() == Kind.CLUSTER && change.name().equals(access.clusterEntry()))
                || (change.kind() == Kind.CURRENT_CONTEXT
                    && change.name().equals(access.context()));
        if (own && changed == null) {
          changed = file.path();
        }
      }
    }
    return changed;
  }

  /** What kubectl has to be given to read a file that isn't in its usual places. */
  private String option() {
    if (target.option() == null && target.setting() == null) {
      return "";
    }
    Path file = kubeconfigs.files(target).get(0);
    return isUsual(file) ? "" : " --kubeconfig " + ShellWord.of(file.toString());
  }

  private boolean isUsual(Path file) {
    try {
      return kubeconfigs.files(KubeconfigTarget.standard()).contains(file);
    } catch (AtmosException e) {
      // Without a home directory, there are no usual places.
      return false;
    }
  }
}
