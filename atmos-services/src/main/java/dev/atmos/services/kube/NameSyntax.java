package dev.atmos.services.kube;

/** What the texts of a kubeconfig may hold: nothing that a terminal or a reader could trip over. */
final class NameSyntax {
  static final int NAME = 512;
  static final int PATH = 4096;
  static final int ARGUMENT = 65_536;

  private NameSyntax() {}

  /**
   * @throws IllegalArgumentException if the text is empty, too long, or not all of it can be seen
   */
  static void check(String what, String text, int longest) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    checkCharacters(what, text, longest, "");
  }

  /** As {@link #check}; may be empty, and may hold these characters as well. */
  static void checkCharacters(String what, String text, int longest, String allowed) {
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          what + " is longer than " + longest + " characters, which is the limit");
    }
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (allowed.indexOf(character) < 0 && !isVisible(character)) {
        throw new IllegalArgumentException(
            what + " holds a character that can't be seen, in place " + (i + 1));
      }
      i += Character.charCount(character);
    }
  }

  /**
   * Control characters, invisible ones that turn text around, halves of pairs, and no characters.
   */
  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
