package dev.atmos.aws.eks;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.services.system.Launcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts clusters into kubeconfigs: asks AWS for all of them at the same time, and writes each file
 * once. A cluster that fails is no hindrance to the others.
 */
final class AddClusters {
  /** How many clusters are asked for at a time: fewer than AWS would mind. */
  private static final int AT_ONCE = 8;

  private final Services context;
  private final UpdateOptions options;
  private final ClusterDirectory clusters;
  private final KubeconfigEditor kubeconfigs;

  AddClusters(Services context, UpdateOptions options, ClusterDirectory clusters) {
    this.context = context;
    this.options = options;
    this.clusters = clusters;
    this.kubeconfigs = context.service(KubeconfigEditor.class);
  }

  /** A cluster, with what AWS says of it or why that isn't known. */
  private record Looked(
      Job job, @Nullable ClusterDescription cluster, @Nullable AtmosException failure) {}

  /** Those that go into the same file in the same way, which is one write. */
  private record Group(KubeconfigTarget target, UpdateMode update) {}

  int run() {
    List<Job> jobs = new Jobs(context, options).find();
    for (Job job : jobs) {
      // Before anything is asked for: whether there is a place for it.
      kubeconfigs.files(job.target());
    }
    Report report = new Report(context, options);
    Map<Group, Map<Job, ClusterAccess>> groups = new LinkedHashMap<>();
    EntryContents contents = EntryContents.of(context);
    for (Looked looked : look(jobs)) {
      try {
        Job job = looked.job();
        groups
            .computeIfAbsent(new Group(job.target(), job.update()), group -> new LinkedHashMap<>())
            .put(job, access(contents, looked));
      } catch (AtmosException e) {
        failed(jobs, looked.job(), e, report);
      }
    }
    groups.values().removeIf(Map::isEmpty);
    CurrentContext contextSwitch =
        options.noSwitch()
            ? CurrentContext.NEVER
            : jobs.size() == 1 ? CurrentContext.ALWAYS : CurrentContext.IF_UNSET;
    groups.forEach((group, accesses) -> {
      try {
        write(group, accesses, contextSwitch, report);
      } catch (AtmosException e) {
        for (Job job : accesses.keySet()) {
          failed(jobs, job, e, report);
        }
      }
    });
    if (!groups.isEmpty() && !contents.command().equals(Launcher.NAME)) {
      context
          .console()
          .say(
              Shown.line(
                  "kubectl will run "
                      + contents.command()
                      + ", as the atmos on PATH is not this one"));
    }
    return report.end();
  }

  private List<Looked> look(List<Job> jobs) {
    Map<String, AwsCredentials> credentials = new HashMap<>();
    Map<String, AtmosException> failures = new HashMap<>();
    Identities identities = context.service(Identities.class);
    List<Supplier<Looked>> looks = new ArrayList<>();
    for (Job job : jobs) {
      String identity = job.identity();
      String key = identity == null ? "" : identity;
      if (!credentials.containsKey(key) && !failures.containsKey(key)) {
        try {
          credentials.put(key, identities.credentials(identity));
        } catch (AtmosException e) {
          failures.put(key, e);
        }
      }
      AwsCredentials signer = credentials.get(key);
      AtmosException failure = failures.get(key);
      looks.add(() -> signer == null ? new Looked(job, null, failure) : look(job, signer));
    }
    return context.tasks().all(looks, AT_ONCE);
  }

  private Looked look(Job job, AwsCredentials signer) {
    try {
      return new Looked(job, clusters.describe(job.cluster(), signer), null);
    } catch (AtmosException e) {
      return new Looked(job, null, e);
    }
  }

  private static ClusterAccess access(EntryContents contents, Looked looked) {
    ClusterDescription cluster = looked.cluster();
    AtmosException failure = looked.failure();
    if (failure != null) {
      throw failure;
    }
    if (cluster == null) {
      throw new IllegalStateException("neither a cluster nor a failure");
    }
    Job job = looked.job();
    return contents.access(job.cluster(), cluster, job.identity(), job.alias(), job.userAlias());
  }

  /** Where nothing else was asked for, a failure is the command's own. */
  private static void failed(List<Job> jobs, Job job, AtmosException failure, Report report) {
    if (jobs.size() == 1) {
      throw failure;
    }
    report.failed(job, failure);
  }

  private void write(
      Group group, Map<Job, ClusterAccess> accesses, CurrentContext contextSwitch, Report report) {
    KubeconfigChange change =
        KubeconfigChange.adding(
            group.target(), List.copyOf(accesses.values()), group.update(), contextSwitch);
    KubeconfigPlan plan =
        options.dryRun() ? kubeconfigs.plan(change) : kubeconfigs.apply(change).plan();
    report.planned(new PlanText(kubeconfigs, group.target(), plan), plan);
  }
}
