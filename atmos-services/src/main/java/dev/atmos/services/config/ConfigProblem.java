package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with the configuration, or looks as if it were.
 *
 * @param severity whether it is wrong
 * @param path the keys that lead to it, joined by dots, such as {@code auth.identities.dev.kind};
 *     the name of a variable for what is wrong with that
 * @param position where it was written; null if it isn't in a file
 * @param sentence what is wrong, without the place, without a value and without a final full stop
 * @param hint what to do about it; null for nothing
 */
public record ConfigProblem(
    Severity severity,
    String path,
    @Nullable Position position,
    String sentence,
    @Nullable String hint) {

  /** How bad it is. */
  public enum Severity {
    /** What it concerns can't be used. */
    ERROR,
    /** It is most likely a mistake, and is passed over. */
    WARNING
  }

  /** Something that can't be used. */
  public static ConfigProblem error(
      String path, @Nullable Position position, String sentence, @Nullable String hint) {
    return new ConfigProblem(Severity.ERROR, path, position, sentence, hint);
  }

  /** Something that is passed over. */
  public static ConfigProblem warning(
      String path, @Nullable Position position, String sentence, @Nullable String hint) {
    return new ConfigProblem(Severity.WARNING, path, position, sentence, hint);
  }

  /** Whether it is an error. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The problem as the failure of who can't go on because of it. */
  public AtmosException failure() {
    Position place = position;
    return new AtmosException(
        ExitCode.USAGE,
        place == null ? sentence : place + ": " + sentence + "\n" + place.excerpt(),
        hint,
        null);
  }

  /**
   * A failure to make or read a value, as a problem.
   *
   * @param path the keys that lead to the value
   * @param position where the value was written
   * @param failure what went wrong with it
   */
  public static ConfigProblem of(String path, Position position, AtmosException failure) {
    String sentence = failure.sentence();
    String place = position + ": ";
    if (sentence.startsWith(place)) {
      sentence = sentence.substring(place.length());
    }
    int excerpt = sentence.indexOf('\n');
    Optional<String> hint = failure.hint();
    return error(
        path,
        position,
        excerpt < 0 ? sentence : sentence.substring(0, excerpt),
        hint.isPresent() ? hint.get() : null);
  }
}
