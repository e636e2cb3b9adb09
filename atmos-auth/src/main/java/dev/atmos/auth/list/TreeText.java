package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.services.config.ConfigText;
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

  private final AuthGraph graph;
  private final Set<AuthEntry> shown;
  private final Set<AuthEntry> printed = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private TreeText(Listing listing) {
    this.graph = listing.graph();
    this.shown = new LinkedHashSet<>(listing.withTheirWay());
  }

  static String of(Listing listing) {
    TreeText tree = new TreeText(listing);
    List<AuthEntry> providers = new ArrayList<>();
    List<AuthEntry> standing = new ArrayList<>();
    List<AuthEntry> broken = new ArrayList<>();
    List<AuthEntry> unbound = new ArrayList<>();
    Set<AuthEntry> circles = new HashSet<>();
    for (AuthEntry entry : tree.shown) {
      ResolvedVia link = entry.link();
      switch (entry.part()) {
        case PROVIDERS -> providers.add(entry);
        case IDENTITIES -> {
          if (link == null) {
            standing.add(entry);
          } else if (link.state() == ResolvedVia.State.CIRCULAR) {
            // The first of each circle is where it is cut open.
            if (circles.add(entry)) {
              broken.add(entry);
              tree.goRound(entry, circles);
            }
          } else if (!link.leads()) {
            broken.add(entry);
          }
        }
        case INTEGRATIONS -> {
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

  private void goRound(AuthEntry start, Set<AuthEntry> circles) {
    AuthEntry at = start;
    do {
      circles.add(at);
      at = at.target().orElse(start);
    } while (!at.equals(start));
  }

  private void group(String title, List<AuthEntry> roots) {
    if (roots.isEmpty()) {
      return;
    }
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
    printed.addAll(roots);
    branches(roots, "");
  }

  private void branches(List<AuthEntry> entries, String indent) {
    for (int i = 0; i < entries.size(); i++) {
      AuthEntry entry = entries.get(i);
      boolean last = i == entries.size() - 1;
      List<AuthEntry> below = new ArrayList<>();
      for (AuthEntry child : graph.behind(entry)) {
        if (shown.contains(child) && printed.add(child)) {
          below.add(child);
        }
      }
      text.append(indent).append(last ? "└── " : "├── ").append(title(entry)).append('\n');
      String inner = indent + (last ? GAP : STEM);
      String margin = inner + (below.isEmpty() ? GAP : STEM);
      for (DetailRows.Row row : DetailRows.of(entry)) {
        row(margin, row.label(), row.value());
      }
      for (String problem : entry.problems()) {
        row(margin, "problem", problem);
      }
      branches(below, inner);
    }
  }

  private void row(String margin, String label, String value) {
    text.append(margin).append(label).append(": ").append(TerminalText.line(value)).append('\n');
  }

  private static String title(AuthEntry entry) {
    StringBuilder title = new StringBuilder(TerminalText.line(entry.name())).append(" (");
    if (entry.part() == AuthPart.INTEGRATIONS) {
      title.append("integration ");
    }
    String kind = TerminalText.line(entry.kind());
    title.append(kind.isEmpty() ? "no kind" : kind).append(')');
    title.append(entry.isDefault() ? " [default]" : "");
    ConfigText alias = entry.alias();
    if (alias != null) {
      title.append(" [alias: ").append(TerminalText.line(alias.text())).append(']');
    }
    return title.toString();
  }
}
