package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.ExecReplacement;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Access;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plans a change by the contents of the files. Reads and writes no file itself. */
public final class Planner {
  private final KubeconfigChange change;
  private final @Nullable PluginEntry entry;
  private final Predicate<String> isLauncher;

  /**
   * A file before the change.
   *
   * @param text its content; null if it doesn't exist
   * @param warning what the user should know about the file if it is changed
   */
  public record Source(Path path, @Nullable String text, @Nullable String warning) {
    boolean isNew() {
      return text == null;
    }

    String textOrEmpty() {
      return text == null ? "" : text;
    }

    /** Only the path: the text holds other people's tokens. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  private Planner(
      KubeconfigChange change, @Nullable PluginEntry entry, Predicate<String> isLauncher) {
    this.change = change;
    this.isLauncher = isLauncher;
    this.entry = entry;
  }

  /**
   * Plans a change of EKS clusters.
   *
   * @param isLauncher whether a command is a path to this program
   */
  public static Planner of(KubeconfigChange change, Predicate<String> isLauncher) {
    return new Planner(change, null, isLauncher);
  }

  /** Plans to merge a plugin's entry. */
  public static Planner of(PluginEntry entry) {
    KubeconfigChange nothing =
        KubeconfigChange.adding(
            KubeconfigTarget.standard(), List.of(), UpdateMode.MERGE, CurrentContext.NEVER);
    return new Planner(nothing, entry, command -> false);
  }

  /** Whether the change removes entries. */
  private boolean removes() {
    return !change.removals().isEmpty();
  }

  /** The mode of a new file. */
  public FileMode mode() {
    return change.target().mode();
  }

  /**
   * Plans the change.
   *
   * @param sources the files, in the order of precedence; at least one
   * @throws BrokenFileException if one of them isn't a kubeconfig, or can't be changed
   */
  public KubeconfigPlan plan(List<Source> sources) throws BrokenFileException {
    List<KubeconfigDocument> files = new ArrayList<>();
    for (Source source : sources) {
      files.add(new KubeconfigDocument(source));
    }
    MergedView view = new MergedView(files);
    String before = view.currentContext();
    List<String> warnings = new ArrayList<>();
    if (removes()) {
      new RemoveClusters(view, files).remove(change.removals(), List.of());
      view = changed(files);
    }
    OutdatedContexts outdated = new OutdatedContexts(view, change.configured(), change.clusters());
    List<AddClusters.Names> names = List.of();
    if (!change.clusters().isEmpty()) {
      names =
          new AddClusters(view, change.update(), outdated, warnings, isLauncher)
              .add(change.clusters(), change.contextSwitch());
    } else {
      warnings.addAll(outdated.others());
    }
    if (!outdated.names().isEmpty()) {
      view = changed(files);
      new RemoveClusters(view, files).remove(List.of(), outdated.names());
    }
    if (entry != null) {
      new MergeEntry(view).merge(entry);
    }
    for (ExecReplacement replacement : change.replacements()) {
      replace(view.get(Kind.USER, replacement.user()), replacement);
    }
    String after = view.currentContext();
    List<Access> accesses = new ArrayList<>();
    for (AddClusters.Names each : names) {
      accesses.add(
          new Access(
              each.access().arn(),
              each.access().identity(),
              each.cluster(),
              each.context(),
              each.user(),
              each.context().equals(after)));
    }
    return new KubeconfigPlan(changes(files, warnings), accesses, before, after, warnings);
  }

  private static void replace(@Nullable Entry user, ExecReplacement replacement)
      throws BrokenFileException {
    if (user != null && replacement.before().equals(ExecArguments.read(user))) {
      YamlNode.Mapping body = user.body();
      YamlNode.Pair pair = Objects.requireNonNull(body.pair("exec"), "it was read");
      user.file().editor().replace(body, pair, DesiredEntries.exec(replacement.after()));
      user.file().note(Action.CHANGE, Kind.USER, user.name, List.of("exec"));
    }
  }

  /** The files after their changes so far, for further ones. */
  private static MergedView changed(List<KubeconfigDocument> files) throws BrokenFileException {
    for (int i = 0; i < files.size(); i++) {
      files.set(i, files.get(i).changed());
    }
    return new MergedView(files);
  }

  private List<FileChange> changes(List<KubeconfigDocument> files, List<String> warnings)
      throws BrokenFileException {
    List<FileChange> changes = new ArrayList<>();
    for (KubeconfigDocument file : files) {
      Source source = file.source();
      String text = file.finish();
      if (!text.equals(source.textOrEmpty())) {
        changes.add(new FileChange(source.path(), source.isNew(), file.changes(), Secret.of(text)));
        if (source.warning() != null) {
          warnings.add(source.warning());
        }
      }
    }
    // A context is written after the entries that it refers to, and removed before them.
    boolean adding = entry != null || !change.clusters().isEmpty();
    changes.sort(Comparator.comparing(file -> refers(file) == adding));
    return changes;
  }

  private static boolean refers(FileChange file) {
    return file.changes().stream()
        .map(EntryChange::kind)
        .anyMatch(kind -> kind == Kind.CONTEXT || kind == Kind.CURRENT_CONTEXT);
  }
}
