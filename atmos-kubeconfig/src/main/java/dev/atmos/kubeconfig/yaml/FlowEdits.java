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
  private final NodeLocator locator;
  private final TextSplices splices;
  private final Set<YamlNode> shrunk = new HashSet<>();
  private final Set<Object> removed = new HashSet<>();

  /** Writes a new part, which begins at a column. */
  interface PartWriter {
    YamlNodeWriter write(int column);
  }

  FlowEdits(YamlDocument document, YamlStyle style, NodeLocator locator, TextSplices splices) {
    this.text = document.text();
    this.lines = document.lines();
    this.style = style;
    this.locator = locator;
    this.splices = splices;
  }

  /**
   * Adds a part at the end.
   *
   * @param lastEnd where the last part ends; null if there is none
   * @param last the last part
   */
  void insert(
      YamlNode container,
      @Nullable Integer lastEnd,
      @Nullable YamlNode last,
      char open,
      PartWriter writer) {
    boolean first = lastEnd == null && addedTo(container) == 0;
    int place = lastEnd == null ? text.indexOf(open, container.start) + 1 : lastEnd;
    int line = last == null ? 0 : lines.startOf(last.place);
    boolean ownLine =
        last != null && text.substring(line, last.place).isBlank() && line > container.start;
    boolean madeLines = last == null && style.spacious();
    int column =
        last != null
            ? locator.indentOf(last.place)
            : locator.indentOf(container.start) + style.step();
    String before = first ? "" : ",";
    String between =
        ownLine || madeLines ? style.newline() + " ".repeat(column) : first ? "" : style.space();
    splices.replace(place, place, container.depth, () -> before + between + writer.write(column));
    // Of several parts that are added to an empty container, the first ends the bracket's line.
    if (madeLines && first) {
      String after = style.newline() + " ".repeat(locator.indentOf(container.start));
      splices.replace(place, place, container.depth - 1, () -> after);
    }
  }

  private static int addedTo(YamlNode container) {
    int added = -1;
    if (container instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items) {
        added += item.hasPlace() ? 0 : 1;
      }
    } else if (container instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Pair pair : mapping.pairs) {
        added += pair.key.isWritten() ? 0 : 1;
      }
    }
    return added;
  }

  /** Marks a part to be removed. It stays in the tree until {@link #finish}. */
  void remove(YamlNode container, Object part) {
    shrunk.add(container);
    removed.add(part);
  }

  /** Drops what is marked in a node that is removed or replaced as a whole. */
  void forget(YamlNode container) {
    shrunk.remove(container);
  }

  boolean isShrunk(YamlNode container) {
    return shrunk.contains(container);
  }

  boolean isEmptied(YamlNode.Sequence list) {
    return shrunk.contains(list) && removed.containsAll(list.items);
  }

  List<YamlNode.Pair> remaining(YamlNode.Mapping mapping) {
    List<YamlNode.Pair> remaining = new ArrayList<>(mapping.pairs);
    remaining.removeAll(removed);
    return remaining;
  }

  /** Removes the marked parts. */
  void finish() {
    for (YamlNode container : shrunk) {
      shrink(container);
    }
  }

  private void shrink(YamlNode container) {
    List<Object> parts = new ArrayList<>();
    if (container instanceof YamlNode.Sequence list) {
      parts.addAll(list.items);
      list.items.removeAll(removed);
    } else if (container instanceof YamlNode.Mapping mapping) {
      parts.addAll(mapping.pairs);
      mapping.pairs.removeAll(removed);
    }
    boolean kept = false;
    for (int i = 0; i < parts.size(); i++) {
      Object part = parts.get(i);
      if (!removed.contains(part)) {
        kept = true;
      } else if (kept) {
        splices.replace(endOf(parts.get(i - 1)), endOf(part), container.depth, () -> "");
      } else {
        int end = i + 1 < parts.size() ? startOf(parts.get(i + 1)) : endOf(part);
        splices.replace(startOf(part), end, container.depth, () -> "");
      }
    }
  }

  private static int startOf(Object part) {
    return part instanceof YamlNode.Pair pair ? pair.key.start : ((YamlNode) part).start;
  }

  private static int endOf(Object part) {
    return part instanceof YamlNode.Pair pair ? pair.value.end : ((YamlNode) part).end;
  }
}
