package dev.atmos.cli.config.trust;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The words that the shell makes of a command, as far as that can be told without one: quotes, a
 * few variables, and words between operators. A command whose words depend on more, such as a
 * pattern or the output of another command, has none here. To guess them would be to approve less
 * than what is run.
 */
final class CommandWords {
  private static final int MOST_LEVELS = 8;
  private static final String OPERATORS = " \t\n;|&<>";

  /** What the shell expands or defines by, in words without quotes. */
  private static final String EXPANDED = "`*?[(){}";

  private static final String EXPANDED_ON_WINDOWS = "%^()";

  /** What takes a command apart once more, or gives words another meaning. */
  private static final Set<String> SHELLS =
      Set.of(
          "sh", "ash", "bash", "dash", "fish", "ksh", "mksh", "rbash", "zsh", "alias", "eval",
          "trap");

  /** From another directory, or by another search path, the same words name other files. */
  private static final String MOVES =
      "cd|chdir|pushd|popd|--?chdir|-[A-Za-z]{0,4}C.*|[A-Z0-9_]*(PATH|LIB|OPT|OPTIONS)";

  /** What ends the name of a file in an argument: a list, an assignment, or another language. */
  private static final String SEPARATORS = "[\\s\"'`;|&()<>{}$=,:@!?^%#*~+\\[\\]]+";

  /** The longest part of a word that is searched for the name of a file behind other letters. */
  private static final int LONGEST_PART = 256;

  /** The variables that are known: a command must not name them but to have their values. */
  static final Set<String> KNOWN = Set.of("HOME", "LOGNAME", "PWD", "USER");

  private final String command;
  private final boolean windows;
  private final Function<String, @Nullable String> variables;
  private final Set<String> words = new TreeSet<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private int at;

  private CommandWords(
      String command, boolean windows, Function<String, @Nullable String> variables) {
    this.command = command;
    this.windows = windows;
    this.variables = variables;
  }

  /**
   * The words, and parts of them that may name a file; null if these can't be told.
   *
   * @param variables the values of {@link #KNOWN} variables; null for one without a value
   */
  static @Nullable Set<String> of(
      String command, boolean windows, Function<String, @Nullable String> variables) {
    return of(command, windows, variables, MOST_LEVELS);
  }

  private static @Nullable Set<String> of(
      String command, boolean windows, Function<String, @Nullable String> variables, int levels) {
    CommandWords reader = new CommandWords(command, windows, variables);
    if (levels == 0 || !reader.read()) {
      return null;
    }
    Set<String> all = new TreeSet<>(reader.words);
    reader.words.forEach(word -> all.addAll(List.of(word.split(SEPARATORS))));
    // As "env -i" or "sudo" may start the inner one, it knows only what each shell sets.
    Function<String, @Nullable String> inner =
        name -> name.equals("PWD") ? variables.apply(name) : null;
    boolean nested = all.stream().anyMatch(part -> SHELLS.contains(nameOf(part)));
    for (String word : reader.words) {
      Set<String> below =
          nested && !word.equals(command) ? of(word, windows, inner, levels - 1) : Set.of();
      if (below == null) {
        return null;
      }
      all.addAll(below);
    }
    if (all.stream().anyMatch(part -> part.matches(MOVES))
        || (reader.usesVariables() && all.stream().anyMatch(KNOWN::contains))) {
      return null;
    }
    for (String part : List.copyOf(all)) {
      // As in "make -sfMakefile" and "sed 1e./s.sh".
      for (int i = 1; i < Math.min(part.length(), LONGEST_PART); i++) {
        if (part.startsWith("-") || part.indexOf('/', i) >= 0) {
          all.add(part.substring(i));
        }
      }
    }
    all.remove("");
    return all;
  }

  private static String nameOf(String program) {
    return program.substring(program.lastIndexOf('/') + 1);
  }

  private boolean usesVariables() {
    return command.indexOf('$') >= 0 || command.indexOf('~') >= 0;
  }

  /** Whether all words could be told. */
  private boolean read() {
    while (at < command.length()) {
      char c = command.charAt(at++);
      boolean known;
      if (OPERATORS.indexOf(c) >= 0) {
        end();
        // A text that follows is another program's input, and may be a script.
        known = !command.startsWith("<<", at - 1);
      } else if (c == '"' || (c == '\'' && !windows)) {
        begun = true;
        known = quoted(c);
      } else {
        known = plain(c);
        begun = true;
      }
      if (!known) {
        return false;
      }
    }
    end();
    return true;
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }

  private boolean plain(char c) {
    if (windows) {
      return EXPANDED_ON_WINDOWS.indexOf(c) < 0 && add(c);
    }
    if (c == '\\') {
      return escaped();
    }
    if (c == '$') {
      return variable();
    }
    if (c == '~') {
      boolean home = at == command.length() || (OPERATORS + "/").indexOf(command.charAt(at)) >= 0;
      return !begun && home && value("HOME");
    }
    return EXPANDED.indexOf(c) < 0 && add(c);
  }

  private boolean quoted(char quote) {
    while (at < command.length()) {
      char c = command.charAt(at++);
      if (c == quote) {
        return true;
      }
      boolean known = add(c);
      if (windows) {
        known = known && EXPANDED_ON_WINDOWS.indexOf(c) < 0;
      } else if (quote == '"' && (c == '\\' || c == '$' || c == '`')) {
        word.setLength(word.length() - 1);
        known = c == '\\' ? quotedEscape() : c == '$' && variable();
      }
      if (!known) {
        return false;
      }
    }
    // It doesn't end.
    return false;
  }

  private boolean escaped() {
    if (at == command.length()) {
      return false;
    }
    char c = command.charAt(at++);
    return c == '\n' || add(c);
  }

  private boolean quotedEscape() {
    if (at < command.length() && "$`\"\\\n".indexOf(command.charAt(at)) < 0) {
      return add('\\');
    }
    return escaped();
  }

  private boolean variable() {
    boolean braces = command.startsWith("{", at);
    int start = braces ? at + 1 : at;
    int end = start;
    while (end < command.length() && isOfName(command.charAt(end))) {
      end++;
    }
    String name = command.substring(start, end);
    at = braces ? end + 1 : end;
    return (!braces || command.startsWith("}", end)) && KNOWN.contains(name) && value(name);
  }

  private static boolean isOfName(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** Whether a variable has a value that the shell leaves as it is. */
  private boolean value(String name) {
    String value = variables.apply(name);
    if (value == null || value.chars().anyMatch(CommandWords::isSpecial)) {
      return false;
    }
    word.append(value);
    return true;
  }

  private static boolean isSpecial(int c) {
    return (OPERATORS + EXPANDED + "$\\\"'~").indexOf(c) >= 0 || Character.isISOControl(c);
  }

  /** Shells disagree on the other control characters. */
  private boolean add(char c) {
    word.append(c);
    return c == '\t' || c == '\n' || !Character.isISOControl(c);
  }
}
