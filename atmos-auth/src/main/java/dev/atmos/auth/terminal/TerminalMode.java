package dev.atmos.auth.terminal;

import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import java.util.List;
import java.util.Optional;

/**
 * How to behave at this terminal.
 *
 * @param asks whether questions are asked
 * @param visits whether somebody can be sent to a page and waited for
 * @param moves whether lines may be written over, as spinners do
 * @param colours whether colours are wanted
 * @see <a href="https://no-color.org">NO_COLOR</a>
 * @see <a href="https://bixense.com/clicolors/">CLICOLOR and CLICOLOR_FORCE</a>
 */
public record TerminalMode(boolean asks, boolean visits, boolean moves, boolean colours) {

  /** Each of them says that nobody sits there. */
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

  /** Those that fit here. */
  public static TerminalMode of(Services context) {
    Environment environment = context.environment();
    boolean robot = isRobot(environment);
    boolean watched = context.terminal().isWatched() && !robot;
    String term = environment.get("TERM").orElse("");
    boolean windows = HostSystem.isWindows(context);
    boolean moves = watched && !term.equals("dumb") && (windows || !term.isEmpty());
    return new TerminalMode(
        context.terminal().isInteractive() && !robot && !isOff(environment, "ATMOS_INTERACTIVE"),
        watched,
        moves,
        colours(environment, moves));
  }

  private static boolean colours(Environment environment, boolean moves) {
    if (environment.nonEmpty("NO_COLOR").isPresent()
        || environment.nonEmpty("ATMOS_NO_COLOR").isPresent()) {
      return false;
    }
    Optional<String> forced = environment.nonEmpty("CLICOLOR_FORCE");
    if (forced.isPresent() && !forced.get().equals("0")) {
      return true;
    }
    return moves && !environment.get("CLICOLOR").orElse("").equals("0");
  }

  /** Whether this is a machine that builds things, and no person's. */
  static boolean isRobot(Environment environment) {
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
