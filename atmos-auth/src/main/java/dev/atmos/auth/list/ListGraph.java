package dev.atmos.auth.list;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The listing as nodes and arrows, which point the way that credentials go.
 *
 * @param nodes in the configuration's order, those that aren't configured last
 * @param edges each between two of the nodes
 */
record ListGraph(List<Node> nodes, List<Edge> edges) {

  /** What a node stands for. */
  enum Role {
    PROVIDER,
    IDENTITY,
    INTEGRATION,
    /** A link leads to it, and it isn't there. */
    MISSING
  }

  /**
   * A node.
   *
   * @param id letters and digits, unlike any other node's
   * @param lines its label, of clean text
   */
  record Node(String id, Role role, List<String> lines) {}

  /**
   * An arrow.
   *
   * @param from the id of a node
   * @param to the id of a node
   * @param label what is wrong with it; null for nothing
   */
  record Edge(String from, String to, @Nullable String label) {}

  static ListGraph of(Listing listing) {
    List<AuthEntry> shown = listing.withTheirWay();
    Map<AuthEntry, Node> nodes = new LinkedHashMap<>();
    for (AuthEntry entry : shown) {
      Role role =
          switch (entry.part()) {
            case PROVIDERS -> Role.PROVIDER;
            case IDENTITIES -> Role.IDENTITY;
            case INTEGRATIONS -> Role.INTEGRATION;
          };
      String id = entry.part().singular() + (nodes.size() + 1);
      nodes.put(entry, new Node(id, role, label(entry)));
    }
    Map<String, Node> missing = new LinkedHashMap<>();
    List<Edge> edges = new ArrayList<>();
    for (Map.Entry<AuthEntry, Node> node : nodes.entrySet()) {
      ResolvedVia link = node.getKey().link();
      if (link == null) {
        continue;
      }
      Node from = node(node.getKey().target().orElse(null), nodes);
      if (from == null) {
        String said = link.via().part().singular() + " " + link.via().name();
        from = missing.get(said);
        if (from == null) {
          String id = "missing" + (missing.size() + 1);
          from =
              new Node(
                  id,
                  Role.MISSING,
                  List.of(TerminalText.line(link.via().name()), link.state().word()));
          missing.put(said, from);
        }
      }
      String label =
          link.leads() && link.state() == ResolvedVia.State.SOUND ? null : link.state().word();
      edges.add(new Edge(from.id(), node.getValue().id(), label));
    }
    List<Node> all = new ArrayList<>(nodes.values());
    all.addAll(missing.values());
    return new ListGraph(all, edges);
  }

  private static @Nullable Node node(@Nullable AuthEntry entry, Map<AuthEntry, Node> nodes) {
    return entry == null ? null : nodes.get(entry);
  }

  private static List<String> label(AuthEntry entry) {
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(entry.name()));
    String kind = TerminalText.line(entry.kind());
    lines.add(kind.isEmpty() ? "no kind" : kind);
    if (entry.isDefault()) {
      lines.add("default");
    }
    if (!entry.problems().isEmpty()) {
      lines.add(entry.isSupplied() || entry.kind().isEmpty() ? "broken" : "not supplied");
    }
    return lines;
  }

  /**
   * For Mermaid.
   *
   * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid's flowcharts</a>
   */
  String mermaid() {
    StringBuilder text = new StringBuilder("graph LR\n");
    for (Node node : nodes) {
      String open = "[\"";
      String close = "\"]";
      switch (node.role) {
        case PROVIDER -> {
          open = "([\"";
          close = "\"])";
        }
        case INTEGRATION -> {
          open = "[[\"";
          close = "\"]]";
        }
        case MISSING -> {
          open = "{{\"";
          close = "\"}}";
        }
        case IDENTITY -> {}
      }
      text.append("    ").append(node.id).append(open);
      for (int i = 0; i < node.lines.size(); i++) {
        text.append(i == 0 ? "" : "<br/>");
        mermaid(text, node.lines.get(i));
      }
      text.append(close).append('\n');
    }
    for (Edge edge : edges) {
      text.append("    ").append(edge.from).append(edge.label == null ? " -->" : " -.->");
      if (edge.label != null) {
        text.append('|').append(edge.label).append('|');
      }
      text.append(' ').append(edge.to).append('\n');
    }
    return text.toString();
  }

  /** Everything in ASCII but letters, digits and a few harmless ones, as Mermaid's entities. */
  private static void mermaid(StringBuilder text, String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean plain =
          c >= 0x80
              || (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || " /-.:@,".indexOf(c) >= 0;
      if (plain) {
        text.append(c);
      } else {
        text.append('#').append((int) c).append(';');
      }
    }
  }

  /**
   * For Graphviz.
   *
   * @see <a href="https://graphviz.org/doc/info/lang.html">The DOT language</a>
   */
  String graphviz() {
    StringBuilder text = new StringBuilder("digraph auth {\n  rankdir=LR;\n  node [shape=box];\n");
    for (Node node : nodes) {
      text.append("  ").append(node.id).append(" [label=\"");
      for (int i = 0; i < node.lines.size(); i++) {
        text.append(i == 0 ? "" : "\\n");
        graphviz(text, node.lines.get(i));
      }
      text.append('"');
      switch (node.role) {
        case PROVIDER -> text.append(", style=rounded");
        case INTEGRATION -> text.append(", shape=component");
        case MISSING -> text.append(", style=dashed");
        case IDENTITY -> {}
      }
      text.append("];\n");
    }
    for (Edge edge : edges) {
      text.append("  ").append(edge.from).append(" -> ").append(edge.to);
      if (edge.label != null) {
        text.append(" [label=\"").append(edge.label).append("\", style=dashed]");
      }
      text.append(";\n");
    }
    return text.append("}\n").toString();
  }

  /** Backslashes begin escapes of labels, and ampersands entities of HTML. */
  private static void graphviz(StringBuilder text, String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '&') {
        text.append("&amp;");
      } else {
        text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
  }
}
