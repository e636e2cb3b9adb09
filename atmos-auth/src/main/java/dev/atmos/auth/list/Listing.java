package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be shown of a graph.
 *
 * @param graph all that is configured
 * @param parts the parts that were asked for
 * @param selected the entries that were asked for, in the configuration's order
 * @param signIns how the sign-in of an entry stands; only of those of which something is known
 */
public record Listing(
    AuthGraph graph,
    Set<AuthPart> parts,
    List<AuthEntry> selected,
    Map<AuthEntry, String> signIns) {

  /** Copies all but the graph. */
  public Listing {
    parts = EnumSet.copyOf(parts);
    selected = List.copyOf(selected);
    signIns = Map.copyOf(signIns);
  }

  /** The entries of a part that were asked for. */
  List<AuthEntry> selected(AuthPart part) {
    return selected.stream().filter(entry -> entry.part() == part).toList();
  }

  /** The entries that were asked for, and all that lead to them. */
  List<AuthEntry> withTheirWay() {
    Set<AuthEntry> wanted = new HashSet<>();
    for (AuthEntry entry : selected) {
      Optional<AuthEntry> at = Optional.of(entry);
      while (at.isPresent() && wanted.add(at.get())) {
        at = at.get().target();
      }
    }
    return graph.all().stream().filter(wanted::contains).toList();
  }
}
