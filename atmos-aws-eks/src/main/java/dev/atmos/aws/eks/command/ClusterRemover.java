package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes clusters from kubeconfigs: what was added, and nothing else. Asks AWS nothing. */
final class ClusterRemover {
  private final Services services;
  private final UpdateOptions options;
  private final KubeconfigEditor kubeconfigs;
  private final UpdateOutput output;

  ClusterRemover(Services services, UpdateOptions options) {
    this.services = services;
    this.options = options;
    this.kubeconfigs = services.service(KubeconfigEditor.class);
    this.output = new UpdateOutput(services, options);
  }

  int run() {
    ClusterUpdateResolver resolver = new ClusterUpdateResolver(services, options);
    Map<KubeconfigTarget, List<ClusterRemoval>> removals = new LinkedHashMap<>();
    for (ClusterUpdate update : resolver.resolve()) {
      removals
          .computeIfAbsent(update.target(), target -> new ArrayList<>())
          .add(check(update, resolver.unknownIdentity()));
    }
    removals.forEach((target, all) -> output.change(KubeconfigChange.removing(target, all)));
    return output.end();
  }

  /** The removal of a cluster; reports if it would remove nothing. */
  private ClusterRemoval check(ClusterUpdate update, @Nullable AtmosException unknownIdentity) {
    ClusterRemoval removal = removal(update, update.identity(), false);
    KubeconfigPlan plan = plan(update, removal);
    if (plan.isEmpty()) {
      if (unknownIdentity != null) {
        throw unknownIdentity;
      }
      boolean others = !plan(update, removal(update, null, true)).isEmpty();
      output.say(
          "nothing to remove: "
              + kubeconfigs.files(update.target()).get(0)
              + " has no entries for "
              + update.cluster()
              + (update.identity() == null
                  ? " without an identity"
                  : " with identity " + DisplayNames.quoted(update.identity()))
              + (others ? "; it has some with another one: --identity NAME" : ""));
    }
    checkAccount(update, plan);
    return removal;
  }

  private KubeconfigPlan plan(ClusterUpdate update, ClusterRemoval removal) {
    return kubeconfigs.plan(KubeconfigChange.removing(update.target(), List.of(removal)));
  }

  private static ClusterRemoval removal(
      ClusterUpdate update, @Nullable String identity, boolean every) {
    ClusterRequest cluster = update.cluster();
    return new ClusterRemoval(
        cluster.name().text(), cluster.region().text(), cluster.account(), every, identity);
  }

  /** Clusters of several accounts may have the same name and region. */
  private static void checkAccount(ClusterUpdate update, KubeconfigPlan plan) {
    List<String> arns =
        plan.files().stream()
            .flatMap(file -> file.changes().stream())
            .filter(each -> each.action() == Action.REMOVE && each.kind() != Kind.CURRENT_CONTEXT)
            .flatMap(each -> ClusterArn.find(each.name()).stream())
            .map(ClusterArn::toString)
            .distinct()
            .sorted()
            .toList();
    if (arns.size() > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          update.cluster() + " could be any of " + String.join(", ", arns),
          "choose one: --name ARN");
    }
  }
}
