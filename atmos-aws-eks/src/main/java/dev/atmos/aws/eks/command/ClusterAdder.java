package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.AssumedRole;
import dev.atmos.aws.eks.cluster.ClusterDescription;
import dev.atmos.aws.eks.cluster.ClusterLister;
import dev.atmos.aws.eks.cluster.ClusterLookup;
import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.kubeconfig.ClusterAccessFactory;
import dev.atmos.aws.eks.kubeconfig.EntrySettings.CommandName;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.SelectedIdentities;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.services.system.Launcher;
import dev.atmos.services.terminal.ProgressBar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds clusters to kubeconfigs: asks AWS for all of them at the same time, and writes each file
 * once. If one fails, the others are still added.
 */
final class ClusterAdder {
  /** How many clusters AWS is asked about at a time: few enough for its limits. */
  private static final int AT_ONCE = 8;

  private final Services services;
  private final UpdateOptions options;
  private final ClusterLookup clusters;
  private final ClusterLister lister;
  private final KubeconfigEditor kubeconfigs;
  private final UpdateOutput output;
  private final Map<String, Supplier<AwsCredentials>> signers = new HashMap<>();
  private boolean single;

  ClusterAdder(
      Services services, UpdateOptions options, ClusterLookup clusters, ClusterLister lister) {
    this.services = services;
    this.options = options;
    this.clusters = clusters;
    this.lister = lister;
    this.kubeconfigs = services.service(KubeconfigEditor.class);
    this.output = new UpdateOutput(services, options);
  }

  /** The clusters that go into the same file in the same way, in one write. */
  private record Group(KubeconfigTarget target, UpdateMode update) {}

  int run() {
    ClusterUpdateResolver resolver = new ClusterUpdateResolver(services, options);
    List<ClusterUpdate> updates = options.all ? found(resolver.everyCluster()) : named(resolver);
    ClusterAccessFactory factory = new ClusterAccessFactory(services);
    Map<Group, Map<ClusterUpdate, ClusterAccess>> groups = new LinkedHashMap<>();
    List<Supplier<ClusterDescription>> descriptions = describe(updates);
    int count = 0;
    for (int i = 0; i < updates.size(); i++) {
      ClusterUpdate update = updates.get(i);
      try {
        ClusterDescription description = descriptions.get(i).get();
        if (hasTags(description)) {
          ClusterAccess access =
              factory.access(update.cluster(), description, update.identity(), update.entries());
          groups.computeIfAbsent(group(update), any -> new LinkedHashMap<>()).put(update, access);
          count++;
        }
      } catch (AtmosException e) {
        failed(update, e);
      }
    }
    resolver.checkAliases(count);
    groups.values().forEach(this::checkNames);
    groups.forEach(this::write);
    if (groups.isEmpty() && options.all && !output.hasFailures()) {
      output.say("no EKS cluster was found" + (options.tags.isEmpty() ? "" : " with such tags"));
    }
    if (!groups.isEmpty() && !options.portable && isNamedByPath(updates, factory)) {
      output.say(
          "kubectl will run " + factory.command() + ", as the atmos on PATH is not this one");
    }
    if (!groups.isEmpty() && options.portable) {
      output.say("whoever uses these entries is who their own atmos configuration says");
    }
    return output.end();
  }

  private static boolean isNamedByPath(List<ClusterUpdate> updates, ClusterAccessFactory factory) {
    return !factory.command().equals(Launcher.NAME)
        && updates.stream().anyMatch(each -> each.entries().command() == CommandName.FOUND);
  }

  /** What is printed goes together, wherever it would have been written. */
  private Group group(ClusterUpdate update) {
    return options.prints()
        ? new Group(KubeconfigTarget.standard(), UpdateMode.MERGE)
        : new Group(update.target(), update.update());
  }

  private List<ClusterUpdate> named(ClusterUpdateResolver resolver) {
    List<ClusterUpdate> updates = new ArrayList<>(resolver.resolve());
    single = updates.size() == 1;
    // Before AWS is asked.
    updates.removeIf(update -> !hasPlace(update));
    return updates;
  }

  /** Lists the clusters of all regions at the same time. */
  private List<ClusterUpdate> found(EveryCluster every) {
    requirePlace(every.target());
    Supplier<AwsCredentials> signer = signer(every.identity(), every.home());
    // The same for every region, and the end of it if there are none.
    AwsCredentials credentials = signer.get();
    List<Supplier<List<ClusterName>>> calls = new ArrayList<>();
    for (Region region : every.regions()) {
      calls.add(() -> lister.list(region, credentials));
    }
    List<Supplier<List<ClusterName>>> lists = all("Listing EKS clusters by region", calls);
    List<ClusterUpdate> updates = new ArrayList<>();
    Map<Region, AtmosException> failures = new LinkedHashMap<>();
    for (int i = 0; i < lists.size(); i++) {
      Region region = every.regions().get(i);
      try {
        lists.get(i).get().forEach(name -> updates.add(every.update(region, name)));
      } catch (AtmosException e) {
        failures.put(region, e);
      }
    }
    report(every, failures);
    return updates;
  }

