package dev.atmos.cli.dispatch;

import dev.atmos.plugin.NearestNames;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Words for people. */
public final class Suggestions {
  private Suggestions() {}

  /** The candidate that is most likely meant by a mistyped word, if one is near enough. */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    List<String> nearest = NearestNames.of(word, List.copyOf(candidates));
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest.getFirst());
  }

  /** The option that is most likely meant; nothing is near to a single letter. */
  public static Optional<String> nearestOption(String option, Collection<String> candidates) {
    return option.length() > 2 ? nearest(option, candidates) : Optional.empty();
  }

  /** A text on one line, without characters that would steer a terminal. */
  public static String printable(String text) {
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
  public static String quote(String word) {
    StringBuilder quoted = new StringBuilder("'");
    int shown = Math.min(word.length(), 80);
    quoted.append(printable(word.substring(0, shown)));
    return quoted.append(shown < word.length() ? "...'" : "'").toString();
  }
}
