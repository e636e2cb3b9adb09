package dev.atmos.kubeconfig;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a document. Each changes the document's tree at once, and notes what it means for the
 * text: a splice at the places that the parser has marked. {@link #finish} makes the text, reads it
 * again and compares it with the tree, so that a text is either what it is meant to be or none.
 */
final class Edit {
  private final Document document;
  private final String text;
  private final Lines lines;
  private final Style style;
  private final List<Splice> splices = new ArrayList<>();
  private final List<NewLines> newLines = new ArrayList<>();
  private final List<int[]> removedLines = new ArrayList<>();
  private final Set<Node> shrunk = new HashSet<>();
  private final Set<Object> removed = new HashSet<>();
  private Node.@Nullable Mapping root;

  /**
   * A part of the text to be replaced.
   *
   * @param depth what is nested deeper comes first at one place
   */
  private record Splice(int start, int end, int depth, Supplier<String> replacement) {}

  /** Lines that are to be put before the one that begins at a place. */
  private record NewLines(int place, int depth, Supplier<String> content) {}

  Edit(Document document) {
    this.document = document;
    this.text = document.text();
    this.lines = document.lines();
    this.style = Style.of(document);
    this.root = document.root() instanceof Node.Mapping mapping ? mapping : null;
  }

  /** The document's mapping, without what has been taken out; null where there is none. */
  Node.@Nullable Mapping existingRoot() {
    Node.Mapping existing = root;
    if (existing == null || !shrunk.contains(existing)) {
      return existing;
    }
    Node.Mapping remaining = new Node.Mapping(Node.NOWHERE, Node.NOWHERE, true);
    remaining.pairs.addAll(remaining(existing));
    return remaining;
  }

  /** The document's mapping; one is made where there is none. */
  Node.Mapping root() {
    Node.Mapping existing = root;
    if (existing != null) {
      return existing;
    }
    Node.Mapping made = new Node.Mapping(Node.NOWHERE, Node.NOWHERE, false);
    root = made;
    insertLines(document.end(), 0, () -> new Writer(style).block(made, 0).toString());
    return made;
  }

  /** Adds an item at the end of a list. */
  void append(Node.Sequence list, Node item) throws BrokenFileException {
    guard(list);
    Node last = lastWritten(list.items);
    list.items.add(item);
    if (!list.isWritten()) {
      return;
    }
    if (list.flow) {
      insertInFlow(
          list,
          last == null ? null : last.end,
          last,
          '[',
          column -> new Writer(style).flow(item, column, true));
      return;
    }
    if (last == null) {
      throw unsafe(list);
    }
    int column = lines.columnOf(dash(list.items.get(0)));
    insertLines(
        lines.insertionAfter(last.end),
        list.depth,
        () -> indent(column) + new Writer(style).item(item, column));
  }

  /** Adds a pair at the end of a mapping. */
  void put(Node.Mapping mapping, String key, Node value) throws BrokenFileException {
    guard(mapping);
    Node.Pair last = null;
    for (Node.Pair pair : mapping.pairs) {
      last = pair.key.isWritten() ? pair : last;
    }
    Node.Pair pair = new Node.Pair(Node.newText(key), value);
    mapping.pairs.add(pair);
    if (!mapping.isWritten()) {
      return;
    }
    if (mapping.flow) {
      insertInFlow(
          mapping,
          last == null ? null : last.value.end,
          last == null ? null : last.key,
          '{',
          column -> new Writer(style).flowPair(pair, column));
      return;
    }
    if (last == null) {
      throw unsafe(mapping);
    }
    int column = lines.columnOf(mapping.pairs.get(0).key.start);
    insertLines(
        lines.insertionAfter(last.value.end),
        mapping.depth,
        () -> indent(column) + new Writer(style).pair(pair, column));
  }

  /** Gives a key of a mapping a list in place of nothing. */
  void fill(Node.Mapping mapping, Node.Pair pair, Node.Sequence list) throws BrokenFileException {
    guard(mapping);
    Node old = pair.value;
    pair.value = list;
    list.replaces(old);
    if (!old.isWritten()) {
      return;
    }
    if (old.isReferenced()) {
      throw shared(old);
    }
    if (mapping.flow) {
      inline(old, () -> list, true);
      return;
    }
    int column = lines.columnOf(pair.key.start) + style.dash();
    splice(colonEnd(pair), old.end, old.depth, () -> "");
    insertLines(
        lines.insertionAfter(old.end),
        old.depth,
        () -> indent(column) + new Writer(style).block(list, column));
  }

  /** Gives a key another value. */
  void replace(Node.Mapping mapping, Node.Pair pair, Node value) throws BrokenFileException {
    guard(mapping);
    Node old = pair.value;
    pair.value = value;
    value.replaces(old);
    // What is there when the text is made counts: it may be replaced again.
    replaceWritten(old, value, () -> pair.value, mapping.flow);
  }

  /** Puts another item in an item's place. */
  void replaceItem(Node.Sequence list, Node item, Node value) throws BrokenFileException {
    guard(list);
    list.items.set(indexOf(list, item), value);
    value.replaces(item);
    replaceWritten(item, value, () -> value, list.flow);
  }

  private void replaceWritten(Node old, Node value, Supplier<Node> last, boolean inFlow)
      throws BrokenFileException {
    if (!old.isWritten()) {
      return;
    }
    if (old.isReferenced()) {
      throw shared(old);
    }
    if (isInline(old)) {
      inline(old, last, inFlow);
      return;
    }
    if (value instanceof Node.Scalar || old.anchor != null || old.tag != null) {
      throw unsafe(old);
    }
    int column = lines.columnOf(old.start);
    splice(
        old.start,
        old.end,
        old.depth,
        () -> new Writer(style).block(last.get(), column).toString());
  }

  /** Takes an item out of a list. */
  void removeItem(Node.Sequence list, Node item) throws BrokenFileException {
    guard(list);
    if (item.isReferenced()) {
      throw shared(item);
    }
    if (list.flow) {
      shrunk.add(list);
      removed.add(item);
    } else {
      removeLines(lines.startOf(dash(item)), lines.insertionAfter(item.end));
      list.items.remove(indexOf(list, item));
    }
  }

  /** Takes a key of the root out, with its value. */
  void removePair(Node.Mapping mapping, Node.Pair pair) throws BrokenFileException {
    guard(mapping);
    if (pair.value.isReferenced()) {
      throw shared(pair.value);
    }
    shrunk.remove(pair.value);
    if (!pair.key.isWritten()) {
      mapping.pairs.remove(pair);
      return;
    }
    if (mapping.flow) {
      shrunk.add(mapping);
      removed.add(pair);
      return;
    }
    mapping.pairs.remove(pair);
    boolean listed = pair.value instanceof Node.Sequence list && !list.flow;
    removeLines(
        lines.startOf(pair.key.start),
        listed ? lines.next(pair.key.end) : lines.insertionAfter(pair.value.end));
  }

  /** Whether all items of a list have been taken out. */
  boolean isEmptied(Node.Sequence list) {
    return list.flow
        ? shrunk.contains(list) && removed.containsAll(list.items)
        : list.items.isEmpty();
  }

  /** The pairs of a mapping that haven't been taken out. */
  List<Node.Pair> remaining(Node.Mapping mapping) {
    List<Node.Pair> remaining = new ArrayList<>(mapping.pairs);
    remaining.removeAll(removed);
    return remaining;
  }

  /** What stands between the colon of a pair and the end of its value, which is inline. */
  String gap(Node.Pair pair) {
    return text.substring(colonEnd(pair), inlineEnd(pair.value));
  }

  /**
   * Puts back what stood between the colon of a pair and the end of its value, which is inline.
   *
   * @param value what that means
   */
  void restoreGap(Node.Mapping mapping, Node.Pair pair, String gap, Node value)
      throws BrokenFileException {
    guard(mapping);
    Node old = pair.value;
    pair.value = value;
    value.replaces(old);
    int colon = colonEnd(pair);
    boolean block = old instanceof Node.Sequence list && !list.flow;
    shrunk.remove(old);
    splice(colon, block ? colon : inlineEnd(old), old.depth, () -> gap);
  }

  private void inline(Node old, Supplier<Node> value, boolean inFlow) {
    int column = indentOf(old.start);
    splice(
        old.start,
        inlineEnd(old),
        old.depth,
        () ->
            (old.start == old.end ? " " : "")
                + new Writer(style).flow(value.get(), column, inFlow));
  }

  private interface AtColumn {
    Writer write(int column);
  }

  /**
   * Adds to what is in braces or brackets.
   *
   * @param lastEnd where its last part ends; null if there is none
   * @param last that part
   */
  private void insertInFlow(
      Node container, @Nullable Integer lastEnd, @Nullable Node last, char open, AtColumn writer) {
    boolean first = lastEnd == null && addedTo(container) == 0;
    int place = lastEnd == null ? text.indexOf(open, container.start) + 1 : lastEnd;
    int line = last == null ? 0 : lines.startOf(last.place);
    boolean ownLine =
        last != null && text.substring(line, last.place).isBlank() && line > container.start;
    boolean madeLines = last == null && style.spacious();
    int column = last != null ? indentOf(last.place) : indentOf(container.start) + style.step();
    String before = first ? "" : ",";
    String between =
        ownLine || madeLines ? style.newline() + indent(column) : first ? "" : style.space();
    String after = madeLines && first ? style.newline() + indent(indentOf(container.start)) : "";
    // Of several that are added to nothing, the first one ends the line of the bracket.
    splice(place, place, container.depth, () -> before + between + writer.write(column));
    if (!after.isEmpty()) {
      splice(place, place, container.depth - 1, () -> after);
    }
  }

  private static int addedTo(Node container) {
    int added = -1;
    if (container instanceof Node.Sequence list) {
      for (Node item : list.items) {
        added += item.hasPlace() ? 0 : 1;
      }
    } else if (container instanceof Node.Mapping mapping) {
      for (Node.Pair pair : mapping.pairs) {
        added += pair.key.isWritten() ? 0 : 1;
      }
    }
    return added;
  }

  private void insertLines(int place, int depth, Supplier<String> content) {
    newLines.add(new NewLines(place, depth, content));
  }

  private void splice(int start, int end, int depth, Supplier<String> replacement) {
    splices.add(new Splice(start, end, depth, replacement));
  }

  private void removeLines(int start, int end) {
    removedLines.add(new int[] {start, end});
  }

  /**
   * The text after all changes.
   *
   * @throws BrokenFileException if it isn't what it is meant to be
   */
  String finish() throws BrokenFileException {
    for (Node container : shrunk) {
      shrink(container);
    }
    int unfinished = spliceRemovedLines();
    for (NewLines each : newLines) {
      spliceNewLines(each, unfinished);
    }
    splices.sort(
        Comparator.comparingInt(Splice::start)
            .thenComparingInt(Splice::end)
            .thenComparing(Comparator.comparingInt(Splice::depth).reversed()));
    StringBuilder changed = new StringBuilder(text.length() + 4096);
    int at = 0;
    for (Splice splice : splices) {
      if (splice.start() < at) {
        throw document.error(splice.start(), "what is to be changed here overlaps");
      }
      changed.append(text, at, splice.start()).append(splice.replacement().get());
      at = splice.end();
    }
    String result = changed.append(text, at, text.length()).toString();
    verify(result);
    return result;
  }

  private void verify(String result) throws BrokenFileException {
    Node.Mapping wanted = root;
    if (wanted == null) {
      return;
    }
    Node found;
    try {
      found = Document.parse(document.source(), result).root();
    } catch (BrokenFileException e) {
      throw document.error(Math.max(wanted.start, 0), UNSAFE);
    }
    boolean empty = wanted.pairs.isEmpty() && !wanted.flow;
    boolean same = empty ? found == null : found != null && wanted.sameAs(found);
    if (!same && lines.isUnfinishedEnd(text.length())) {
      throw document.error(
          text.length(),
          "the last line isn't ended, and ending it would change a text; add a line break");
    }
    if (!same) {
      throw document.error(Math.max(wanted.start, 0), UNSAFE);
    }
  }

  private static final String UNSAFE = "the file is laid out in a way that can't be changed safely";

  /** Takes what is marked out of braces or brackets, and out of the tree. */
  private void shrink(Node container) {
    List<Object> parts = new ArrayList<>();
    if (container instanceof Node.Sequence list) {
      parts.addAll(list.items);
      list.items.removeAll(removed);
    } else if (container instanceof Node.Mapping mapping) {
      parts.addAll(mapping.pairs);
      mapping.pairs.removeAll(removed);
    }
    boolean kept = false;
    for (int i = 0; i < parts.size(); i++) {
      Object part = parts.get(i);
      if (!removed.contains(part)) {
        kept = true;
      } else if (kept) {
        splice(endOf(parts.get(i - 1)), endOf(part), container.depth, () -> "");
      } else {
        int end = i + 1 < parts.size() ? startOf(parts.get(i + 1)) : endOf(part);
        splice(startOf(part), end, container.depth, () -> "");
      }
    }
  }

  private static int startOf(Object part) {
    return part instanceof Node.Pair pair ? pair.key.start : ((Node) part).start;
  }

  private static int endOf(Object part) {
    return part instanceof Node.Pair pair ? pair.value.end : ((Node) part).end;
  }

  /**
   * Takes lines out.
   *
   * @return where the text ends without them, if its last line isn't ended: the beginning of those
   *     that it ends with
   */
  private int spliceRemovedLines() {
    removedLines.sort(Comparator.comparingInt(range -> range[0]));
    int unfinished = text.length();
    for (int i = 0; i < removedLines.size(); i++) {
      int start = removedLines.get(i)[0];
      int end = removedLines.get(i)[1];
      while (i + 1 < removedLines.size() && removedLines.get(i + 1)[0] <= end) {
        i++;
        end = Math.max(end, removedLines.get(i)[1]);
      }
      boolean last = lines.isUnfinishedEnd(end);
      unfinished = last ? start : unfinished;
      // Where the last line had no end, the line before had none before this was added.
      splice(last ? lines.breakBefore(start) : start, end, 0, () -> "");
    }
    return unfinished;
  }

  /**
   * Puts lines in.
   *
   * @param unfinished where the text ends if its last line isn't ended, without what is taken out
   */
  private void spliceNewLines(NewLines added, int unfinished) {
    Supplier<String> content = added.content();
    if (added.place() == unfinished && lines.isUnfinishedEnd(text.length())) {
      int end = unfinished == text.length() ? unfinished : lines.breakBefore(unfinished);
      splice(end, end, added.depth(), () -> style.newline() + content.get());
    } else {
      splice(added.place(), added.place(), added.depth(), () -> content.get() + style.newline());
    }
  }

  /** The place of the dash of an item. */
  private int dash(Node item) throws BrokenFileException {
    int line = lines.startOf(item.place);
    while (true) {
      int at = line;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '-' && at < item.place) {
        return at;
      }
      if (line == 0) {
        throw unsafe(item);
      }
      line = lines.startOf(line - 1);
    }
  }

  private int colonEnd(Node.Pair pair) {
    return text.indexOf(':', pair.key.end) + 1;
  }

  /** Where a value ends within its last line: a text of several lines ends with a line break. */
  private int inlineEnd(Node value) {
    int end = value.end;
    return end > value.start && lines.startOf(end) == end ? lines.breakBefore(end) : end;
  }

  private static boolean isInline(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> mapping.flow;
      case Node.Sequence sequence -> sequence.flow;
      default -> true;
    };
  }

  /** By how much the line is indented that a place is on. */
  private int indentOf(int place) {
    int start = lines.startOf(place);
    int at = start;
    while (at < place && text.charAt(at) == ' ') {
      at++;
    }
    return at - start;
  }

  private static @Nullable Node lastWritten(List<Node> items) {
    Node last = null;
    for (Node item : items) {
      last = item.hasPlace() ? item : last;
    }
    return last;
  }

  private static int indexOf(Node.Sequence list, Node item) {
    for (int i = 0; i < list.items.size(); i++) {
      if (list.items.get(i) == item) {
        return i;
      }
    }
    throw new IllegalArgumentException("the item isn't in the list");
  }

  private static String indent(int column) {
    return " ".repeat(column);
  }

  /** What an alias refers to would change in two places. */
  private void guard(Node node) throws BrokenFileException {
    for (Node each = node; each != null; each = each.parent) {
      if (each.referenced) {
        throw shared(each);
      }
    }
  }

  private BrokenFileException shared(Node node) {
    return document.error(
        Math.max(node.start, 0), "an alias refers to this or a part of it, so it can't be changed");
  }

  private BrokenFileException unsafe(Node node) {
    return document.error(Math.max(node.start, 0), UNSAFE);
  }
}
