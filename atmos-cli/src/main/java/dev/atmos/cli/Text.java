package dev.atmos.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Words for people. */
final class Text {
  private Text() {}

  /** The candidate that is most likely meant by a mistyped word, if one is near enough. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    String best = null;
    int bestDistance = Math.max(2, word.length() / 3) + 1;
    for (String candidate : candidates) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance && distance < candidate.length()) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The option that is most likely meant; nothing is near to a single letter. */
  static Optional<String> nearestOption(String option, Collection<String> candidates) {
    return option.length() > 2 ? nearest(option, candidates) : Optional.empty();
  }

  /** A text on one line, without characters that would steer a terminal. */
  static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        StringBuilder clean = new StringBuilder(text);
        for (int j = i; j < clean.length(); j++) {
          if (Character.isISOControl(clean.charAt(j))) {
            clean.setCharAt(j, '?');
          }
        }
        return clean.toString();
      }
    }
    return text;
  }

  /** A word of the user's, in quotes, short, and without characters that would steer a terminal. */
  static String quote(String word) {
    StringBuilder quoted = new StringBuilder("'");
    int shown = Math.min(word.length(), 80);
    quoted.append(printable(word.substring(0, shown)));
    return quoted.append(shown < word.length() ? "...'" : "'").toString();
  }

  /** How many letters must be inserted, removed, replaced or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
