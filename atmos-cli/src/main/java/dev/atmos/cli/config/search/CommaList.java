package dev.atmos.cli.config.search;

import java.util.ArrayList;
import java.util.List;

/** Lists of texts in one text, separated by commas. */
final class CommaList {
  private CommaList() {}

  /** The texts between commas, as they are; an empty one counts. */
  static List<String> split(String text) {
    List<String> texts = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      texts.add(text.substring(start, end));
      start = end + 1;
    }
    return texts;
  }
}
