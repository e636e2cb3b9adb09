package dev.atmos.aws.eks;

/** Words of commands that a user is told to type. */
final class ShellWord {
  private ShellWord() {}

  /** As one word for a POSIX shell: in single quotes if it needs them. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "._/:@-".indexOf(c) >= 0;
      if (!plain) {
        return "'" + text.replace("'", "'\\''") + "'";
      }
    }
    return text.isEmpty() ? "''" : text;
  }
}
