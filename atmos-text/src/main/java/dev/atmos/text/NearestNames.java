package dev.atmos.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names that are near to a mistyped one, for messages and warnings. */
public final class NearestNames {
  private static final int MOST = 3;

  /** A longer word isn't a mistyped name, and comparing costs the product of the lengths. */
  private static final int LONGEST = 200;

  private NearestNames() {}

  /**
   * The candidates that are as near as any to the word, in any case, in their own order: no further
   * than one edit in three characters. An edit inserts, deletes or replaces a character, or swaps
   * two neighbours.
   */
  public static List<String> of(String word, List<String> candidates) {
    List<String> nearest = new ArrayList<>();
    if (word.length() > LONGEST) {
      return nearest;
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    int best = Math.max(1, wanted.length() / 3);
    for (String candidate : candidates) {
      if (candidate.length() > LONGEST || nearest.contains(candidate)) {
        continue;
      }
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest.clear();
      }
      if (distance == best && nearest.size() < MOST) {
        nearest.add(candidate);
      }
    }
    return nearest;
  }

  /** Asks whether one of the nearest candidates was intended; empty where none is near. */
  public static Optional<String> question(String word, List<String> candidates) {
    List<String> nearest = of(word, candidates);
    return nearest.isEmpty()
        ? Optional.empty()
        : Optional.of("did you mean " + DisplayNames.alternatives(nearest) + "?");
  }

  /** The first of the nearest candidates. */
  public static Optional<String> first(String word, Collection<String> candidates) {
    List<String> nearest = of(word, List.copyOf(candidates));
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest.getFirst());
  }

  /**
   * The option that a word begins, else the first of the nearest, else one that ends as the word
   * does, as {@code --name} and {@code --cluster-name} do; a single letter is near to none.
   */
  public static Optional<String> option(String option, Collection<String> candidates) {
    if (option.length() <= 2) {
      return Optional.empty();
    }
    Optional<String> begun =
        candidates.stream().filter(candidate -> candidate.startsWith(option + "-")).findFirst();
    return begun
        .or(() -> first(option, candidates))
        .or(() ->
            candidates.stream()
                .filter(each -> endsWithWords(each, option) || endsWithWords(option, each))
                .findFirst());
  }

  private static boolean endsWithWords(String longer, String shorter) {
    return shorter.length() > 2 && longer.endsWith("-" + shorter.substring(2));
  }

  /** The optimal string alignment distance. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, beforeLast[j - 2] + 1);
        }
        row[j] = best;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
