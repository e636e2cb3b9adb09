package dev.atmos.kubeconfig.yaml;

import java.util.List;
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
  private final NodeLocator locator;
  private final TextSplices splices;
  private final FlowEdits flow;
  private YamlNode.@Nullable Mapping root;

  /** Edits this document. */
  public YamlEditor(YamlDocument document) {
    this.document = document;
    this.text = document.text();
    this.lines = document.lines();
    this.style = YamlStyle.of(document);
    this.locator = new NodeLocator(text, lines);
    this.splices = new TextSplices(document, style.newline());
    this.flow = new FlowEdits(document, style, locator, splices);
    this.root = document.root() instanceof YamlNode.Mapping mapping ? mapping : null;
  }

  /** The document's mapping, without the removed pairs; null if there is none. */
  public YamlNode.@Nullable Mapping existingRoot() {
    YamlNode.Mapping existing = root;
    if (existing == null || !flow.isShrunk(existing)) {
      return existing;
    }
    YamlNode.Mapping remaining = new YamlNode.Mapping(YamlNode.NOWHERE, YamlNode.NOWHERE, true);
    remaining.pairs.addAll(remaining(existing));
    return remaining;
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
    guard(list);
    YamlNode last = lastWritten(list.items);
    list.items.add(item);
    if (!list.isWritten()) {
      return;
    }
    if (list.flow) {
      flow.insert(
          list,
          last == null ? null : last.end,
          last,
          '[',
          column -> writer().flow(item, column, true));
      return;
    }
    if (last == null) {
      throw unsafe(list);
    }
    int column = lines.columnOf(dash(list.items.get(0)));
    splices.insertLines(
        lines.insertionAfter(last.end),
        list.depth,
        () -> indent(column) + writer().item(item, column));
  }

  /** Adds a pair at the end of a mapping. */
  public void put(YamlNode.Mapping mapping, String key, YamlNode value) throws BrokenFileException {
    guard(mapping);
    YamlNode.Pair last = null;
    for (YamlNode.Pair pair : mapping.pairs) {
      last = pair.key.isWritten() ? pair : last;
    }
    YamlNode.Pair pair = new YamlNode.Pair(YamlNode.newText(key), value);
    mapping.pairs.add(pair);
    if (!mapping.isWritten()) {
      return;
    }
    if (mapping.flow) {
      flow.insert(
          mapping,
          last == null ? null : last.value.end,
          last == null ? null : last.key,
          '{',
          column -> writer().flowPair(pair, column));
      return;
    }
    if (last == null) {
      throw unsafe(mapping);
    }
    int column = lines.columnOf(mapping.pairs.get(0).key.start);
    splices.insertLines(
        lines.insertionAfter(last.value.end),
        mapping.depth,
        () -> indent(column) + writer().pair(pair, column));
  }

  /** Replaces a value without content by a list. */
  public void fill(YamlNode.Mapping mapping, YamlNode.Pair pair, YamlNode.Sequence list)
      throws BrokenFileException {
    guard(mapping);
    YamlNode old = pair.value;
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
    splices.replace(locator.colonEnd(pair), old.end, old.depth, () -> "");
    splices.insertLines(
        lines.insertionAfter(old.end),
        old.depth,
        () -> indent(column) + writer().block(list, column));
  }

  /** Replaces the value of a pair. */
  public void replace(YamlNode.Mapping mapping, YamlNode.Pair pair, YamlNode value)
      throws BrokenFileException {
    guard(mapping);
    YamlNode old = pair.value;
    pair.value = value;
    value.replaces(old);
    // The pair's value at the end counts: it may be replaced again.
    replaceWritten(old, value, () -> pair.value, mapping.flow);
  }

  /** Replaces an item of a list. */
  public void replaceItem(YamlNode.Sequence list, YamlNode item, YamlNode value)
      throws BrokenFileException {
    guard(list);
    list.items.set(indexOf(list, item), value);
    value.replaces(item);
    replaceWritten(item, value, () -> value, list.flow);
  }

  private void replaceWritten(YamlNode old, YamlNode value, Supplier<YamlNode> last, boolean inFlow)
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
    if (value instanceof YamlNode.Scalar || old.anchor != null || old.tag != null) {
      throw unsafe(old);
    }
    int column = lines.columnOf(old.start);
    splices.replace(
        old.start, old.end, old.depth, () -> writer().block(last.get(), column).toString());
  }

  /** Removes an item from a list. */
  public void removeItem(YamlNode.Sequence list, YamlNode item) throws BrokenFileException {
    guard(list);
    if (item.isReferenced()) {
      throw shared(item);
    }
    if (list.flow) {
      flow.remove(list, item);
    } else {
      splices.removeLines(lines.startOf(dash(item)), lines.insertionAfter(item.end));
      list.items.remove(indexOf(list, item));
    }
  }

  /** Removes a pair of the root. */
  public void removePair(YamlNode.Mapping mapping, YamlNode.Pair pair) throws BrokenFileException {
    guard(mapping);
    if (pair.value.isReferenced()) {
      throw shared(pair.value);
    }
    flow.forget(pair.value);
    if (!pair.key.isWritten()) {
      mapping.pairs.remove(pair);
      return;
    }
    if (mapping.flow) {
      flow.remove(mapping, pair);
      return;
    }
    mapping.pairs.remove(pair);
    boolean listed = pair.value instanceof YamlNode.Sequence list && !list.flow;
    splices.removeLines(
        lines.startOf(pair.key.start),
        listed ? lines.next(pair.key.end) : lines.insertionAfter(pair.value.end));
  }

  /** Whether all items of a list have been removed. */
  public boolean isEmptied(YamlNode.Sequence list) {
    return list.flow ? flow.isEmptied(list) : list.items.isEmpty();
  }

  /** The pairs of a mapping that haven't been removed. */
  public List<YamlNode.Pair> remaining(YamlNode.Mapping mapping) {
    return flow.remaining(mapping);
  }

  /** The text between the colon of a pair and the end of its inline value. */
  public String gap(YamlNode.Pair pair) {
    return text.substring(locator.colonEnd(pair), locator.inlineEnd(pair.value));
  }

  /**
   * Restores the text between the colon of a pair and the end of its inline value.
   *
   * @param value the value that this text means
   */
  public void restoreGap(YamlNode.Mapping mapping, YamlNode.Pair pair, String gap, YamlNode value)
      throws BrokenFileException {
    guard(mapping);
    YamlNode old = pair.value;
    pair.value = value;
    value.replaces(old);
    int colon = locator.colonEnd(pair);
    boolean block = old instanceof YamlNode.Sequence list && !list.flow;
    flow.forget(old);
    splices.replace(colon, block ? colon : locator.inlineEnd(old), old.depth, () -> gap);
  }

  private void inline(YamlNode old, Supplier<YamlNode> value, boolean inFlow) {
    int column = locator.indentOf(old.start);
    splices.replace(
        old.start,
        locator.inlineEnd(old),
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
    boolean empty = wanted.pairs.isEmpty() && !wanted.flow;
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

  private int dash(YamlNode item) throws BrokenFileException {
    int dash = locator.dash(item);
    if (dash == NodeLocator.NOT_FOUND) {
      throw unsafe(item);
    }
    return dash;
  }

  private YamlNodeWriter writer() {
    return new YamlNodeWriter(style);
  }

  private static boolean isInline(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping mapping -> mapping.flow;
      case YamlNode.Sequence sequence -> sequence.flow;
      default -> true;
    };
  }

  private static @Nullable YamlNode lastWritten(List<YamlNode> items) {
    YamlNode last = null;
    for (YamlNode item : items) {
      last = item.hasPlace() ? item : last;
    }
    return last;
  }

  private static int indexOf(YamlNode.Sequence list, YamlNode item) {
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

  /** Refuses to change a node that an alias refers to: it would change in two places. */
  private void guard(YamlNode node) throws BrokenFileException {
    for (YamlNode each = node; each != null; each = each.parent) {
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
