package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step of a chain is given to work with. */
@ImplementedByHost
public interface StepRequest {

  /** What the step before gave; empty for the first step. */
  Optional<Grant> input();

  /** The region of the nearest step before that names one. */
  Optional<String> region();

  /** What this step saved by {@link #saveState}, in this process or an earlier one. */
  Optional<Secret> savedState();

  /**
   * Saves something for the next time, such as a refresh token, in place of what was saved before.
   * It is on the disk when this returns, so that the successor of a spent token is never lost. Does
   * nothing for a step that isn't cacheable.
   *
   * @param state a text of the step's own form; null for nothing
   */
  void saveState(@Nullable Secret state);

  /**
   * Asks the user; empty where the user can't be asked. Then there is no prompt and no browser, and
   * a step that needs one fails with {@link ExitCode#SIGN_IN_REQUIRED}.
   */
  Optional<SignInDialog> dialog();

  /** How long the step may still take, the time that it waits for the user excluded. */
  Duration timeLeft();

  /**
   * Asks the user.
   *
   * @param reason why the user has to be asked, for the message where that can't be done
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
