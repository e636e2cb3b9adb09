package dev.atmos.kubeconfig;

import dev.atmos.kubeconfig.KubeFile.Entry;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.text.yaml.YamlScalars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds clusters, or brings those up to date that are there. */
final class Addition {
  private static final int LONGEST_CHAIN = 1000;

  private final Model model;
  private final Changes changes;
  private final UpdateMode update;
  private final List<String> warnings;
  private final List<Entry> newContexts = new ArrayList<>();
  private final Map<String, ClusterAccess> leftovers = new LinkedHashMap<>();
  private final Map<KubeFile, Memory> memories = new HashMap<>();

  /** The names that were chosen. */
  record Names(ClusterAccess access, String cluster, String context, String user) {}

  Addition(Model model, Changes changes, UpdateMode update, List<String> warnings) {
    this.model = model;
    this.changes = changes;
    this.update = update;
    this.warnings = warnings;
  }

  List<Names> add(List<ClusterAccess> accesses, CurrentContext contextSwitch)
      throws BrokenFileException {
    List<Names> names = new ArrayList<>();
    for (ClusterAccess access : accesses) {
      String cluster = cluster(access);
      // The context is chosen before the user is written: it says which user served so far.
      String user = chooseUser(access);
      String context = chooseContext(access, cluster, user);
      writeContext(access, context, cluster, user);
      writeUser(access, user);
      names.add(new Names(access, cluster, context, user));
    }
    for (Map.Entry<String, ClusterAccess> leftover : leftovers.entrySet()) {
      removeLeftover(leftover.getKey(), leftover.getValue());
    }
    String first = names.get(0).context();
    Entry switched = null;
    String previous = null;
    Memory before = new Memory();
    if (isSwitched(first, contextSwitch)) {
      previous = switchTo(first, before);
      switched = model.context(first);
    } else {
      clarifyCurrentContext(names);
    }
    remember(switched, previous, before);
    return names;
  }

  private Memory memory(KubeFile file) {
    return memories.computeIfAbsent(file, any -> new Memory());
  }

  // Clusters

  private String cluster(ClusterAccess access) throws BrokenFileException {
    for (String name : EntryNames.ofCluster(access.arn())) {
      Entry entry = model.cluster(name);
      Node.Mapping wanted = Wanted.cluster(name, access);
      if (entry == null) {
        added(model.standard().add(Kind.CLUSTER, name, wanted, memory(model.standard())));
        return name;
      }
      Marker marker = Marker.read(entry.body());
      if (marker != null && marker.arn().equals(access.arn())) {
        bringUpToDate(entry, wanted);
        return name;
      }
      if (leadsTo(entry, access)) {
        return name;
      }
      warnings.add(
          "the cluster \""
              + name
              + "\" was made by another program and has another server; it is left as it is");
    }
    throw taken("cluster", access);
  }

  /** Whether an entry of somebody else's does what ours would do. */
  private static boolean leadsTo(Entry cluster, ClusterAccess access) {
    Node.Mapping body = cluster.body();
    return body != null
        && access.server().equals(body.text("server"))
        && access.certificateAuthority().data().equals(body.text("certificate-authority-data"));
  }

  /** Contexts that lead to a cluster by one of the names that we give it. */
  private List<Entry> contextsOf(ClusterArn arn) {
    List<Entry> contexts = new ArrayList<>();
    for (String name : EntryNames.ofCluster(arn)) {
      if (arn.equals(model.arnOf(name))) {
        contexts.addAll(model.contextsOfCluster(name));
      }
    }
    return contexts;
  }

  // Users

  private String chooseUser(ClusterAccess access) {
    String alias = access.userAlias();
    if (alias != null) {
      if (isFreeUser(alias, access)) {
        return alias;
      }
      warnings.add("the user \"" + alias + "\" serves something else, and is left as it is");
    }
    List<String> names = EntryNames.ofUser(access);
    String serving = serving(access, names.get(0));
    if (serving != null && alias == null) {
      return serving;
    }
    for (String name : names) {
      if (isFreeUser(name, access)) {
        return name;
      }
    }
    throw taken("user", access);
  }

  /** The user that serves this cluster and identity already; the best name, else the first. */
  private @Nullable String serving(ClusterAccess access, String best) {
    String first = null;
    for (Entry context : contextsOf(access.arn())) {
      String name = Model.userOf(context);
      Entry user = name == null ? null : model.user(name);
      if (name != null && user != null && serves(user, access)) {
        if (name.equals(best)) {
          return name;
        }
        first = first == null ? name : first;
      }
    }
    return first;
  }

  private boolean isFreeUser(String name, ClusterAccess access) {
    Entry user = model.user(name);
    return user == null ? isFreeForContexts(name, access) : serves(user, access);
  }

  /** Whether an entry serves this cluster and identity, and nothing else. */
  private boolean serves(Entry user, ClusterAccess access) {
    TokenCommand command = TokenCommand.read(user.body());
    boolean same =
        command == null
            ? isSameCommand(user, access)
            : command.isOf(access.arn(), access.identity());
    return same && isFreeForContexts(user.name, access);
  }

