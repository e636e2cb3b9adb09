package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Access;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans a change by the contents of the files. Reads and writes no file itself. */
public final class Planner {
  private final KubeconfigChange change;
  private final @Nullable PluginEntry entry;

  /**
   * A file before the change.
   *
   * @param text its content; null if it doesn't exist
   * @param warning what the user should know about the file if it is changed
   */
  public record Source(Path path, @Nullable String text, @Nullable String warning) {

    /** Only the path: the text holds other people's tokens. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  private Planner(KubeconfigChange change, @Nullable PluginEntry entry) {
    this.change = change;
    this.entry = entry;
  }

  /** Plans a change of EKS clusters. */
  public static Planner of(KubeconfigChange change) {
    return new Planner(change, null);
  }

  /** Plans to merge a plugin's entry. */
  public static Planner of(PluginEntry entry) {
    KubeconfigChange nothing =
        KubeconfigChange.adding(
            KubeconfigTarget.standard(), List.of(), UpdateMode.MERGE, CurrentContext.NEVER);
    return new Planner(nothing, entry);
  }

  /** Whether the change removes entries. */
  public boolean removes() {
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
    return new Run(sources).plan();
  }

  /** One planning on the contents of files. */
  private final class Run {
    private final List<Source> sources;
    private final List<String> texts = new ArrayList<>();
    private final List<List<EntryChange>> changes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Run(List<Source> sources) {
      this.sources = sources;
      for (Source source : sources) {
        texts.add(source.text() == null ? "" : source.text());
        changes.add(new ArrayList<>());
      }
    }

    KubeconfigPlan plan() throws BrokenFileException {
      List<KubeconfigDocument> files = parse();
      MergedView view = view(files);
      String before = view.currentContext();
      if (removes()) {
        PendingEdits edits = new PendingEdits();
        new RemoveClusters(view, files, edits).remove(change.removals());
        if (finish(files, edits) && !change.clusters().isEmpty()) {
          files = parse();
          view = view(files);
        }
      }
      PendingEdits edits = new PendingEdits();
      List<AddClusters.Names> names = List.of();
      if (!change.clusters().isEmpty()) {
        names =
            new AddClusters(view, edits, change.update(), warnings)
                .add(change.clusters(), change.contextSwitch());
      }
      if (entry != null) {
        new MergeEntry(view, edits).merge(entry);
      }
      var _ = finish(files, edits);
      return result(names, before, view.currentContext());
    }

    private List<KubeconfigDocument> parse() throws BrokenFileException {
      List<KubeconfigDocument> files = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        Source source = sources.get(i);
        files.add(
            KubeconfigDocument.parse(
                source.path().toString(), texts.get(i), source.text() == null));
      }
      return files;
    }

    /** New entries go into the first file that exists, or into the last if none does. */
    private MergedView view(List<KubeconfigDocument> files) {
      KubeconfigDocument standard = files.getLast();
      for (int i = files.size() - 1; i >= 0; i--) {
        standard = sources.get(i).text() == null ? standard : files.get(i);
      }
      return new MergedView(files, standard);
    }

    /** Makes the texts after a step; false if the step has changed nothing. */
    private boolean finish(List<KubeconfigDocument> files, PendingEdits edits)
        throws BrokenFileException {
      boolean changed = false;
      for (int i = 0; i < files.size(); i++) {
        List<EntryChange> each = edits.of(files.get(i));
        if (!each.isEmpty()) {
          texts.set(i, files.get(i).editor().finish());
          changes.get(i).addAll(each);
          changed = true;
        }
      }
      return changed;
    }

    private KubeconfigPlan result(
        List<AddClusters.Names> names, @Nullable String before, @Nullable String after) {
      List<FileChange> files = new ArrayList<>();
      List<FileChange> later = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        Source source = sources.get(i);
        if (!texts.get(i).equals(source.text() == null ? "" : source.text())) {
          if (source.warning() != null) {
            warnings.add(source.warning());
          }
          FileChange file =
              new FileChange(
                  source.path(), source.text() == null, changes.get(i), Secret.of(texts.get(i)));
          // A context is written after the entries that it refers to, and removed before them.
          boolean removing = change.clusters().isEmpty() && entry == null;
          (refers(file) == removing ? files : later).add(file);
        }
      }
      files.addAll(later);
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
      return new KubeconfigPlan(files, accesses, before, after, warnings);
    }
  }

  private static boolean refers(FileChange file) {
    for (EntryChange change : file.changes()) {
      if (change.kind() == Kind.CONTEXT || change.kind() == Kind.CURRENT_CONTEXT) {
        return true;
      }
    }
    return false;
  }
}
