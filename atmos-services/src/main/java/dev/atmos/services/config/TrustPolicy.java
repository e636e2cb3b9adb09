package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which values of the configuration may have their effect: those of a file that the user has
 * approved, and those whose effect can't harm anyone who runs atmos in the wrong directory.
 */
public interface TrustPolicy {

  /** Whether everything in the file that holds the position may have its effect. */
  boolean isTrusted(Position position);

  /**
   * Checks a value before it has its effect.
   *
   * @param effect what is about to be done with the value
   * @param position where the value is written
   * @param value the value; of a variable, its name and value with {@code =} between them
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the file must be approved first; the message names it and the command that approves it
   */
  void require(Effect effect, Position position, String value);

  /**
   * Checks a value of a variable, or a file that is included as a text, before it is used as data:
   * sent to a server, or shown.
   *
   * @param position where the configuration names the variable, or where the text begins
   * @param variable its name; empty for an included text
   * @param field the key of the field; empty for one that the configuration names itself
   * @throws dev.atmos.plugin.base.AtmosException as {@link #require}
   */
  default void requireVariable(Position position, String variable, String field, String value) {
    require(Effect.DATA, position, value);
  }

  /**
   * Checks that a list or a mapping of data isn't included: what a project includes may be
   * anything, such as the user's variables for a program.
   *
   * @param field the key of the field
   * @throws dev.atmos.plugin.base.AtmosException if a file that isn't trusted includes it
   */
  default void requireOwn(ConfigValue value, String field) {
    if (value instanceof DeferredValue && !isTrusted(value.position())) {
      throw new AtmosException(
          ExitCode.USAGE,
          value.position() + ": this file is not trusted, and can't include '" + field + "'",
          "write it in the file itself",
          null);
    }
  }

  /**
   * Whether a value that a tag made can be no secret, by its form or by the variable that it is
   * from, and so may be shown.
   *
   * @param variable its name; empty for an included text
   * @param field the key of the field
   */
  default boolean isPublic(String variable, String field, String value) {
    return false;
  }

  /**
   * Checks that a path which a file names inside of its project leads nowhere else.
   *
   * @throws dev.atmos.plugin.base.AtmosException if it is a link out of the project of a file that
   *     isn't trusted
   */
  default void requireNoLink(Position position, Path path) {}

  /**
   * The directory where a command runs that is written at a position: that of its file, so that the
   * command's words name the same files wherever the user is; null for the current one, where the
   * command is in no file.
   */
  default @Nullable Path directory(Position position) {
    return null;
  }

  /**
   * Whether a setting that decides how secrets are kept counts. One that doesn't is never an error,
   * and is among {@link #leftOut}.
   *
   * @param path the keys that lead to it, joined by dots
   */
  default boolean takesPart(String path, Position position) {
    return isTrusted(position);
  }

  /**
   * The settings that were found and don't count, and the files that were passed over for their
   * owners, which have no position; each as a warning.
   */
  default List<ConfigProblem> leftOut() {
    return List.of();
  }
}
