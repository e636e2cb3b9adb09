package dev.atmos.kubeconfig.yaml;

/**
 * The layout of a document: what is added follows it.
 *
 * @param step by how many columns a mapping is indented inside its key
 * @param dash by how many columns the items of a list are indented inside its key
 * @param spacious whether the content of braces and brackets has lines of its own
 * @param space what follows a colon or a comma inside braces and brackets
 * @param newline the line break
 */
record YamlStyle(int step, int dash, boolean spacious, String space, String newline) {
  private static final int WIDEST = 16;

  static YamlStyle of(YamlDocument document) {
    String newline = document.lines().newline();
    if (!(document.root() instanceof YamlNode.Mapping root) || root.parts.isEmpty()) {
      return new YamlStyle(2, 0, false, " ", newline);
    }
    return root.flow ? flow(document, root, newline) : block(document, root, newline);
  }

  private static YamlStyle flow(YamlDocument document, YamlNode.Mapping root, String newline) {
    LineIndex lines = document.lines();
    YamlNode.Pair first = root.parts.getFirst();
    int line = lines.startOf(first.key.start);
    boolean spacious = line > root.start;
    int colon = document.text().indexOf(':', first.key.end);
    boolean tight = !Character.isWhitespace(document.text().charAt(colon + 1));
    int step = spacious ? bounded(first.key.start - line, 2) : 2;
    return new YamlStyle(step, step, spacious, tight ? "" : " ", newline);
  }

  private static YamlStyle block(YamlDocument document, YamlNode.Mapping root, String newline) {
    LineIndex lines = document.lines();
    int dash = -1;
    int step = -1;
    for (YamlNode.Pair pair : root.parts) {
      if (pair.value instanceof YamlNode.Sequence list && !list.flow && !list.parts.isEmpty()) {
        int column = lines.columnOf(pair.key.start);
        if (dash < 0 && list.anchor == null && list.tag == null) {
          dash = lines.columnOf(list.start) - column;
        }
        if (step < 0 && list.parts.getFirst() instanceof YamlNode.Mapping item) {
          step = step(lines, item);
        }
      }
    }
    return new YamlStyle(
        bounded(step, 2), dash < 0 || dash > WIDEST ? 0 : dash, false, " ", newline);
  }

  private static int step(LineIndex lines, YamlNode.Mapping item) {
    for (YamlNode.Pair pair : item.parts) {
      if (pair.value instanceof YamlNode.Mapping body && !body.flow && !body.parts.isEmpty()) {
        return lines.columnOf(body.parts.getFirst().key.start) - lines.columnOf(pair.key.start);
      }
    }
    return -1;
  }

  private static int bounded(int step, int otherwise) {
    return step < 1 || step > WIDEST ? otherwise : step;
  }
}
