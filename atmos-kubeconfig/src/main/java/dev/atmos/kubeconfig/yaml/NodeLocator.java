package dev.atmos.kubeconfig.yaml;

/** Finds what belongs to a node in the text around it: dashes, colons, indentation. */
final class NodeLocator {
  /** There is no such place. */
  static final int NOT_FOUND = -1;

  private final String text;
  private final LineIndex lines;

  NodeLocator(String text, LineIndex lines) {
    this.text = text;
    this.lines = lines;
  }

  /** The place of the dash of an item. */
  int dash(YamlNode item) {
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
        return NOT_FOUND;
      }
      line = lines.startOf(line - 1);
    }
  }

  /** Where the colon of a pair ends. */
  int colonEnd(YamlNode.Pair pair) {
    return text.indexOf(':', pair.key.end) + 1;
  }

  /** Where a value ends on its last line; the end of a block scalar is behind a line break. */
  int inlineEnd(YamlNode value) {
    int end = value.end;
    return end > value.start && lines.startOf(end) == end ? lines.breakBefore(end) : end;
  }

  /** By how much the line of a place is indented. */
  int indentOf(int place) {
    int start = lines.startOf(place);
    int at = start;
    while (at < place && text.charAt(at) == ' ') {
      at++;
    }
    return at - start;
  }
}
