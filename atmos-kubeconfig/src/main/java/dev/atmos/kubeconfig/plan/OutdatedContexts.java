package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.SelectedIdentities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our contexts of the configuration in force that it means no more: their identity is gone, or
 * their integration has given them another alias since. Which configuration a context is of is said
 * by the variables of its user.
 */
final class OutdatedContexts {
  private final MergedView view;
  private final @Nullable SelectedIdentities configured;
  private final Map<String, Entry> found = new LinkedHashMap<>();

  /**
   * Finds them, before anything is changed.
   *
   * @param accesses what is about to be added
   */
  OutdatedContexts(
      MergedView view, @Nullable SelectedIdentities configured, List<ClusterAccess> accesses) {
    this.view = view;
    this.configured = configured;
    for (Entry context : view.all(Kind.CONTEXT)) {
      if (isGone(context) || accesses.stream().anyMatch(access -> isRenamed(context, access))) {
        found.put(context.name, context);
      }
    }
  }

  /** Whether a context is one of them, and of the cluster of this access. */
  boolean canBecome(Entry context, ClusterAccess access) {
    ManagedMarker marker = context.marker();
    return found.containsKey(context.name) && marker != null && marker.arn().equals(access.arn());
  }

  /** One that an access can have under another name; the current one comes first. */
  @Nullable Entry replacedBy(ClusterAccess access) {
    List<Entry> candidates =
        found.values().stream().filter(context -> canBecome(context, access)).toList();
    String current = view.currentContext();
    return candidates.stream()
        .filter(context -> context.name.equals(current))
        .findFirst()
        .or(() -> candidates.stream().findFirst())
        .orElse(null);
  }

  /** Says that an access has taken a context over. */
  void taken(String name) {
    found.remove(name);
  }

  /** The names of those that are left. */
  List<String> names() {
    return List.copyOf(found.keySet());
  }

  /** A sentence about each of our contexts that another configuration has made. */
  List<String> others() {
    List<String> sentences = new ArrayList<>();
    for (Entry context : view.all(Kind.CONTEXT)) {
      ManagedMarker marker = context.marker();
      Entry user = marker == null ? null : user(context, marker);
      String place = user == null ? null : otherPlace(user);
      if (place != null) {
        sentences.add("the context \"" + context.name + "\" of " + place + " stays");
      }
    }
    return sentences;
  }

  /** Whose a context is, for people: {@code another entry} if it isn't known. */
  String owner(Entry context) {
    ManagedMarker marker = context.marker();
    Entry user = marker == null ? null : user(context, marker);
    String place = user == null ? null : otherPlace(user);
    if (marker == null || marker.identity() == null) {
      return "another entry";
    }
    return "the identity \"" + marker.identity() + "\"" + (place == null ? "" : " of " + place);
  }

  /** The configuration of a user, if it isn't the one in force. */
  private @Nullable String otherPlace(Entry user) {
    Map<String, String> variables = ExecArguments.variables(user);
    if (configured == null || configured.isOf(variables)) {
      return null;
    }
    String files = variables.get(SelectedIdentities.FILES);
    return files == null || files.isEmpty() ? "another configuration" : files;
  }

  private boolean isGone(Entry context) {
    ManagedMarker marker = context.marker();
    String identity = marker == null ? null : marker.identity();
    return marker != null
        && identity != null
        && configured != null
        && !configured.has(identity)
        && isOfConfiguration(context, marker);
  }

  private boolean isRenamed(Entry context, ClusterAccess access) {
    ManagedMarker marker = context.marker();
    ManagedMarker.Naming naming = marker == null ? null : marker.naming();
    return marker != null
        && naming != null
        && marker.isOf(access.arn(), access.identity())
        && naming.integration().equals(access.integration())
        && naming.alias().equals(context.name)
        && !naming.alias().equals(access.contextAlias())
        && isOfConfiguration(context, marker);
  }

  private boolean isOfConfiguration(Entry context, ManagedMarker marker) {
    Entry user = user(context, marker);
    return user != null
        && configured != null
        && configured.isOf(ExecArguments.variables(user))
        && view.isAsMade(context, marker);
  }

  /** The user of a context, if it is still the one that we have made. */
  private @Nullable Entry user(Entry context, ManagedMarker marker) {
    Entry user = view.get(Kind.USER, context.user());
    return user != null && ExecArguments.isOf(user, marker.arn(), marker.identity()) ? user : null;
  }
}
