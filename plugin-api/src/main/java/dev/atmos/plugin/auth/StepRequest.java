package dev.atmos.plugin.auth;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step of the way to credentials is given to work with. */
public interface StepRequest {

  /** What the step before has made; empty for the first. */
  Optional<Grant> input();

  /** The region of the nearest step before that names one. */
  Optional<String> region();

  /** What this step has kept before with {@link #keep}, in this process or an earlier one. */
  Optional<Secret> state();

  /**
   * Keeps something for the next time, in place of what was kept before: a refresh token, a
   * registration. It is on the disk when this returns, so that what an answer has replaced is never
   * lost. Does nothing for a step that isn't kept.
   *
   * @param state a text of the step's own form; null for nothing
   */
  void keep(@Nullable Secret state);

  /**
   * Who can be asked; empty where nobody can: then there is no prompt and no browser, and a step
   * that can't do without fails with {@link ExitCode#SIGN_IN_REQUIRED}.
   */
  Optional<SignInDialog> dialog();

  /** How long the step may take at most, but for what waits for a person. */
  Duration limit();

  /**
   * Who can be asked.
   *
   * @param reason why somebody has to be, for the message where nobody can
   * @throws AtmosException with {@link ExitCode#SIGN_IN_REQUIRED} if nobody can be asked
   */
  default SignInDialog dialogOr(String reason) {
    Optional<SignInDialog> dialog = dialog();
    if (dialog.isEmpty()) {
      throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, reason);
    }
    return dialog.get();
  }
}