  private static boolean isSameCommand(Entry user, ClusterAccess access) {
    Node.Mapping body = user.body();
    Node.Mapping exec = body == null ? null : body.mapping("exec");
    Node args = exec == null ? null : exec.get("args");
    return exec != null
        && args != null
        && access.exec().command().equals(exec.text("command"))
        && Wanted.texts(access.exec().args()).says(args);
  }

  /** Whether all contexts that use a user lead to this cluster. */
  private boolean isFreeForContexts(String user, ClusterAccess access) {
    for (Entry context : model.contextsOfUser(user)) {
      String cluster = Model.clusterOf(context);
      if (cluster == null || !isThatCluster(cluster, access)) {
        return false;
      }
    }
    return true;
  }

  private boolean isThatCluster(String name, ClusterAccess access) {
    ClusterArn arn = model.arnOf(name);
    if (arn != null) {
      return arn.equals(access.arn());
    }
    Entry entry = model.cluster(name);
    return entry != null && leadsTo(entry, access);
  }

  private void writeUser(ClusterAccess access, String name) throws BrokenFileException {
    Entry entry = model.user(name);
    Node.Mapping wanted = Wanted.user(name, access.exec());
    if (entry == null) {
      added(model.standard().add(Kind.USER, name, wanted, memory(model.standard())));
    } else {
      bringUpToDate(entry, wanted);
    }
  }

  // Contexts

  private String chooseContext(ClusterAccess access, String cluster, String user) {
    List<String> candidates = new ArrayList<>();
    String alias = access.contextAlias();
    if (alias != null) {
      candidates.add(alias);
    } else {
      candidates.addAll(ours(access));
      candidates.add(access.arn().toString());
    }
    candidates.addAll(EntryNames.ofContext(user, access.arn()));
    for (String name : candidates) {
      if (isFreeContext(name, access, cluster, user)) {
        if (alias != null && !name.equals(alias)) {
          warnings.add(
              "the context \""
                  + alias
                  + "\" is somebody else's; this one is called \""
                  + name
                  + "\"");
        }
        return name;
      }
    }
    throw taken("context", access);
  }

  /** The contexts that we have made for this cluster and identity; the one named so comes first. */
  private List<String> ours(ClusterAccess access) {
    List<String> names = new ArrayList<>();
    for (Entry context : contextsOf(access.arn())) {
      Marker marker = Marker.read(context.body());
      if (marker != null && marker.isOf(access.arn(), access.identity())) {
        names.add(context.name.equals(access.arn().toString()) ? 0 : names.size(), context.name);
      }
    }
    return names;
  }

  private boolean isFreeContext(String name, ClusterAccess access, String cluster, String user) {
    Entry context = model.context(name);
    if (context == null) {
      return true;
    }
    String there = Model.clusterOf(context);
    Marker marker = Marker.read(context.body());
    if (marker != null && marker.isOf(access.arn(), access.identity())) {
      return there == null || isThatCluster(there, access);
    }
    return marker == null && cluster.equals(there) && user.equals(Model.userOf(context));
  }

  private void writeContext(ClusterAccess access, String name, String cluster, String user)
      throws BrokenFileException {
    Entry entry = model.context(name);
    Marker marker = entry == null ? null : Marker.read(entry.body());
    if (entry == null) {
      Marker made = new Marker(access.arn(), access.identity(), null, new Memory());
      Entry context =
          model
              .standard()
              .add(
                  Kind.CONTEXT,
                  name,
                  Wanted.context(name, cluster, user, made),
                  memory(model.standard()));
      added(context);
      newContexts.add(context);
    } else if (marker != null) {
      String served = Model.userOf(entry);
      boolean replace = update == UpdateMode.REPLACE;
      Marker kept =
          new Marker(
              marker.arn(),
              marker.identity(),
              replace ? marker.previous() : null,
              replace ? marker.memory() : new Memory());
      model.unindex(entry);
      Entry now = bringUpToDate(entry, Wanted.context(name, cluster, user, kept));
      model.index(now);
      if (served != null && !served.equals(user)) {
        leftovers.put(served, access);
      }
    }
  }

  /** The user that served our context before it got another one. */
  private void removeLeftover(String name, ClusterAccess access) throws BrokenFileException {
    Entry user = model.user(name);
    TokenCommand command = user == null ? null : TokenCommand.read(user.body());
    if (user != null
        && command != null
        && command.isOf(access.arn(), access.identity())
        && model.contextsOfUser(name).isEmpty()) {
      user.file().remove(user);
      model.removed(user);
      changes.note(user.file(), Action.REMOVE, Kind.USER, name, List.of());
    }
  }

  // All of them

  private void added(Entry entry) {
    model.added(entry);
    changes.note(entry.file(), Action.ADD, entry.kind, entry.name, List.of());
  }

