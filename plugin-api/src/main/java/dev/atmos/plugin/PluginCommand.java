package dev.atmos.plugin;

import dev.atmos.plugin.context.PluginContext;
import java.util.List;
import java.util.function.Function;

/** A command that is built when it is addressed, and not before. */
public final class PluginCommand {
  private final String path;
  private final Function<PluginContext, Object> factory;

  private PluginCommand(String path, Function<PluginContext, Object> factory) {
    checkPath(path);
    this.path = path;
    this.factory = factory;
  }

  /**
   * With these parts.
   *
   * @param path the words that address it, separated by single blanks, such as {@code aws eks
   *     token}
   * @param factory makes the command: a {@link picocli.CommandLine.Model.CommandSpec} whose user
   *     object is a {@code Callable<Integer>}, or such a callable annotated with {@link
   *     picocli.CommandLine.Command}. The number that it returns is the exit code.
   * @throws IllegalArgumentException if the path is not made of words of lower-case letters, digits
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
   * Makes the command: a {@link picocli.CommandLine.Model.CommandSpec} whose user object is a
   * {@code Callable<Integer>}, or such a callable annotated with {@link
   * picocli.CommandLine.Command}. The number that it returns is the exit code..
   */
  public Function<PluginContext, Object> factory() {
    return factory;
  }

  /** The words of the path. */
  public List<String> words() {
    return List.of(path.split(" "));
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
