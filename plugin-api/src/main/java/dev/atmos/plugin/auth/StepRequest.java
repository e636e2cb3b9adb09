package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to a step of a chain for a grant. Valid during that call of {@link ChainStep#grant},
 * and for use by that call's thread.
 */
@ImplementedByHost
public interface StepRequest {

  /** The grant of the step before; empty for the first step. */
  Optional<Grant> input();

  /** The region of the nearest earlier step that names one. */
  Optional<String> region();

  /** What this step saved by {@link #saveState}, in this process or an earlier one. */
  Optional<Secret> savedState();

  /**
   * Saves a text for the next time, such as a refresh token, in place of what was saved before. It
   * is on the disk when this returns, so that the successor of a spent token is never lost. Does
   * nothing for a step that isn't cacheable.
   *
   * @param state a text in the step's own format; null removes what was saved
   */
  void saveState(@Nullable Secret state);

  /**
   * Makes sure that the next {@link #saveState} can't fail for want of space, and has Ctrl-C and
   * other signals that end the process wait until that, or the end of this step. Called directly
   * before a request that spends a token which is valid once.
   *
   * @param bytes how long the text may be
   * @throws AtmosException with {@link ExitCode#FAILED} if the disk lacks that space; nothing
   *     should be spent then
   */
  default void reserveState(int bytes) {}

  /**
   * Asks the user; empty in every command but a sign-in, and where the user can't be asked. Then a
   * step that needs an answer fails with {@link ExitCode#SIGN_IN_REQUIRED}.
   */
  Optional<SignInDialog> dialog();

  /** How long the step may still take, without the time in which it waits for the user. */
  Duration timeLeft();

  /**
   * Asks the user, or fails.
   *
   * @param reason why the user has to be asked, for the message of the failure
   * @throws AtmosException with {@link ExitCode#SIGN_IN_REQUIRED} if the user can't be asked
   */
  default SignInDialog dialogOr(String reason) {
    Optional<SignInDialog> dialog = dialog();
    if (dialog.isEmpty()) {
      throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, reason);
    }
    return dialog.get();
  }
}
