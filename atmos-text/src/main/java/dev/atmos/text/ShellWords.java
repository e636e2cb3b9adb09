package dev.atmos.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a command line apart without a shell, as the AWS CLI does with those of its files. */
public final class ShellWords {
  private final List<String> words = new ArrayList<>();
  private @Nullable StringBuilder word;

  private ShellWords() {}

  /**
   * By the quotes of POSIX; nothing is expanded. Empty if a quote isn't closed.
   *
   * @see <a href="https://docs.python.org/3/library/shlex.html#parsing-rules">shlex, parsing
   *     rules</a>
   */
  public static Optional<List<String>> posix(String line) {
    ShellWords found = new ShellWords();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
      if (c == '\\' && (quote == 0 || (quote == '"' && (next == '"' || next == '\\')))) {
        if (next == 0) {
          return Optional.empty();
        }
        found.add(next);
        i++;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          found.add(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        found.begin();
      } else if (isBlank(c)) {
        found.end();
      } else {
        found.add(c);
      }
    }
    found.end();
    return quote == 0 ? Optional.of(found.words) : Optional.empty();
  }

  /**
   * By the rules of Windows, where only double quotes count, and a backslash only before one. Empty
   * if a quote isn't closed.
   *
   * @see <a
   *     href="https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments">Parsing
   *     C command-line arguments</a>
   */
  public static Optional<List<String>> windows(String line) {
    ShellWords found = new ShellWords();
    boolean quoted = false;
    int backslashes = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      boolean escaped = c == '"' && backslashes % 2 == 1;
      found.addBackslashes(c == '"' ? backslashes / 2 : backslashes);
      backslashes = 0;
      if (c == '"' && !escaped) {
        quoted = !quoted;
        found.begin();
      } else if (isBlank(c) && !quoted) {
        found.end();
      } else {
        found.add(c);
      }
    }
    found.addBackslashes(backslashes);
    found.end();
    return quoted ? Optional.empty() : Optional.of(found.words);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private StringBuilder begin() {
    StringBuilder begun = word == null ? new StringBuilder() : word;
    word = begun;
    return begun;
  }

  private void add(char c) {
    begin().append(c);
  }

  private void addBackslashes(int count) {
    for (int i = 0; i < count; i++) {
      add('\\');
    }
  }

  private void end() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
  }
}