  /** Of all regions of a partition, those that don't take the credentials are no failures. */
  private void report(EveryCluster every, Map<Region, AtmosException> failures) {
    if (failures.size() == every.regions().size()
        && (failures.size() == 1 || every.isEveryRegion())) {
      throw failures.values().iterator().next();
    }
    List<String> closed = new ArrayList<>();
    failures.forEach((region, failure) -> {
      ExitCode code = failure.exitCode();
      if (every.isEveryRegion() && (code == ExitCode.SIGN_IN_REQUIRED || code == ExitCode.DENIED)) {
        closed.add(region.text());
      } else {
        output.failed(null, region, every.identity(), failure);
      }
    });
    if (!closed.isEmpty()) {
      output.say("left out, as these credentials aren't taken there: " + String.join(", ", closed));
    }
  }

  private boolean hasTags(ClusterDescription description) {
    return options.tags.stream()
        .allMatch(tag -> {
          int end = tag.indexOf('=');
          return tag.substring(end + 1).equals(description.tags().get(tag.substring(0, end)));
        });
  }

  /** Of two clusters of one name, kubectl finds one. */
  private void checkNames(Map<ClusterUpdate, ClusterAccess> accesses) {
    Map<String, ClusterAccess> named = new HashMap<>();
    for (ClusterAccess access : accesses.values()) {
      String alias = options.alias == null ? null : access.contextAlias();
      ClusterAccess other = alias == null ? null : named.putIfAbsent(alias, access);
      if (alias != null && other != null && !other.arn().equals(access.arn())) {
        throw new AtmosException(
            ExitCode.USAGE,
            other.arn() + " and " + access.arn() + " would both be called " + alias,
            "have what tells them apart in it: --alias '{account}/{region}/{cluster}'");
      }
    }
  }

  private boolean hasPlace(ClusterUpdate update) {
    try {
      requirePlace(update.target());
      return true;
    } catch (AtmosException e) {
      failed(update, e);
      return false;
    }
  }

  private void requirePlace(KubeconfigTarget target) {
    if (options.dryRun) {
      var _ = kubeconfigs.files(target);
    } else if (!options.prints()) {
      kubeconfigs.requireWritable(target);
    }
  }

  /** Asks AWS for all clusters. Each supplier gives AWS's answer, or throws why there is none. */
  private List<Supplier<ClusterDescription>> describe(List<ClusterUpdate> updates) {
    List<Supplier<ClusterDescription>> calls = new ArrayList<>();
    for (ClusterUpdate update : updates) {
      Supplier<AwsCredentials> signer = signer(update.identity(), update.cluster().region());
      calls.add(() -> clusters.describe(update.cluster(), signer.get()));
    }
    return all("Asking AWS for EKS clusters", calls);
  }

  /** Does several things at the same time, and shows how far they are. */
  private <T> List<Supplier<T>> all(String what, List<Supplier<T>> calls) {
    AtomicInteger done = new AtomicInteger();
    List<Supplier<Supplier<T>>> attempts = new ArrayList<>();
    for (Supplier<T> call : calls) {
      attempts.add(() -> {
        Supplier<T> result = attempt(call);
        done.incrementAndGet();
        return result;
      });
    }
    if (calls.size() < 2) {
      return services.tasks().all(attempts, AT_ONCE);
    }
    try (var _ = ProgressBar.show(services, what, done::get, calls::size)) {
      return services.tasks().all(attempts, AT_ONCE);
    }
  }

  /**
   * What clusters are looked up with: an identity's credentials, or those of a role that it
   * assumes.
   */
  private Supplier<AwsCredentials> signer(@Nullable String identity, Region region) {
    return signers.computeIfAbsent(
        String.valueOf(identity),
        any ->
            attempt(() -> {
              AwsCredentials own = services.service(Identities.class).credentials(identity);
              String role = options.assumeRoleArn;
              return role == null ? own : AssumedRole.credentials(services, role, region, own);
            }));
  }

  /** Does something now, and gives the result or throws the failure whenever it is asked for. */
  private static <T> Supplier<T> attempt(Supplier<T> action) {
    try {
      T result = action.get();
      return () -> result;
    } catch (AtmosException e) {
      return () -> {
        throw e;
      };
    }
  }

  /** The failure of the only cluster is the command's own. */
  private void failed(ClusterUpdate update, AtmosException failure) {
    if (single) {
      throw failure;
    }
    output.failed(update.cluster().name(), update.cluster().region(), update.identity(), failure);
  }

  private void write(Group group, Map<ClusterUpdate, ClusterAccess> accesses) {
    CurrentContext current =
        options.noSwitch
            ? CurrentContext.NEVER
            : single ? CurrentContext.ALWAYS : CurrentContext.IF_UNSET;
    KubeconfigChange change =
        KubeconfigChange.adding(
            group.target(), List.copyOf(accesses.values()), group.update(), current);
    if (options.prints()) {
      output.print(kubeconfigs.standalone(change));
      return;
    }
    try {
      output.change(change.without(SelectedIdentities.of(services).orElse(null)));
    } catch (AtmosException e) {
      accesses.keySet().forEach(update -> failed(update, e));
    }
  }
}
