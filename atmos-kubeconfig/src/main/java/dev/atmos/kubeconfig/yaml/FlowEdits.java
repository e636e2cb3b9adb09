package dev.atmos.kubeconfig.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to and removes from lists and mappings in brackets and braces. */
final class FlowEdits {
  private final String text;
  private final LineIndex lines;
  private final YamlStyle style;
  private final TextSplices splices;
  private final Set<YamlNode.Container<?>> shrunk = new HashSet<>();
  private final Set<YamlPart> removed = new HashSet<>();

  FlowEdits(YamlDocument document, YamlStyle style, TextSplices splices) {
    this.text = document.text();
    this.lines = document.lines();
    this.style = style;
    this.splices = splices;
  }

  /**
   * Writes a part at the end, to which it has been added.
   *
   * @param last the last part in the text; null if there is none
   */
  void insert(YamlNode.Container<?> container, @Nullable YamlPart last, YamlPart part) {
    YamlNode neighbour = last == null ? container : last.first();
    int line = lines.startOf(neighbour.place);
    boolean first = last == null && container.parts.size() == 1;
    boolean ownLine =
        last == null
            ? style.spacious()
            : text.substring(line, neighbour.place).isBlank() && line > container.start;
    int place =
        last == null
            ? text.indexOf(container.brackets.charAt(0), container.start) + 1
            : last.last().end;
    int column = lines.indentOf(neighbour.place) + (last == null ? style.step() : 0);
    String before = first ? "" : ",";
    String between = ownLine ? style.newline() + " ".repeat(column) : first ? "" : style.space();
    splices.replace(
        place,
        place,
        container.depth,
        () -> before + between + new YamlNodeWriter(style).flowPart(part, column));
    // Of several parts that are added to an empty container, the first ends the bracket's line.
    if (first && ownLine) {
      String after = style.newline() + " ".repeat(lines.indentOf(container.start));
      splices.replace(place, place, container.depth - 1, () -> after);
    }
  }

  /** Marks a part to be removed. It stays in the tree until {@link #finish}. */
  void remove(YamlNode.Container<?> container, YamlPart part) {
    shrunk.add(container);
    removed.add(part);
  }

  /** Drops what is marked in a node that is removed or replaced as a whole. */
  void forget(YamlNode container) {
    shrunk.remove(container);
  }

  boolean isRemoved(YamlPart part) {
    return removed.contains(part);
  }

  boolean isEmptied(YamlNode.Sequence list) {
    return shrunk.contains(list) && removed.containsAll(list.parts);
  }

  /** Removes the marked parts. */
  void finish() {
    shrunk.forEach(this::shrink);
  }

  private void shrink(YamlNode.Container<?> container) {
    List<YamlPart> parts = new ArrayList<>(container.parts);
    container.parts.removeAll(removed);
    boolean kept = false;
    for (int i = 0; i < parts.size(); i++) {
      YamlPart part = parts.get(i);
      int start = part.first().start;
      int end = part.last().end;
      if (!removed.contains(part)) {
        kept = true;
      } else if (kept) {
        splices.replace(parts.get(i - 1).last().end, end, container.depth, () -> "");
      } else {
        int next = i + 1 < parts.size() ? parts.get(i + 1).first().start : end;
        splices.replace(start, next, container.depth, () -> "");
      }
    }
  }
}
