package dev.atmos.text;

import java.util.ArrayList;
import java.util.List;

/** Rows for people, with the columns below each other and two blanks between them. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row of as many cells as the others have. */
  public void row(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(TerminalText.line(cell));
    }
    rows.add(row);
  }

  /** The rows, one to a line. */
  public String render() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), TerminalText.width(row.get(i))));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(TerminalText.padded(row.get(i), widths.get(i) + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
