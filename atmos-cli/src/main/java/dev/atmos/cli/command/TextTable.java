package dev.atmos.cli.command;

import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows for people, with the columns below each other and two blanks between them. All have as many
 * cells as the first, and there is at least that.
 */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  void row(String... cells) {
    rows.add(Stream.of(cells).map(TerminalText::line).toList());
  }

  String render() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - TerminalText.width(row.get(i)) + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
