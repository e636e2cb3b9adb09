package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.text.yaml.YamlScalars;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Switches the current context, and records in the contexts what was there before them, so that a
 * removal can restore it.
 */
final class CurrentContextUpdate {
  private static final int LONGEST_CHAIN = 1000;

  private final MergedView view;
  private final PendingEdits edits;
  private final UpdateMode update;
  private final EntryWriter writer;

  CurrentContextUpdate(MergedView view, PendingEdits edits, UpdateMode update, EntryWriter writer) {
    this.view = view;
    this.edits = edits;
    this.update = update;
    this.writer = writer;
  }

  /**
   * Switches to the context of the first cluster if the mode says so.
   *
   * @param newContexts the contexts that didn't exist before
   */
  void apply(CurrentContext mode, List<AddClusters.Names> names, List<Entry> newContexts)
      throws BrokenFileException {
    String first = names.get(0).context();
    Entry switched = null;
    String previous = null;
    OriginalHeader before = new OriginalHeader();
    if (isSwitched(first, mode)) {
      previous = switchTo(first, before);
      switched = view.context(first);
    } else {
      clarify(names);
    }
    for (Entry context : newContexts) {
      boolean current = context == switched;
      recordIn(context, current ? previous : null, current ? before : new OriginalHeader());
    }
    if (switched != null && !newContexts.contains(switched)) {
      recordAgain(switched, previous, before);
    }
  }

  private boolean isSwitched(String context, CurrentContext mode) {
    String current = view.currentContext();
    boolean wanted =
        mode == CurrentContext.ALWAYS || (mode == CurrentContext.IF_UNSET && current == null);
    return wanted && !context.equals(current);
  }

  /** Every reader must take the name of our context for a text where it is the current one. */
  private void clarify(List<AddClusters.Names> names) throws BrokenFileException {
    KubeconfigDocument file = view.standard();
    for (AddClusters.Names each : names) {
      if (each.context().equals(file.currentContext()) && file.clarifyCurrentContext()) {
        edits.add(file, Action.CHANGE, Kind.CURRENT_CONTEXT, each.context(), List.of());
      }
    }
  }

  /**
   * Switches.
   *
   * @param before gets what stood in the file
   * @return the context that was current before, if it exists
   */
  private @Nullable String switchTo(String context, OriginalHeader before)
      throws BrokenFileException {
    String current = view.currentContext();
    KubeconfigDocument file = view.standard();
    OriginalHeader head = new OriginalHeader();
    file.setCurrentContext(context, head);
    edits.add(file, Action.CHANGE, Kind.CURRENT_CONTEXT, context, List.of());
    String gap = Objects.requireNonNull(head.get(KubeconfigDocument.CURRENT_CONTEXT));
    head.forget(KubeconfigDocument.CURRENT_CONTEXT);
    writer.header(file).addMissing(head);
    boolean exists = current != null && view.context(current) != null;
    if (!exists || !gap.equals(" " + YamlScalars.write(Objects.requireNonNull(current)))) {
      before.put(KubeconfigDocument.CURRENT_CONTEXT, gap);
    }
    return exists ? current : null;
  }

  private void recordIn(Entry context, @Nullable String previous, OriginalHeader before)
      throws BrokenFileException {
    KubeconfigDocument file = context.file();
    OriginalHeader header = new OriginalHeader();
    if (!file.isCreated()) {
      header.addMissing(before);
      header.addMissing(writer.header(file));
      header.addMissing(known(file));
    }
    var _ =
        ManagedMarker.record(
            file.editor(), Objects.requireNonNull(context.body()), previous, header);
  }

  /** What our other contexts have recorded about the lists of a file. */
  private static OriginalHeader known(KubeconfigDocument file) {
    OriginalHeader known = new OriginalHeader();
    for (Entry context : file.entries(Kind.CONTEXT).values()) {
      ManagedMarker marker = ManagedMarker.read(context.body());
      if (marker != null) {
        known.addMissing(marker.header());
      }
    }
    known.forget(KubeconfigDocument.CURRENT_CONTEXT);
    return known;
  }

  /** Updates the record of a context of ours that becomes the current one again. */
  private void recordAgain(Entry context, @Nullable String previous, OriginalHeader before)
      throws BrokenFileException {
    ManagedMarker marker = ManagedMarker.read(context.body());
    if (marker == null || update == UpdateMode.ERROR || leadsBack(previous, context.name)) {
      return;
    }
    String gap =
        context.file() == view.standard() ? before.get(KubeconfigDocument.CURRENT_CONTEXT) : null;
    OriginalHeader header = marker.header().withCurrentContext(gap);
    if (ManagedMarker.record(
        context.file().editor(), Objects.requireNonNull(context.body()), previous, header)) {
      edits.add(context.file(), Action.CHANGE, Kind.CONTEXT, context.name, List.of("extensions"));
    }
  }

  /** Whether the contexts before a context lead back to itself. */
  private boolean leadsBack(@Nullable String previous, String context) {
    String at = previous;
    for (int steps = 0; at != null && steps < LONGEST_CHAIN; steps++) {
      if (at.equals(context)) {
        return true;
      }
      Entry entry = view.context(at);
      ManagedMarker marker = entry == null ? null : ManagedMarker.read(entry.body());
      at = marker == null ? null : marker.previous();
    }
    return at != null;
  }
}
