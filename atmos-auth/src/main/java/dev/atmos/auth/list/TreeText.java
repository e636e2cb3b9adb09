package dev.atmos.auth.list;

import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.Located;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The listing as trees: whoever gets credentials from another stands below that other. */
final class TreeText {
  private static final String STEM = "│   ";
  private static final String GAP = "    ";

  private final Inventory inventory;
  private final Set<Entry> shown;
  private final Set<Entry> printed = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private TreeText(Listing listing) {
    this.inventory = listing.inventory();
    this.shown = new LinkedHashSet<>(listing.withTheirWay());
  }

  static String of(Listing listing) {
    TreeText tree = new TreeText(listing);
    List<Entry> providers = new ArrayList<>();
    List<Entry> standing = new ArrayList<>();
    List<Entry> broken = new ArrayList<>();
    List<Entry> unbound = new ArrayList<>();
    Set<Entry> circles = new HashSet<>();
    for (Entry entry : tree.shown) {
      Link link = entry.link();
      switch (entry.definition()) {
        case ProviderDefinition ignored -> providers.add(entry);
        case IdentityDefinition ignored -> {
          if (link == null) {
            standing.add(entry);
          } else if (link.state() == Link.State.CIRCULAR) {
            // The first of each circle is where it is cut open.
            if (circles.add(entry)) {
              broken.add(entry);
              tree.goRound(entry, circles);
            }
          } else if (!link.leads()) {
            broken.add(entry);
          }
        }
        case IntegrationDefinition ignored -> {
          if (link == null || !link.leads()) {
            unbound.add(entry);
          }
        }
      }
    }
    // Before anything else is, so that nobody prints them a second time.
    tree.printed.addAll(broken);
    tree.group("Providers", providers);
    tree.group("Identities without a provider", standing);
    tree.group("Broken links", broken);
    tree.group("Integrations without an identity", unbound);
    return tree.text.toString();
  }

  private void goRound(Entry start, Set<Entry> circles) {
    Entry at = start;
    do {
      circles.add(at);
      at = inventory.target(at).orElse(start);
    } while (!at.equals(start));
  }

  private void group(String title, List<Entry> roots) {
    if (roots.isEmpty()) {
      return;
    }
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
    printed.addAll(roots);
    branches(roots, "");
  }

  private void branches(List<Entry> entries, String indent) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean last = i == entries.size() - 1;
      List<Entry> below = new ArrayList<>();
      for (Entry child : inventory.behind(entry)) {
        if (shown.contains(child) && printed.add(child)) {
          below.add(child);
        }
      }
      text.append(indent).append(last ? "└── " : "├── ").append(title(entry)).append('\n');
      String inner = indent + (last ? GAP : STEM);
      String margin = inner + (below.isEmpty() ? GAP : STEM);
      for (Facts.Fact fact : Facts.of(entry.definition())) {
        fact(margin, fact.label(), fact.value());
      }
      for (String problem : entry.problems()) {
        fact(margin, "problem", problem);
      }
      branches(below, inner);
    }
  }

  private void fact(String margin, String label, String value) {
    text.append(margin).append(label).append(": ").append(TerminalText.line(value)).append('\n');
  }

  private static String title(Entry entry) {
    Definition definition = entry.definition();
    StringBuilder title = new StringBuilder(TerminalText.line(entry.name())).append(" (");
    if (entry.part() == Part.INTEGRATIONS) {
      title.append("integration ");
    }
    String kind = TerminalText.line(definition.kind());
    title.append(kind.isEmpty() ? "no kind" : kind).append(')');
    if (definition instanceof ProviderDefinition provider && provider.isDefault()) {
      title.append(" [default]");
    }
    if (definition instanceof IdentityDefinition identity) {
      title.append(identity.isDefault() ? " [default]" : "");
      Located alias = identity.alias();
      if (alias != null) {
        title.append(" [alias: ").append(TerminalText.line(alias.text())).append(']');
      }
    }
    return title.toString();
  }
}