  private Entry bringUpToDate(Entry entry, Node.Mapping wanted) throws BrokenFileException {
    if (update == UpdateMode.REPLACE) {
      if (wanted.says(entry.item)) {
        return entry;
      }
      Entry replaced = entry.file().replace(entry, wanted);
      model.replaced(replaced);
      changes.note(
          entry.file(),
          Action.CHANGE,
          entry.kind,
          entry.name,
          List.of(KubeFile.bodyKey(entry.kind)));
      return replaced;
    }
    List<String> fields = Merge.into(entry.file().edit(), entry.item, wanted);
    if (!fields.isEmpty()) {
      if (update == UpdateMode.ERROR) {
        throw new AtmosException(
            ExitCode.FAILED,
            "the "
                + KubeFile.bodyKey(entry.kind)
                + " \""
                + entry.name
                + "\" is there already, and differs in "
                + String.join(", ", fields),
            "update: merge brings it up to date");
      }
      changes.note(entry.file(), Action.CHANGE, entry.kind, entry.name, fields);
    }
    return entry;
  }

  private static AtmosException taken(String what, ClusterAccess access) {
    return new AtmosException(
        ExitCode.FAILED,
        "every name that the "
            + what
            + " of "
            + access.arn()
            + " could have is somebody else's in this kubeconfig");
  }

  // The current context

  private boolean isSwitched(String context, CurrentContext contextSwitch) {
    String current = model.currentContext();
    boolean wanted =
        contextSwitch == CurrentContext.ALWAYS
            || (contextSwitch == CurrentContext.IF_UNSET && current == null);
    return wanted && !context.equals(current);
  }

  /** What we call a context has to be a text to all who read which one is current. */
  private void clarifyCurrentContext(List<Names> names) throws BrokenFileException {
    KubeFile file = model.standard();
    for (Names each : names) {
      if (each.context().equals(file.currentContext()) && file.clarifyCurrentContext()) {
        changes.note(file, Action.CHANGE, Kind.CURRENT_CONTEXT, each.context(), List.of());
      }
    }
  }

  /**
   * Switches, and says which context was current before, if that exists.
   *
   * @param before is told what stood in the file
   */
  private @Nullable String switchTo(String context, Memory before) throws BrokenFileException {
    String current = model.currentContext();
    KubeFile file = model.standard();
    Memory head = new Memory();
    file.setCurrentContext(context, head);
    changes.note(file, Action.CHANGE, Kind.CURRENT_CONTEXT, context, List.of());
    String gap = Objects.requireNonNull(head.get(KubeFile.CURRENT_CONTEXT));
    head.forget(KubeFile.CURRENT_CONTEXT);
    memory(file).learn(head);
    boolean there = current != null && model.context(current) != null;
    if (!there || !gap.equals(" " + YamlScalars.write(Objects.requireNonNull(current)))) {
      before.was(KubeFile.CURRENT_CONTEXT, gap);
    }
    return there ? current : null;
  }

  /** Notes in the contexts what there was before them. */
  private void remember(@Nullable Entry switched, @Nullable String previous, Memory before)
      throws BrokenFileException {
    for (Entry context : newContexts) {
      Memory memory = new Memory();
      boolean current = context == switched;
      if (current) {
        memory.learn(before);
      }
      memory.learn(memory(context.file()));
      memory.learn(known(context.file()));
      memory = context.file().isCreated() ? new Memory() : memory;
      var _ =
          Marker.remember(
              context.file().edit(),
              Objects.requireNonNull(context.body()),
              current ? previous : null,
              memory);
    }
    if (switched != null && !newContexts.contains(switched)) {
      rememberAgain(switched, previous, before);
    }
  }

  /** What contexts of ours that are there know of the file's lists. */
  private static Memory known(KubeFile file) {
    Memory known = new Memory();
    for (Entry context : file.entries(Kind.CONTEXT).values()) {
      Marker marker = Marker.read(context.body());
      if (marker != null) {
        known.learn(marker.memory());
      }
    }
    known.forget(KubeFile.CURRENT_CONTEXT);
    return known;
  }

  /** A context of ours that becomes the current one again has another one before it now. */
  private void rememberAgain(Entry context, @Nullable String previous, Memory before)
      throws BrokenFileException {
    Marker marker = Marker.read(context.body());
    if (marker == null || update == UpdateMode.ERROR || leadsBack(previous, context.name)) {
      return;
    }
    Memory memory = new Memory();
    if (context.file() == model.standard()) {
      memory.learn(before);
    }
    Memory kept = new Memory();
    kept.learn(marker.memory());
    kept.forget(KubeFile.CURRENT_CONTEXT);
    memory.learn(kept);
    if (Marker.remember(
        context.file().edit(), Objects.requireNonNull(context.body()), previous, memory)) {
      changes.note(
          context.file(), Action.CHANGE, Kind.CONTEXT, context.name, List.of("extensions"));
    }
  }

  /** Whether what was before a context, and before that, is the context itself. */
  private boolean leadsBack(@Nullable String previous, String context) {
    String at = previous;
    for (int steps = 0; at != null && steps < LONGEST_CHAIN; steps++) {
      if (at.equals(context)) {
        return true;
      }
      Entry entry = model.context(at);
      Marker marker = entry == null ? null : Marker.read(entry.body());
      at = marker == null ? null : marker.previous();
    }
    return at != null;
  }
}
