package dev.atmos.services.terminal;

import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How to behave at this terminal.
 *
 * @param asks whether to ask questions
 * @param visits whether to send the user to a page and wait
 * @param moves whether to write over lines, as spinners do
 * @param colours whether to use colours
 * @see <a href="https://no-color.org">NO_COLOR</a>
 * @see <a href="https://bixense.com/clicolors/">CLICOLOR and CLICOLOR_FORCE</a>
 */
public record TerminalMode(boolean asks, boolean visits, boolean moves, boolean colours) {

  /** Each of them is set on a build machine. */
  private static final List<String> ROBOTS =
      List.of(
          "GITHUB_ACTIONS",
          "GITLAB_CI",
          "CIRCLECI",
          "BUILDKITE",
          "TF_BUILD",
          "CODEBUILD_BUILD_ARN",
          "TEAMCITY_VERSION",
          "TRAVIS",
          "DRONE",
          "BITBUCKET_COMMIT",
          "JENKINS_URL");

  /** The mode of this terminal. */
  public static TerminalMode of(Services services) {
    Environment environment = services.environment();
    boolean robot = isRobot(environment);
    boolean watched = services.terminal().isWatched() && !robot;
    String term = environment.get("TERM").orElse("");
    boolean windows =
        services.directories().workingDirectory().getFileSystem().getSeparator().equals("\\");
    boolean moves = watched && !term.equals("dumb") && (windows || !term.isEmpty());
    return new TerminalMode(mayAsk(services), watched, moves, colours(environment, moves));
  }

  /** Whether somebody is there to answer a question, and wants to be asked. */
  public static boolean mayAsk(PluginContext context) {
    Environment environment = context.environment();
    return context.terminal().isInteractive()
        && !isRobot(environment)
        && !isOff(environment, "ATMOS_INTERACTIVE");
  }

  private static boolean colours(Environment environment, boolean moves) {
    if (environment.nonEmpty("NO_COLOR").isPresent()
        || environment.nonEmpty("ATMOS_NO_COLOR").isPresent()) {
      return false;
    }
    if (!environment.nonEmpty("CLICOLOR_FORCE").orElse("0").equals("0")) {
      return true;
    }
    return moves && !environment.get("CLICOLOR").orElse("").equals("0");
  }

  /** Whether symbols such as a check mark can be shown: by the user's locale and terminal. */
  public static boolean takesSymbols(Environment environment) {
    String term = environment.get("TERM").orElse("");
    if (term.equals("dumb") || term.equals("linux")) {
      return false;
    }
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG", "WT_SESSION"}) {
      Optional<String> value = environment.nonEmpty(name);
      if (value.isPresent()) {
        String locale = value.get().toLowerCase(Locale.ROOT);
        return name.equals("WT_SESSION") || locale.contains("utf-8") || locale.contains("utf8");
      }
    }
    return false;
  }

  /** Whether this is a build machine. */
  public static boolean isRobot(Environment environment) {
    if (environment.nonEmpty("CI").isPresent() && !isOff(environment, "CI")) {
      return true;
    }
    for (String name : ROBOTS) {
      if (environment.nonEmpty(name).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOff(Environment environment, String name) {
    String value = environment.get(name).orElse("");
    return value.equalsIgnoreCase("false") || value.equals("0");
  }

  /** A text in bold, where colours are wanted. */
  public String bold(String text) {
    return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /** A text that stands back, where colours are wanted. */
  public String dim(String text) {
    return colours ? "\u001b[2m" + text + "\u001b[0m" : text;
  }
}
