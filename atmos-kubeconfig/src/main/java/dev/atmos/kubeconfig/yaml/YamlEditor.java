package dev.atmos.kubeconfig.yaml;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Edits a document. Each edit changes the document's tree at once, and notes what changes in the
 * text: a splice at the places that the parser has marked. {@link #finish} makes the text, parses
 * it again and compares it with the tree: the result is the intended text, or an exception.
 */
public final class YamlEditor {
  private static final String UNSAFE = "the file is laid out in a way that can't be changed safely";

  private final YamlDocument document;
  private final String text;
  private final LineIndex lines;
  private final YamlStyle style;
  private final TextSplices splices;
  private final FlowEdits flow;
  private YamlNode.@Nullable Mapping root;

  /** Edits this document. */
  public YamlEditor(YamlDocument document) {
    this.document = document;
    this.text = document.text();
    this.lines = document.lines();
    this.style = YamlStyle.of(document);
    this.splices = new TextSplices(document);
    this.flow = new FlowEdits(document, style, splices);
    this.root = document.root() instanceof YamlNode.Mapping mapping ? mapping : null;
  }

  /** The pair of a key of the document's mapping, unless it has been removed; null if absent. */
  public YamlNode.@Nullable Pair pair(String key) {
    YamlNode.Pair pair = root == null ? null : root.pair(key);
    return pair == null || flow.isRemoved(pair) ? null : pair;
  }

  /** The document's mapping; a new one if there is none. */
  public YamlNode.Mapping root() {
    YamlNode.Mapping existing = root;
    if (existing != null) {
      return existing;
    }
    YamlNode.Mapping made = new YamlNode.Mapping(YamlNode.NOWHERE, YamlNode.NOWHERE, false);
    root = made;
    splices.insertLines(document.end(), 0, () -> writer().block(made, 0).toString());
    return made;
  }

  /** Adds an item at the end of a list. */
  public void append(YamlNode.Sequence list, YamlNode item) throws BrokenFileException {
    add(list, item);
  }

  /** Adds a pair at the end of a mapping. */
  public void put(YamlNode.Mapping mapping, String key, YamlNode value) throws BrokenFileException {
    add(mapping, new YamlNode.Pair(YamlNode.newText(key), value));
  }

  private <P extends YamlPart> void add(YamlNode.Container<P> container, P part)
      throws BrokenFileException {
    guard(container);
    P last = null;
    for (P each : container.parts) {
      last = each.first().hasPlace() ? each : last;
    }
    container.parts.add(part);
    if (!container.isWritten()) {
      return;
    }
    if (container.flow) {
      flow.insert(container, last, part);
      return;
    }
    if (last == null) {
      throw unsafe(container);
    }
    YamlNode first = container.parts.getFirst().first();
    int column = lines.columnOf(container instanceof YamlNode.Sequence ? dash(first) : first.start);
    splices.insertLines(
        lines.insertionAfter(last.last().end),
        container.depth,
        () -> " ".repeat(column) + writer().part(part, column));
  }

  /** Replaces a value without content by a list. */
  public void fill(YamlNode.Mapping mapping, YamlNode.Pair pair, YamlNode.Sequence list)
      throws BrokenFileException {
    YamlNode old = setValue(mapping, pair, list);
    if (!old.isWritten()) {
      return;
    }
    if (mapping.flow) {
      inline(old, () -> list, true);
      return;
    }
    int column = lines.columnOf(pair.key.start) + style.dash();
    splices.replace(colonEnd(pair), old.end, old.depth, () -> "");
    splices.insertLines(
        lines.insertionAfter(old.end),
        old.depth,
        () -> " ".repeat(column) + writer().block(list, column));
  }

  /** Replaces the value of a pair. */
  public void replace(YamlNode.Mapping mapping, YamlNode.Pair pair, YamlNode value)
      throws BrokenFileException {
    YamlNode old = setValue(mapping, pair, value);
    // The pair's value at the end counts: it may be replaced again.
    replaceWritten(old, value, () -> pair.value, mapping.flow);
  }

  /** Replaces an item of a list. */
  public void replaceItem(YamlNode.Sequence list, YamlNode item, YamlNode value)
      throws BrokenFileException {
    guard(list, item);
    list.parts.set(list.parts.indexOf(item), value);
    value.replaces(item);
    replaceWritten(item, value, () -> value, list.flow);
  }

  private void replaceWritten(YamlNode old, YamlNode value, Supplier<YamlNode> last, boolean inFlow)
      throws BrokenFileException {
    if (!old.isWritten()) {
      return;
    }
    if (isInline(old)) {
      inline(old, last, inFlow);
      return;
    }
    if (value instanceof YamlNode.Scalar || old.anchor != null || old.tag != null) {
      throw unsafe(old);
    }
    int column = lines.columnOf(old.start);
    splices.replace(
        old.start, old.end, old.depth, () -> writer().block(last.get(), column).toString());
  }

  /** Removes an item from a list. */
  public void removeItem(YamlNode.Sequence list, YamlNode item) throws BrokenFileException {
    guard(list, item);
    if (list.flow) {
      flow.remove(list, item);
    } else {
      splices.removeLines(lines.startOf(dash(item)), lines.insertionAfter(item.end));
      list.parts.remove(item);
    }
  }

  /** Removes a pair of the root. */
  public void removePair(YamlNode.Mapping mapping, YamlNode.Pair pair) throws BrokenFileException {
    guard(mapping, pair.value);
    flow.forget(pair.value);
    if (!pair.key.isWritten()) {
      mapping.parts.remove(pair);
      return;
    }
    if (mapping.flow) {
      flow.remove(mapping, pair);
      return;
    }
    mapping.parts.remove(pair);
    boolean listed = pair.value instanceof YamlNode.Sequence list && !list.flow;
    splices.removeLines(
        lines.startOf(pair.key.start),
        listed ? lines.next(pair.key.end) : lines.insertionAfter(pair.value.end));
  }

  /** Whether all items of a list have been removed. */
  public boolean isEmptied(YamlNode.Sequence list) {
    return list.flow ? flow.isEmptied(list) : list.parts.isEmpty();
  }

  /** The text between the colon of a pair and the end of its inline value. */
  public String gap(YamlNode.Pair pair) {
    return text.substring(colonEnd(pair), inlineEnd(pair.value));
  }

  /**
   * Restores the text between the colon of a pair and the end of its inline value.
   *
   * @param value the value that this text means
   */
  public void restoreGap(YamlNode.Mapping mapping, YamlNode.Pair pair, String gap, YamlNode value)
      throws BrokenFileException {
    YamlNode old = setValue(mapping, pair, value);
    int colon = colonEnd(pair);
    boolean block = old instanceof YamlNode.Sequence list && !list.flow;
    flow.forget(old);
    splices.replace(colon, block ? colon : inlineEnd(old), old.depth, () -> gap);
  }

  private void inline(YamlNode old, Supplier<YamlNode> value, boolean inFlow) {
    int column = lines.indentOf(old.start);
    splices.replace(
        old.start,
        inlineEnd(old),
        old.depth,
        () -> (old.start == old.end ? " " : "") + writer().flow(value.get(), column, inFlow));
  }

  /**
   * The text after all edits.
   *
   * @throws BrokenFileException if the edits can't be made in this text
   */
  public String finish() throws BrokenFileException {
    flow.finish();
    String result = splices.apply();
    verify(result);
    return result;
  }

  private void verify(String result) throws BrokenFileException {
    YamlNode.Mapping wanted = root;
    if (wanted == null) {
      return;
    }
    YamlNode found;
    try {
      found = YamlDocument.parse(document.source(), result).root();
    } catch (BrokenFileException e) {
      throw unsafe(wanted);
    }
    boolean empty = wanted.parts.isEmpty() && !wanted.flow;
    boolean same = empty ? found == null : found != null && wanted.sameAs(found);
    if (!same && lines.isUnfinishedEnd(text.length())) {
      throw document.error(
          text.length(),
          "the last line isn't ended, and ending it would change a text; add a line break");
    }
    if (!same) {
      throw unsafe(wanted);
    }
  }

  /** The place of the dash of an item. */
  private int dash(YamlNode item) throws BrokenFileException {
    int line = lines.startOf(item.place);
    while (true) {
      int at = line + lines.indentOf(lines.endOf(line));
      if (at < item.place && text.charAt(at) == '-') {
        return at;
      }
      if (line == 0) {
        throw unsafe(item);
      }
      line = lines.startOf(line - 1);
    }
  }

  /** Where the colon of a pair ends. */
  private int colonEnd(YamlNode.Pair pair) {
    return text.indexOf(':', pair.key.end) + 1;
  }

  /** Where a value ends on its last line; the end of a block scalar is behind a line break. */
  private int inlineEnd(YamlNode value) {
    int end = value.end;
    return end > value.start && lines.startOf(end) == end ? lines.breakBefore(end) : end;
  }

  private YamlNodeWriter writer() {
    return new YamlNodeWriter(style);
  }

  private static boolean isInline(YamlNode node) {
    return !(node instanceof YamlNode.Container<?> container) || container.flow;
  }

  /** Sets the value of a pair; returns the old one. */
  private YamlNode setValue(YamlNode.Mapping mapping, YamlNode.Pair pair, YamlNode value)
      throws BrokenFileException {
    guard(mapping, pair.value);
    YamlNode old = pair.value;
    pair.value = value;
    value.replaces(old);
    return old;
  }

  /** Refuses to change what an alias refers to: it would change in two places. */
  private void guard(YamlNode container, YamlNode part) throws BrokenFileException {
    guard(container);
    if (part.isReferenced()) {
      throw shared(part);
    }
  }

  private void guard(YamlNode container) throws BrokenFileException {
    for (YamlNode each = container; each != null; each = each.parent) {
      if (each.referenced) {
        throw shared(each);
      }
    }
  }

  private BrokenFileException shared(YamlNode node) {
    return document.error(node, "an alias refers to this or a part of it, so it can't be changed");
  }

  private BrokenFileException unsafe(YamlNode node) {
    return document.error(node, UNSAFE);
  }
}
