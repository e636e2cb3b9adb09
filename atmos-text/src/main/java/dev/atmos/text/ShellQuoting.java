package dev.atmos.text;

import java.nio.file.Path;

/**
 * Words of commands that messages tell people to type. What a program runs is quoted elsewhere:
 * here, a character that is not visible becomes a question mark.
 */
public final class ShellQuoting {
  private ShellQuoting() {}

  /** One word for a POSIX shell: in single quotes if it needs them. */
  public static String word(String text) {
    return isPlain(text, false) ? text : posix(text);
  }

  /** A path as one word for a shell of the operating system that it belongs to. */
  public static String path(Path path) {
    String text = path.toString();
    boolean windows = path.getFileSystem().getSeparator().equals("\\");
    if (isPlain(text, windows)) {
      return text;
    }
    // A path of Windows can't hold a quotation mark.
    return windows ? '"' + TerminalText.line(text) + '"' : posix(text);
  }

  private static String posix(String text) {
    return "'" + TerminalText.line(text).replace("'", "'\\''") + "'";
  }

  /** Whether no shell takes any of it for anything but itself. Zsh looks up what '=' begins. */
  private static boolean isPlain(String text, boolean windows) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z')
          && !(c >= 'A' && c <= 'Z')
          && !(c >= '0' && c <= '9')
          && "_./:+@,-".indexOf(c) < 0
          && !(windows && c == '\\')
          && !(i > 0 && c == '=')) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
