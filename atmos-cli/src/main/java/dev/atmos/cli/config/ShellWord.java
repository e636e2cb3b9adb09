package dev.atmos.cli.config;

import java.nio.file.Path;

/** Paths as they are typed into a shell. */
public final class ShellWord {
  private ShellWord() {}

  /** A path, in quotes where a shell of its operating system needs them. */
  public static String of(Path path) {
    String text = path.toString();
    boolean windows = path.getFileSystem().getSeparator().equals("\\");
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/._-+:@=,".indexOf(c) >= 0
              || (windows && c == '\\');
    }
    if (plain) {
      return text;
    }
    return windows ? "\"" + text + "\"" : "'" + text.replace("'", "'\\''") + "'";
  }
}
