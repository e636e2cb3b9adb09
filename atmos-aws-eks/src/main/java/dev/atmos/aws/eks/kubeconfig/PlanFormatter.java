package dev.atmos.aws.eks.kubeconfig;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Access;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.text.ShellQuoting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes a plan that was applied, for a person. */
public final class PlanFormatter {
  private static final String SUBJECT = "EKS kubeconfig: ";

  private final KubeconfigEditor kubeconfigs;
  private final KubeconfigTarget target;
  private final KubeconfigPlan plan;

  /** Describes a plan for that target. */
  public PlanFormatter(KubeconfigEditor kubeconfigs, KubeconfigTarget target, KubeconfigPlan plan) {
    this.kubeconfigs = kubeconfigs;
    this.target = target;
    this.plan = plan;
  }

  /** A line for each cluster that was changed. */
  public List<String> done() {
    List<String> lines = new ArrayList<>();
    for (Access access : plan.clusters()) {
      Path file = changedFile(access);
      if (file != null) {
        String fields = String.join(", ", changedFields(access));
        lines.add(
            SUBJECT
                + access.context()
                + " \u2192 "
                + file
                + (fields.isEmpty() ? "" : " (changed: " + fields + ")"));
      }
    }
    for (FileChange file : plan.files()) {
      int before = lines.size();
      for (EntryChange change : file.changes()) {
        if (change.kind() == Kind.CONTEXT && change.action() == Action.REMOVE) {
          lines.add(SUBJECT + "removed " + change.name() + " from " + file.path());
        }
      }
      if (lines.size() == before && plan.clusters().isEmpty()) {
        lines.add(SUBJECT + "removed what was left of it from " + file.path());
      }
    }
    return lines;
  }

  /** A line for each cluster that was up to date already. */
  public List<String> unchanged() {
    List<String> lines = new ArrayList<>();
    for (Access access : plan.clusters()) {
      if (changedFile(access) == null) {
        lines.add(SUBJECT + access.context() + " is up to date");
      }
    }
    return lines;
  }

  /** One line about all clusters. */
  public String summary() {
    int added = 0;
    int unchanged = unchanged().size();
    for (Access access : plan.clusters()) {
      added += isAdded(access) ? 1 : 0;
    }
    int all = plan.clusters().size();
    return SUBJECT
        + all
        + (all == 1 ? " cluster, " : " clusters, ")
        + added
        + " added, "
        + (all - added - unchanged)
        + " changed, "
        + unchanged
        + " up to date";
  }

  private boolean isAdded(Access access) {
    return plan.files().stream()
        .flatMap(file -> file.changes().stream())
        .anyMatch(change ->
            change.kind() == Kind.CONTEXT
                && change.action() == Action.ADD
                && change.name().equals(access.context()));
  }

  /** The warnings, and how to use the contexts that aren't current. */
  public List<String> hints() {
    List<String> lines = new ArrayList<>(plan.warnings());
    for (Access access : plan.clusters()) {
      if (!access.current()) {
        lines.add(
            "to use it: kubectl"
                + option()
                + " config use-context "
                + ShellQuoting.word(access.context()));
      }
    }
    return lines;
  }

  /** The current context, if it is one of these clusters or a removal has changed it. */
  public @Nullable String currentContext() {
    for (Access access : plan.clusters()) {
      if (access.current()) {
        return "current context: "
            + access.context()
            + (option().isEmpty() ? "" : "; to use it: kubectl" + option());
      }
    }
    String before = plan.contextBefore();
    String after = plan.contextAfter();
    if (!plan.clusters().isEmpty() || before == null || before.equals(after)) {
      return null;
    }
    return after == null ? "no context is current now" : "current context: " + after;
  }

  /** The fields of entries that existed before, but for atmos's own marks. */
  private Set<String> changedFields(Access access) {
    Set<String> fields = new LinkedHashSet<>();
    for (FileChange file : plan.files()) {
      for (EntryChange change : file.changes()) {
        if (isOf(access, change)) {
          fields.addAll(change.fields());
        }
      }
    }
    fields.removeIf(field -> field.startsWith("extensions"));
    return fields;
  }

  private static boolean isOf(Access access, EntryChange change) {
    return switch (change.kind()) {
      case CONTEXT, CURRENT_CONTEXT -> change.name().equals(access.context());
      case USER -> change.name().equals(access.user());
      case CLUSTER -> change.name().equals(access.clusterEntry());
    };
  }

  /** The file in which an entry of a cluster was changed; null if none was. */
  private @Nullable Path changedFile(Access access) {
    Path changed = null;
    for (FileChange file : plan.files()) {
      for (EntryChange change : file.changes()) {
        boolean own = isOf(access, change);
        if (own && change.kind() == Kind.CONTEXT) {
          return file.path();
        }
        changed = own && changed == null ? file.path() : changed;
      }
    }
    return changed;
  }

  /** The option by which kubectl finds a file that isn't in its usual places. */
  private String option() {
    if (target.option() == null && target.setting() == null) {
      return "";
    }
    Path file = kubeconfigs.files(target).get(0);
    try {
      if (kubeconfigs.files(KubeconfigTarget.standard()).contains(file)) {
        return "";
      }
    } catch (AtmosException e) {
      // Without a home directory, there are no usual places.
    }
    return " --kubeconfig " + ShellQuoting.path(file);
  }
}
