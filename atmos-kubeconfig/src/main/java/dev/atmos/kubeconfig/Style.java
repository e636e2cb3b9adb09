package dev.atmos.kubeconfig;

/**
 * How a document is laid out, so that what is added looks like what is there.
 *
 * @param step by how many columns something is indented within what it belongs to
 * @param dash by how many columns the items of a list are indented within its key
 * @param spacious whether braces and brackets have their content on lines of its own
 * @param space what follows a colon or a comma within braces and brackets
 * @param newline what a line ends with
 */
record Style(int step, int dash, boolean spacious, String space, String newline) {
  private static final int WIDEST = 16;

  static Style of(Document document) {
    String newline = document.lines().newline();
    if (!(document.root() instanceof Node.Mapping root) || root.pairs.isEmpty()) {
      return new Style(2, 0, false, " ", newline);
    }
    return root.flow ? flow(document, root, newline) : block(document, root, newline);
  }

  private static Style flow(Document document, Node.Mapping root, String newline) {
    Lines lines = document.lines();
    Node.Pair first = root.pairs.get(0);
    int line = lines.startOf(first.key.start);
    boolean spacious = line > root.start;
    int colon = document.text().indexOf(':', first.key.end);
    boolean tight = !Character.isWhitespace(document.text().charAt(colon + 1));
    int step = spacious ? bounded(first.key.start - line, 2) : 2;
    return new Style(step, step, spacious, tight ? "" : " ", newline);
  }

  private static Style block(Document document, Node.Mapping root, String newline) {
    Lines lines = document.lines();
    int dash = -1;
    int step = -1;
    for (Node.Pair pair : root.pairs) {
      if (pair.value instanceof Node.Sequence list && !list.flow && !list.items.isEmpty()) {
        int column = lines.columnOf(pair.key.start);
        if (dash < 0 && list.anchor == null && list.tag == null) {
          dash = lines.columnOf(list.start) - column;
        }
        if (step < 0 && list.items.get(0) instanceof Node.Mapping item) {
          step = step(lines, item);
        }
      }
    }
    return new Style(bounded(step, 2), dash < 0 || dash > WIDEST ? 0 : dash, false, " ", newline);
  }

  private static int step(Lines lines, Node.Mapping item) {
    for (Node.Pair pair : item.pairs) {
      if (pair.value instanceof Node.Mapping body && !body.flow && !body.pairs.isEmpty()) {
        return lines.columnOf(body.pairs.get(0).key.start) - lines.columnOf(pair.key.start);
      }
    }
    return -1;
  }

  private static int bounded(int step, int otherwise) {
    return step < 1 || step > WIDEST ? otherwise : step;
  }
}
