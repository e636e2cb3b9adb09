package dev.atmos.cli.bootstrap.process;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the launcher put a program in its own place once Java has ended: so no Java sits there for as
 * long as the program runs, and signals, the terminal and job control are what they are without
 * atmos. The launcher has kept the user's variables and arguments as they came, whatever bytes are
 * in them, and evaluates the lines of shell that are written here. It reads them from a descriptor
 * of their own, which {@code -Datmos.handover} names: nothing else that is written can be taken for
 * them.
 */
public final class ExecHandover {
  private final List<String> arguments;
  private final OutputStream out;

  /**
   * @param arguments those that the program was called with
   * @param out what the launcher reads
   */
  ExecHandover(String[] arguments, OutputStream out) {
    this.arguments = Arrays.asList(arguments);
    this.out = out;
  }

  /**
   * Opens the descriptor of a launcher.
   *
   * @param descriptor its path; null where the launcher doesn't wait
   * @param arguments those that the program was called with
   * @return null where the launcher doesn't wait, or can't be answered
   */
  public static @Nullable ExecHandover open(@Nullable String descriptor, String... arguments) {
    try {
      return descriptor == null
          ? null
          : new ExecHandover(arguments, new FileOutputStream(descriptor));
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  void to(List<String> words, @Nullable Path directory, List<Processes.Variable> variables)
      throws IOException {
    StringBuilder script = new StringBuilder();
    if (directory != null) {
      script.append("cd ").append(quoted(directory.toString())).append(" || exit 1\n");
    }
    for (Processes.Variable variable : variables) {
      Secret value = variable.value();
      if (!variable.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException("not a variable's name");
      }
      script.append(
          value == null
              ? "unset " + variable.name() + "\n"
              : "export " + variable.name() + "=" + quoted(value.reveal()) + "\n");
    }
    int kept = sameAtTheEnd(words);
    // The words that were typed are taken as they were, and not by way of Java's idea of them.
    script.append("shift ").append(arguments.size() - kept).append('\n');
    if (kept < words.size()) {
      script.append("set --");
      words.stream()
          .limit(words.size() - kept)
          .forEach(word -> script.append(' ').append(quoted(word)));
      script.append(" \"$@\"\n");
    }
    out.write(script.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private int sameAtTheEnd(List<String> words) {
    int same = 0;
    while (same < words.size()
        && same < arguments.size()
        && words.get(words.size() - 1 - same).equals(arguments.get(arguments.size() - 1 - same))) {
      same++;
    }
    return same;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
