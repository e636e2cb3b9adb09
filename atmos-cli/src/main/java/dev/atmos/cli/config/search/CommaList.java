package dev.atmos.cli.config.search;

import java.util.ArrayList;
import java.util.List;

/** Lists of words in one text. */
final class CommaList {
  private CommaList() {}

  /** The texts between commas, as they are; one that is empty is one too. */
  static List<String> atCommas(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      words.add(text.substring(start, end));
      start = end + 1;
    }
    return words;
  }
}
