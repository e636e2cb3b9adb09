package dev.atmos.kubeconfig;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Access;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a change, from what the files hold; touches no disk. */
final class Planner {
  private final List<Source> sources;
  private final List<String> texts = new ArrayList<>();
  private final List<List<EntryChange>> changes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * A file before the change.
   *
   * @param text what it holds; null where it isn't there
   * @param warning what the user should know about it if it is changed
   */
  record Source(Path path, @Nullable String text, @Nullable String warning) {

    /** The path alone: the text holds other people's tokens. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  private Planner(List<Source> sources) {
    this.sources = sources;
    for (Source source : sources) {
      texts.add(source.text() == null ? "" : source.text());
      changes.add(new ArrayList<>());
    }
  }

  /**
   * Plans a change.
   *
   * @param sources the files, in the order of precedence; at least one
   * @throws BrokenFileException if one of them isn't a kubeconfig, or can't be changed
   */
  static KubeconfigPlan plan(KubeconfigChange change, List<Source> sources)
      throws BrokenFileException {
    return new Planner(sources).plan(change);
  }

  private KubeconfigPlan plan(KubeconfigChange change) throws BrokenFileException {
    List<KubeFile> files = parse();
    Model model = model(files);
    String before = model.currentContext();
    if (!change.removals().isEmpty()) {
      Changes noted = new Changes();
      new Removal(model, files, noted).remove(change.removals());
      if (finish(files, noted) && !change.clusters().isEmpty()) {
        files = parse();
        model = model(files);
      }
    }
    List<Addition.Names> names = List.of();
    if (!change.clusters().isEmpty()) {
      Changes noted = new Changes();
      Addition addition = new Addition(model, noted, change.update(), warnings);
      names = addition.add(change.clusters(), change.contextSwitch());
      finish(files, noted);
    }
    return result(change, names, before, model.currentContext());
  }

  private List<KubeFile> parse() throws BrokenFileException {
    List<KubeFile> files = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Source source = sources.get(i);
      files.add(KubeFile.parse(source.path().toString(), texts.get(i), source.text() == null));
    }
    return files;
  }

  /** New entries go into the first file that exists; where none does, into the last. */
  private Model model(List<KubeFile> files) {
    KubeFile standard = files.get(files.size() - 1);
    for (int i = files.size() - 1; i >= 0; i--) {
      standard = sources.get(i).text() == null ? standard : files.get(i);
    }
    return new Model(files, standard);
  }

  /** Makes the texts after a step; false if it has changed nothing. */
  private boolean finish(List<KubeFile> files, Changes noted) throws BrokenFileException {
    boolean changed = false;
    for (int i = 0; i < files.size(); i++) {
      List<EntryChange> each = noted.of(files.get(i));
      if (!each.isEmpty()) {
        texts.set(i, files.get(i).edit().finish());
        changes.get(i).addAll(each);
        changed = true;
      }
    }
    return changed;
  }

  private KubeconfigPlan result(
      KubeconfigChange change,
      List<Addition.Names> names,
      @Nullable String before,
      @Nullable String after) {
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
        // What a context refers to is there before the context is, and goes after it.
        (refers(file) == change.clusters().isEmpty() ? files : later).add(file);
      }
    }
    files.addAll(later);
    List<Access> accesses = new ArrayList<>();
    for (Addition.Names each : names) {
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

  private static boolean refers(FileChange file) {
    for (EntryChange change : file.changes()) {
      if (change.kind() == Kind.CONTEXT || change.kind() == Kind.CURRENT_CONTEXT) {
        return true;
      }
    }
    return false;
  }
}
