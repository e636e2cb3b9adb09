package dev.atmos.aws.eks;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.KubeconfigTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes clusters out of kubeconfigs again: what was added, and nothing else. Asks AWS nothing. */
final class RemoveClusters {
  private final Services context;
  private final UpdateOptions options;
  private final KubeconfigEditor kubeconfigs;

  RemoveClusters(Services context, UpdateOptions options) {
    this.context = context;
    this.options = options;
    this.kubeconfigs = context.service(KubeconfigEditor.class);
  }

  int run() {
    Jobs asked = new Jobs(context, options);
    Map<KubeconfigTarget, List<Job>> byTarget = new LinkedHashMap<>();
    for (Job job : asked.find()) {
      byTarget.computeIfAbsent(job.target(), target -> new ArrayList<>()).add(job);
    }
    Report report = new Report(context, options);
    Map<KubeconfigTarget, KubeconfigChange> changes = new LinkedHashMap<>();
    byTarget.forEach((target, jobs) -> {
      List<ClusterRemoval> removals = new ArrayList<>();
      for (Job job : jobs) {
        removals.add(check(job, asked.unknown()));
      }
      changes.put(target, KubeconfigChange.removing(target, removals));
    });
    changes.forEach((target, change) -> {
      KubeconfigPlan plan =
          options.dryRun() ? kubeconfigs.plan(change) : kubeconfigs.apply(change).plan();
      report.planned(new PlanText(kubeconfigs, target, plan), plan);
    });
    return report.end();
  }

  /** What of a cluster would go; says so where that is nothing. */
  private ClusterRemoval check(Job job, @Nullable AtmosException unknown) {
    ClusterRemoval removal = removal(job, job.identity(), false);
    KubeconfigPlan plan = plan(job, removal);
    if (plan.isEmpty()) {
      if (unknown != null) {
        throw unknown;
      }
      boolean others = !plan(job, removal(job, null, true)).isEmpty();
      context
          .console()
          .say(
              Shown.line(
                  "nothing to remove: "
                      + kubeconfigs.files(job.target()).get(0)
                      + " has no entries for "
                      + job.cluster()
                      + (job.identity() == null
                          ? " without an identity"
                          : " with identity " + Shown.name(job.identity()))
                      + (others ? "; it has some with another one: --identity NAME" : "")));
    }
    checkAccount(job, plan);
    return removal;
  }

  private KubeconfigPlan plan(Job job, ClusterRemoval removal) {
    return kubeconfigs.plan(KubeconfigChange.removing(job.target(), List.of(removal)));
  }

  private static ClusterRemoval removal(Job job, @Nullable String identity, boolean every) {
    ClusterRequest cluster = job.cluster();
    return new ClusterRemoval(
        cluster.name().text(), cluster.region().text(), cluster.account(), every, identity);
  }

  /** A name and a region can be those of several clusters, of which one is meant. */
  private static void checkAccount(Job job, KubeconfigPlan plan) {
    TreeSet<String> arns = new TreeSet<>();
    for (FileChange file : plan.files()) {
      for (EntryChange change : file.changes()) {
        if (change.action() == Action.REMOVE && change.kind() != Kind.CURRENT_CONTEXT) {
          ClusterArn.find(change.name()).ifPresent(arn -> arns.add(arn.toString()));
        }
      }
    }
    if (arns.size() > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          job.cluster() + " could be any of " + String.join(", ", arns),
          "choose one: --name ARN");
    }
  }
}
