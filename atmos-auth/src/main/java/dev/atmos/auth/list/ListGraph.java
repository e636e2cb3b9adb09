package dev.atmos.auth.list;

import static java.util.stream.Collectors.joining;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The listing as nodes and arrows, which point the way that credentials go.
 *
 * @param nodes in the configuration's order, those that aren't configured last
 * @param edges each between two of the nodes
 */
record ListGraph(List<Node> nodes, List<Edge> edges) {

  /** What a node stands for, with its brackets in Mermaid and its attributes in Graphviz. */
  enum Role {
    PROVIDER("([", "])", ", style=rounded"),
    IDENTITY("[", "]", ""),
    INTEGRATION("[[", "]]", ", shape=component"),
    /** A link leads to it, and it isn't configured. */
    MISSING("{{", "}}", ", style=dashed");

    private final String open;
    private final String close;
    private final String attributes;

    Role(String open, String close, String attributes) {
      this.open = open;
      this.close = close;
      this.attributes = attributes;
    }
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
   * @param fault the fault of the link; null if it is sound
   */
  record Edge(String from, String to, @Nullable String fault) {}

  static ListGraph of(Listing listing) {
    Map<AuthEntry, Node> nodes = new LinkedHashMap<>();
    for (AuthEntry entry : listing.withTheirWay()) {
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
    nodes.forEach((entry, node) -> {
      ResolvedVia link = entry.link();
      if (link != null) {
        String from = entry.target().map(nodes::get).orElseGet(() -> missing(link, missing)).id();
        boolean sound = link.state() == ResolvedVia.State.SOUND;
        edges.add(new Edge(from, node.id(), sound ? null : link.state().word()));
      }
    });
    List<Node> all = new ArrayList<>(nodes.values());
    all.addAll(missing.values());
    return new ListGraph(all, edges);
  }

  /** The node of what a link names without leading to it, one for each name. */
  private static Node missing(ResolvedVia link, Map<String, Node> missing) {
    String name = TerminalText.line(link.via().name());
    return missing.computeIfAbsent(
        link.via().part().singular() + " " + link.via().name(),
        _ ->
            new Node(
                "missing" + (missing.size() + 1),
                Role.MISSING,
                List.of(name, link.state().word())));
  }

  private static List<String> label(AuthEntry entry) {
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(entry.name()));
    lines.add(entry.kind().isEmpty() ? "no kind" : TerminalText.line(entry.kind()));
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
      String label = node.lines.stream().map(ListGraph::mermaid).collect(joining("<br/>"));
      text.append("    ").append(node.id).append(node.role.open);
      text.append('"').append(label).append('"').append(node.role.close).append('\n');
    }
    for (Edge edge : edges) {
      String arrow = edge.fault == null ? " --> " : " -.->|" + edge.fault + "| ";
      text.append("    ").append(edge.from).append(arrow).append(edge.to).append('\n');
    }
    return text.toString();
  }

  /** Everything in ASCII but letters, digits and a few harmless characters, as an entity. */
  private static String mermaid(String line) {
    return Pattern.compile("[\\x00-\\x7F&&[^0-9a-zA-Z /\\-.:@,]]")
        .matcher(line)
        .replaceAll(special -> "#" + special.group().codePointAt(0) + ";");
  }

  /**
   * For Graphviz.
   *
   * @see <a href="https://graphviz.org/doc/info/lang.html">The DOT language</a>
   */
  String graphviz() {
    StringBuilder text = new StringBuilder("digraph auth {\n  rankdir=LR;\n  node [shape=box];\n");
    for (Node node : nodes) {
      String label = node.lines.stream().map(ListGraph::graphviz).collect(joining("\\n"));
      text.append("  ").append(node.id).append(" [label=\"").append(label).append('"');
      text.append(node.role.attributes).append("];\n");
    }
    for (Edge edge : edges) {
      String label = edge.fault == null ? "" : " [label=\"" + edge.fault + "\", style=dashed]";
      text.append("  ").append(edge.from).append(" -> ").append(edge.to).append(label);
      text.append(";\n");
    }
    return text.append("}\n").toString();
  }

  /** Backslashes begin escapes of labels, and ampersands entities of HTML. */
  private static String graphviz(String line) {
    return line.replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
  }
}
