package dev.atmos.services;

import org.jspecify.annotations.Nullable;

/** The values of options, by their long names. */
public final class PlainOptions {
  private static final String IDENTITY = "--identity";

  private final String[] names;
  private final @Nullable String[] values;

  private PlainOptions(String[] names, @Nullable String[] values) {
    this.names = names;
    this.values = values;
  }

  /**
   * Reads words such as {@code --region us-east-2} or {@code --region=us-east-2}.
   *
   * @param flag a word that has to be among them, such as {@code --prompt}; null for none
   * @param names the long names of the options; {@code --identity} is {@code -i} as well
   * @return null if anything else is among the words, or anything that picocli might refuse or
   *     understand differently
   */
  public static @Nullable PlainOptions parse(
      String[] words, @Nullable String flag, String... names) {
    @Nullable String[] values = new String[names.length];
    boolean missing = flag != null;
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (missing && word.equals(flag)) {
        missing = false;
        continue;
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      int at = index(names, equals < 0 ? word : word.substring(0, equals));
      if (at < 0 || values[at] != null) {
        return null;
      }
      if (equals < 0 && ++i == words.length) {
        return null;
      }
      String value = equals < 0 ? words[i] : word.substring(equals + 1);
      if (value.isEmpty() || value.charAt(0) == '-') {
        return null;
      }
      values[at] = value;
    }
    return missing ? null : new PlainOptions(names, values);
  }

  /** The value of an option; null if it isn't given. */
  public @Nullable String value(String name) {
    return values[index(names, name)];
  }

  private static int index(String[] names, String word) {
    String name = word.equals("-i") ? IDENTITY : word;
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
