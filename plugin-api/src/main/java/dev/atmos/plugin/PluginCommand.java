package dev.atmos.plugin;

import dev.atmos.plugin.context.PluginContext;
import java.util.function.Function;

/** A command that is built when it is addressed, and not before. Immutable. */
public final class PluginCommand {
  private final String path;
  private final Function<PluginContext, Object> factory;

  private PluginCommand(String path, Function<PluginContext, Object> factory) {
    checkPath(path);
    this.path = path;
    this.factory = factory;
  }

  /**
   * A command.
   *
   * @param path the words that address it, separated by single blanks, such as {@code aws eks
   *     token}
   * @param factory builds it, see {@link #factory}
   * @throws IllegalArgumentException if the path isn't made of words of lower-case letters, digits
   *     and dashes
   */
  public static PluginCommand of(String path, Function<PluginContext, Object> factory) {
    return new PluginCommand(path, factory);
  }

  /** The words that address it, separated by single blanks, such as {@code aws eks token}. */
  public String path() {
    return path;
  }

  /**
   * Builds the command: an object with picocli's annotations that is a {@code Callable<Integer>},
   * whose result is the exit code, or a {@link Runnable}; or a {@link
   * picocli.CommandLine.Model.CommandSpec} whose user object is one of them. Everything that
   * picocli documents works: mixins, nested subcommands, version providers, {@link
   * picocli.CommandLine.ParameterException}.
   *
   * <p>It is called at most once per run, when the command is typed, or for its help or completion.
   * It must return at once: it reads, runs and sends nothing. The command itself runs on the main
   * thread, and has as much time as it needs. Threads that it starts don't keep the program alive.
   */
  public Function<PluginContext, Object> factory() {
    return factory;
  }

  private static void checkPath(String path) {
    boolean wordOpen = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && !(wordOpen && (c == '-' || c == ' '))) {
        throw new IllegalArgumentException("not a command path: " + path);
      }
      wordOpen = c != ' ';
    }
    if (!wordOpen) {
      throw new IllegalArgumentException("not a command path: " + path);
    }
  }
}
