package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Chooses the names of users and contexts by what the files hold; see {@link ClusterAccess}. */
final class NameChooser {
  private final MergedView view;
  private final OutdatedContexts outdated;
  private final List<String> warnings;

  NameChooser(MergedView view, OutdatedContexts outdated, List<String> warnings) {
    this.view = view;
    this.outdated = outdated;
    this.warnings = warnings;
  }

  static AtmosException allTaken(String what, ClusterAccess access) {
    return new AtmosException(
        ExitCode.FAILED,
        "every name that the "
            + what
            + " of "
            + access.arn()
            + " could have belongs to another entry of this kubeconfig");
  }

  /** Whether a cluster entry of another tool has the same server and certificates as ours. */
  static boolean isSameCluster(Entry cluster, ClusterAccess access) {
    YamlNode.Mapping body = cluster.body();
    return access.server().equals(body.text("server"))
        && access.certificateAuthority().data().equals(body.text("certificate-authority-data"));
  }

  String user(ClusterAccess access) {
    String alias = access.userAlias();
    if (alias != null) {
      if (isFreeUser(alias, access)) {
        return alias;
      }
      warnings.add("the user \"" + alias + "\" is used for something else; it is left as it is");
    }
    List<String> names = EntryNames.ofUser(access);
    if (alias == null) {
      List<String> serving = serving(access);
      if (!serving.isEmpty()) {
        return serving.contains(names.getFirst()) ? names.getFirst() : serving.getFirst();
      }
    }
    return names.stream()
        .filter(name -> isFreeUser(name, access))
        .findFirst()
        .orElseThrow(() -> allTaken("user", access));
  }

  /** The users that serve this cluster and identity already. */
  private List<String> serving(ClusterAccess access) {
    List<String> names = new ArrayList<>();
    for (Entry context : contextsOf(access.arn())) {
      Entry user = view.get(Kind.USER, context.user());
      if (user != null && serves(user, access)) {
        names.add(user.name);
      }
    }
    return names;
  }

  /** The contexts of a cluster under any of the names that we give it. */
  private List<Entry> contextsOf(ClusterArn arn) {
    List<Entry> contexts = new ArrayList<>();
    for (String name : EntryNames.ofCluster(arn)) {
      if (arn.equals(view.arnOf(name))) {
        contexts.addAll(view.contextsOfCluster(name));
      }
    }
    return contexts;
  }

  private boolean isFreeUser(String name, ClusterAccess access) {
    Entry user = view.get(Kind.USER, name);
    return user == null ? isOnlyOf(access, name) : serves(user, access);
  }

  /** Whether a user serves this cluster and identity, and nothing else. */
  private boolean serves(Entry user, ClusterAccess access) {
    return (ExecArguments.isOf(user, access) || isSameCommand(user, access))
        && isOnlyOf(access, user.name);
  }

  private static boolean isSameCommand(Entry user, ClusterAccess access) {
    YamlNode.Mapping exec = user.body().mapping("exec");
    YamlNode args = exec == null ? null : exec.get("args");
    return exec != null
        && args != null
        && access.exec().command().equals(exec.text("command"))
        && DesiredEntries.texts(access.exec().args()).matches(args);
  }

  /** Whether all contexts with this user lead to this cluster. */
  private boolean isOnlyOf(ClusterAccess access, String user) {
    return view.contextsOfUser(user).stream()
        .map(Entry::cluster)
        .allMatch(cluster -> cluster != null && isClusterOf(access, cluster));
  }

  private boolean isClusterOf(ClusterAccess access, String name) {
    ClusterArn arn = view.arnOf(name);
    if (arn != null) {
      return arn.equals(access.arn());
    }
    Entry entry = view.get(Kind.CLUSTER, name);
    return entry != null && isSameCluster(entry, access);
  }

  String context(ClusterAccess access, String cluster, String user) {
    List<String> candidates = new ArrayList<>();
    String alias = access.contextAlias();
    if (alias == null) {
      candidates.addAll(ours(access));
      candidates.addAll(serving(access, user));
      candidates.add(access.arn().toString());
    } else {
      if (access.integration() != null && view.get(Kind.CONTEXT, alias) == null) {
        candidates.addAll(renamed(access, user));
      }
      candidates.add(alias);
    }
    candidates.addAll(EntryNames.ofContext(user, access.arn()));
    String chosen =
        candidates.stream()
            .filter(name -> isFreeContext(name, access, cluster, user))
            .findFirst()
            .orElseThrow(() -> allTaken("context", access));
    Entry there = alias == null ? null : view.get(Kind.CONTEXT, alias);
    if (alias != null && !chosen.equals(alias) && there != null) {
      warnings.add(
          "the context \""
              + alias
              + "\" belongs to "
              + outdated.owner(there)
              + "; this one is called \""
              + chosen
              + "\"");
    }
    return chosen;
  }

  /** Our contexts of this cluster and identity; one that is named by the ARN comes first. */
  private List<String> ours(ClusterAccess access) {
    List<String> names = new ArrayList<>();
    for (Entry context : contextsOf(access.arn())) {
      ManagedMarker marker = context.marker();
      if (marker != null
          && marker.isOf(access.arn(), access.identity())
          && !outdated.canBecome(context, access)) {
        names.add(context.name.equals(access.arn().toString()) ? 0 : names.size(), context.name);
      }
    }
    return names;
  }

  /** Contexts that somebody has written, or that have lost our marker, of our cluster and user. */
  private List<String> serving(ClusterAccess access, String user) {
    return contextsOf(access.arn()).stream()
        .filter(context -> context.marker() == null && user.equals(context.user()))
        .map(context -> context.name)
        .toList();
  }

  /** What the user calls the context that was given this alias by this integration. */
  private List<String> renamed(ClusterAccess access, String user) {
    List<String> names = new ArrayList<>();
    boolean named = false;
    for (Entry context : contextsOf(access.arn())) {
      ManagedMarker marker = context.marker();
      if (marker != null && marker.isOf(access.arn(), access.identity())) {
        named = true;
        if (Objects.equals(marker.naming(), ManagedMarker.Naming.of(access))) {
          names.add(context.name);
        }
      }
    }
    return named ? names : serving(access, user);
  }

  private boolean isFreeContext(String name, ClusterAccess access, String cluster, String user) {
    Entry context = view.get(Kind.CONTEXT, name);
    if (context == null) {
      return true;
    }
    String there = context.cluster();
    ManagedMarker marker = context.marker();
    if (marker != null
        && (marker.isOf(access.arn(), access.identity()) || outdated.canBecome(context, access))) {
      return there == null || isClusterOf(access, there);
    }
    return marker == null && cluster.equals(there) && user.equals(context.user());
  }
}
