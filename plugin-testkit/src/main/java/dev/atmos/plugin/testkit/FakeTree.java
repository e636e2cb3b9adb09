package dev.atmos.plugin.testkit;

import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as YAML, so that each value of a {@link FakeDefinition} has the position that it
 * would have in a file.
 */
final class FakeTree {

  /**
   * A value of the tree.
   *
   * @param key where its key begins; where it begins itself, if it has none
   * @param position where it begins
   * @param value a text, a {@code Map<String, Node>}, a {@code List<Node>}, or null
   */
  record Node(Position key, Position position, @Nullable Object value) {

    /** What messages call it. */
    String describe() {
      return value instanceof Map ? "a mapping" : value instanceof List ? "a list" : "a text";
    }

    @SuppressWarnings("unchecked")
    @Nullable Map<String, Node> map() {
      return value instanceof Map ? (Map<String, Node>) value : null;
    }

    @SuppressWarnings("unchecked")
    @Nullable List<Node> list() {
      return value instanceof List ? (List<Node>) value : null;
    }

    /** Adds all texts in it, by their paths below the path that leads to it. */
    void addTexts(Map<String, String> texts, String path) {
      Map<String, Node> map = map();
      List<Node> list = list();
      if (map != null) {
        map.forEach((key, below) -> below.addTexts(texts, path + "." + key));
      } else if (list != null) {
        for (int i = 0; i < list.size(); i++) {
          list.get(i).addTexts(texts, path + "[" + i + "]");
        }
      } else if (value instanceof String text) {
        texts.put(path, text);
      }
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final Source source;
  private int line = 1;
  private int column = 1;

  private FakeTree(Source source) {
    this.source = source;
  }

  /** The root of a file of that name, which holds that tree. */
  static Node of(String file, Map<String, ?> tree) {
    FakeTree draft = new FakeTree(new Source(file, ""));
    draft.write(tree, 0);
    return new FakeTree(new Source(file, draft.text.toString())).write(tree, 0);
  }

  private Node write(Map<?, ?> map, int indent) {
    Position start = here();
    Map<String, Node> nodes = new LinkedHashMap<>();
    map.forEach((name, value) -> {
      indent(indent);
      Position key = here();
      put(quotedKey(name.toString()) + ":");
      Node node = value(value, indent + 2, " ");
      nodes.put(name.toString(), new Node(key, node.position(), node.value()));
    });
    return new Node(start, start, nodes);
  }

  private Node write(List<?> list, int indent) {
    indent(indent);
    Position start = here();
    List<Node> nodes = new ArrayList<>();
    for (Object item : list) {
      indent(indent);
      put("- ");
      nodes.add(value(item, indent + 2, ""));
    }
    return new Node(start, start, nodes);
  }

  /** Writes a value after its key or its dash, and ends the line. */
  private Node value(@Nullable Object value, int indent, String blank) {
    boolean inList = blank.isEmpty();
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      startBlock(indent, inList);
      return write(map, indent);
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      startBlock(indent, inList);
      return write(list, indent);
    }
    put(blank);
    Position start = here();
    Object kept;
    if (value instanceof Map) {
      put("{}");
      kept = Map.of();
    } else if (value instanceof List) {
      put("[]");
      kept = List.of();
    } else if (value == null) {
      put("~");
      kept = null;
    } else {
      kept = value.toString();
      put(quoted(value.toString()));
    }
    endLine();
    return new Node(start, start, kept);
  }

  private void startBlock(int indent, boolean inList) {
    if (!inList) {
      endLine();
      indent(indent);
    }
  }

  private Position here() {
    return new Position(source, line, column);
  }

  private void indent(int width) {
    if (column <= width) {
      put(" ".repeat(width + 1 - column));
    }
  }

  private void put(String part) {
    text.append(part);
    column += part.codePointCount(0, part.length());
  }

  private void endLine() {
    text.append('\n');
    line++;
    column = 1;
  }

  private static String quotedKey(String key) {
    return key.matches("[A-Za-z_][A-Za-z0-9_./-]*") ? key : quoted(key);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
