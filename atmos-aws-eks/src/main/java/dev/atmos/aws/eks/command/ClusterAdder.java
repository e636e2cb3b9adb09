package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterDescription;
import dev.atmos.aws.eks.cluster.ClusterLookup;
import dev.atmos.aws.eks.kubeconfig.ClusterAccessFactory;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.SelectedIdentities;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.services.system.Launcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
  private final KubeconfigEditor kubeconfigs;
  private final UpdateOutput output;
  private boolean single;

  ClusterAdder(Services services, UpdateOptions options, ClusterLookup clusters) {
    this.services = services;
    this.options = options;
    this.clusters = clusters;
    this.kubeconfigs = services.service(KubeconfigEditor.class);
    this.output = new UpdateOutput(services, options);
  }

  /** The clusters that go into the same file in the same way, in one write. */
  private record Group(KubeconfigTarget target, UpdateMode update) {}

  int run() {
    List<ClusterUpdate> updates =
        new ArrayList<>(new ClusterUpdateResolver(services, options).resolve());
    single = updates.size() == 1;
    // Before AWS is asked.
    updates.removeIf(update -> !hasPlace(update));
    ClusterAccessFactory factory = new ClusterAccessFactory(services);
    Map<Group, Map<ClusterUpdate, ClusterAccess>> groups = new LinkedHashMap<>();
    List<Supplier<ClusterDescription>> descriptions = describe(updates);
    for (int i = 0; i < updates.size(); i++) {
      ClusterUpdate update = updates.get(i);
      try {
        ClusterAccess access =
            factory.access(
                update.cluster(),
                descriptions.get(i).get(),
                update.identity(),
                update.alias(),
                update.userAlias(),
                update.integration());
        groups
            .computeIfAbsent(
                new Group(update.target(), update.update()), group -> new LinkedHashMap<>())
            .put(update, access);
      } catch (AtmosException e) {
        failed(update, e);
      }
    }
    groups.forEach(this::write);
    if (!groups.isEmpty() && !factory.command().equals(Launcher.NAME)) {
      output.say(
          "kubectl will run " + factory.command() + ", as the atmos on PATH is not this one");
    }
    return output.end();
  }

  private boolean hasPlace(ClusterUpdate update) {
    try {
      if (options.dryRun) {
        var _ = kubeconfigs.files(update.target());
      } else {
        kubeconfigs.requireWritable(update.target());
      }
      return true;
    } catch (AtmosException e) {
      failed(update, e);
      return false;
    }
  }

  /** Asks AWS for all clusters. Each supplier gives AWS's answer, or throws why there is none. */
  private List<Supplier<ClusterDescription>> describe(List<ClusterUpdate> updates) {
    Map<String, Supplier<AwsCredentials>> signers = new HashMap<>();
    Identities identities = services.service(Identities.class);
    List<Supplier<Supplier<ClusterDescription>>> calls = new ArrayList<>();
    for (ClusterUpdate update : updates) {
      Supplier<AwsCredentials> signer =
          signers.computeIfAbsent(
              String.valueOf(update.identity()),
              any -> attempt(() -> identities.credentials(update.identity())));
      calls.add(() -> attempt(() -> clusters.describe(update.cluster(), signer.get())));
    }
    return services.tasks().all(calls, AT_ONCE);
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
    output.failed(update, failure);
  }

  private void write(Group group, Map<ClusterUpdate, ClusterAccess> accesses) {
    CurrentContext current =
        options.noSwitch
            ? CurrentContext.NEVER
            : single ? CurrentContext.ALWAYS : CurrentContext.IF_UNSET;
    try {
      output.change(
          KubeconfigChange.adding(
                  group.target(), List.copyOf(accesses.values()), group.update(), current)
              .without(SelectedIdentities.of(services).orElse(null)));
    } catch (AtmosException e) {
      accesses.keySet().forEach(update -> failed(update, e));
    }
  }
}
