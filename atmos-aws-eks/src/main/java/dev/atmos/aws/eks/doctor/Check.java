package dev.atmos.aws.eks.doctor;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param name what was checked, in one word for programs
 * @param state what came of it
 * @param message a sentence without a final full stop
 * @param cure what helps, such as the command to type; null for nothing
 * @param exitCode what kind of failure it is; null unless it has failed
 */
public record Check(
    String name, State state, String message, @Nullable String cure, @Nullable ExitCode exitCode) {

  /** What came of a check. */
  public enum State {
    /** All is well. */
    OK,
    /** It keeps the cluster from being used. */
    FAILED,
    /** It disturbs some programs, and not kubectl in a shell. */
    WARNING,
    /** Nobody may look, or has to. */
    UNKNOWN,
    /** It needs another check that has failed. */
    SKIPPED
  }

  static Check ok(String name, String message) {
    return new Check(name, State.OK, message, null, null);
  }

  static Check warning(String name, String message, String cure) {
    return new Check(name, State.WARNING, message, cure, null);
  }

  static Check unknown(String name, String message) {
    return new Check(name, State.UNKNOWN, message, null, null);
  }

  static Check skipped(String name, String why) {
    return new Check(name, State.SKIPPED, why, null, null);
  }

  static Check failed(String name, AtmosException e) {
    return new Check(name, State.FAILED, e.sentence(), e.hint().orElse(null), e.exitCode());
  }
}
