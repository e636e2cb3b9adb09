package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.text.yaml.YamlScalars;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Switches the current context, and records in the contexts what was there before them, so that a
 * removal can restore it.
 */
final class CurrentContextUpdate {
  private static final int LONGEST_CHAIN = 1000;

  private final MergedView view;
  private final UpdateMode update;

  CurrentContextUpdate(MergedView view, UpdateMode update) {
    this.view = view;
    this.update = update;
  }

  /**
   * Switches to the context of the first cluster if the mode says so.
   *
   * @param newContexts the contexts that didn't exist before
   */
  void apply(CurrentContext mode, List<AddClusters.Names> names, List<Entry> newContexts)
      throws BrokenFileException {
    String first = names.getFirst().context();
    Entry switched = null;
    String previous = null;
    String gap = null;
    if (isSwitched(first, mode)) {
      String current = view.currentContext();
      previous = view.get(Kind.CONTEXT, current) == null ? null : current;
      gap = view.standard().setCurrentContext(first);
      if (previous != null && gap.equals(" " + YamlScalars.write(previous))) {
        gap = null;
      }
      switched = view.get(Kind.CONTEXT, first);
    } else {
      // Every reader must take the name of our context for a text where it is the current one.
      for (AddClusters.Names each : names) {
        view.standard().clarifyCurrentContext(each.context());
      }
    }
    for (Entry context : newContexts) {
      boolean current = context == switched;
      recordIn(context, current ? previous : null, current ? gap : null);
    }
    if (switched != null && !newContexts.contains(switched)) {
      recordAgain(switched, previous, gap);
    }
  }

  private boolean isSwitched(String context, CurrentContext mode) {
    String current = view.currentContext();
    boolean wanted =
        mode == CurrentContext.ALWAYS || (mode == CurrentContext.IF_UNSET && current == null);
    return wanted && !context.equals(current);
  }

  private static void recordIn(Entry context, @Nullable String previous, @Nullable String gap)
      throws BrokenFileException {
    KubeconfigDocument file = context.file();
    OriginalHeader header = new OriginalHeader();
    if (!file.source().isNew()) {
      header.addMissing(file.header());
      header.addMissing(known(file));
      header = header.withCurrentContext(gap);
    }
    var _ = ManagedMarker.record(context, previous, header);
  }

  /** What our other contexts have recorded about the lists of a file. */
  private static OriginalHeader known(KubeconfigDocument file) {
    OriginalHeader known = new OriginalHeader();
    for (Entry context : file.entries(Kind.CONTEXT).values()) {
      ManagedMarker marker = context.marker();
      if (marker != null) {
        known.addMissing(marker.header());
      }
    }
    return known;
  }

  /** Updates the record of a context of ours that becomes the current one again. */
  private void recordAgain(Entry context, @Nullable String previous, @Nullable String gap)
      throws BrokenFileException {
    ManagedMarker marker = context.marker();
    if (marker != null && update != UpdateMode.ERROR && !leadsBack(previous, context.name)) {
      marker.recordAgain(context, previous, context.file() == view.standard() ? gap : null);
    }
  }

  /** Whether the contexts before a context lead back to itself. */
  private boolean leadsBack(@Nullable String previous, String context) {
    String at = previous;
    for (int steps = 0; at != null && steps < LONGEST_CHAIN; steps++) {
      if (at.equals(context)) {
        return true;
      }
      Entry entry = view.get(Kind.CONTEXT, at);
      ManagedMarker marker = entry == null ? null : entry.marker();
      at = marker == null ? null : marker.previous();
    }
    return at != null;
  }
}
