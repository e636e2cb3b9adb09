package dev.atmos.auth.list;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be shown of an inventory.
 *
 * @param inventory all that is configured
 * @param parts the parts that were asked for
 * @param selected the entries that were asked for, in the configuration's order
 */
record Listing(Inventory inventory, Set<Part> parts, List<Entry> selected) {

  /** Copies both. */
  Listing {
    parts = EnumSet.copyOf(parts);
    selected = List.copyOf(selected);
  }

  /** The entries of a part that were asked for. */
  List<Entry> selected(Part part) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : selected) {
      if (entry.part() == part) {
        found.add(entry);
      }
    }
    return found;
  }

  /** Those that were asked for and, to show where they hang, all that leads to them. */
  List<Entry> withTheirWay() {
    Set<Entry> wanted = new HashSet<>();
    for (Entry entry : selected) {
      Optional<Entry> at = Optional.of(entry);
      while (at.isPresent() && wanted.add(at.get())) {
        at = inventory.target(at.get());
      }
    }
    List<Entry> ordered = new ArrayList<>(inventory.all());
    ordered.retainAll(wanted);
    return ordered;
  }
}
