package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be shown of an graph.
 *
 * @param graph all that is configured
 * @param parts the parts that were asked for
 * @param selected the entries that were asked for, in the configuration's order
 */
public record Listing(AuthGraph graph, Set<AuthPart> parts, List<AuthEntry> selected) {

  /** Copies both. */
  public Listing {
    parts = EnumSet.copyOf(parts);
    selected = List.copyOf(selected);
  }

  /** The entries of a part that were asked for. */
  List<AuthEntry> selected(AuthPart part) {
    List<AuthEntry> found = new ArrayList<>();
    for (AuthEntry entry : selected) {
      if (entry.part() == part) {
        found.add(entry);
      }
    }
    return found;
  }

  /** Those that were asked for and, to show where they hang, all that leads to them. */
  List<AuthEntry> withTheirWay() {
    Set<AuthEntry> wanted = new HashSet<>();
    for (AuthEntry entry : selected) {
      Optional<AuthEntry> at = Optional.of(entry);
      while (at.isPresent() && wanted.add(at.get())) {
        at = at.get().target();
      }
    }
    List<AuthEntry> ordered = new ArrayList<>(graph.all());
    ordered.retainAll(wanted);
    return ordered;
  }
}
