package dev.atmos.services.kube;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command of a user entry by which kubectl gets credentials, as a kubeconfig has it: nothing of
 * it has been checked. {@link ExecPlugin} is one that is written.
 *
 * @param apiVersion null where there is none
 * @param command a name that is looked for on PATH, or an absolute path; null where there is none
 * @param args its arguments
 * @param env variables that it gets beside those of kubectl
 * @param interactiveMode null where there is none
 */
public record ExecEntry(
    @Nullable String apiVersion,
    @Nullable String command,
    List<String> args,
    Map<String, String> env,
    @Nullable String interactiveMode) {

  /** Whether it is {@code atmos aws eks token}, by any path and with any options. */
  public boolean isToken() {
    return command != null
        && command.startsWith("atmos", lastSeparator(command) + 1)
        && args.size() >= 3
        && args.get(0).equals("aws")
        && args.get(1).equals("eks")
        && args.get(2).equals("token");
  }

  private static int lastSeparator(String command) {
    return Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\'));
  }

  /**
   * The value of an option; null where it isn't given.
   *
   * @param name its long name, such as {@code --identity}
   * @param otherName another name, such as {@code -i}
   */
  public @Nullable String option(String name, String otherName) {
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
      if ((word.equals(name) || word.equals(otherName)) && i + 1 < args.size()) {
        return args.get(i + 1);
      }
    }
    return null;
  }
}
