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

/** The listing as trees: each entry stands below the one that it gets its credentials from. */
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
    return new TreeText(listing).text();
  }

  private String text() {
    List<AuthEntry> providers = new ArrayList<>();
    List<AuthEntry> identities = new ArrayList<>();
    List<AuthEntry> broken = new ArrayList<>();
    List<AuthEntry> integrations = new ArrayList<>();
    Set<AuthEntry> circles = new HashSet<>();
    for (AuthEntry entry : shown) {
      ResolvedVia link = entry.link();
      if (link != null && link.state() == ResolvedVia.State.CIRCULAR) {
        // A circle is cut open before its first entry.
        if (circles.add(entry)) {
          broken.add(entry);
          goRound(entry, circles);
        }
      } else if (link == null || !link.leads()) {
        switch (entry.part()) {
          case PROVIDERS -> providers.add(entry);
          case IDENTITIES -> (link == null ? identities : broken).add(entry);
          case INTEGRATIONS -> integrations.add(entry);
        }
      }
    }
    // These are not to be printed below another entry of their circle.
    printed.addAll(broken);
    group("Providers", providers);
    group("Identities without a provider", identities);
    group("Broken links", broken);
    group("Integrations without an identity", integrations);
    return text.toString();
  }

  private static void goRound(AuthEntry start, Set<AuthEntry> circles) {
    AuthEntry at = start;
    do {
      circles.add(at);
      at = at.target().orElse(start);
    } while (!at.equals(start));
  }

  private void group(String title, List<AuthEntry> roots) {
    if (!roots.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
      branches(roots, "");
    }
  }

  private void branches(List<AuthEntry> entries, String indent) {
    for (AuthEntry entry : entries) {
      boolean last = entry == entries.getLast();
      List<AuthEntry> below =
          graph.behind(entry).stream()
              .filter(child -> shown.contains(child) && printed.add(child))
              .toList();
      text.append(indent).append(last ? "└── " : "├── ").append(title(entry)).append('\n');
      String inner = indent + (last ? GAP : STEM);
      String margin = inner + (below.isEmpty() ? GAP : STEM);
      ShownFields.forEach(entry, (label, value) -> row(margin, label, value));
      if (!entry.deferred().isEmpty()) {
        row(margin, "made when used", String.join(", ", entry.deferred()));
      }
      entry.problems().forEach(problem -> row(margin, "problem", problem));
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
    title.append(entry.kind().isEmpty() ? "no kind" : TerminalText.line(entry.kind())).append(')');
    title.append(entry.isDefault() ? " [default]" : "");
    ConfigText alias = entry.alias();
    if (alias != null) {
      title.append(" [alias: ").append(TerminalText.line(alias.shown())).append(']');
    }
    return title.toString();
  }
}
