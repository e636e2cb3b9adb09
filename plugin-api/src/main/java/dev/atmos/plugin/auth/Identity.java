package dev.atmos.plugin.auth;

/**
 * One identity of the configuration. A kind that needs only its definition has one method, {@link
 * #grant}; the other methods of {@link ChainStep} let its grants be cached. {@code aws eks token}
 * needs an identity that gives {@link AwsCredentials}.
 */
@FunctionalInterface
public interface Identity extends ChainStep {

  /**
   * Asks the user for what the identity signs in with, such as a long-lived key, and {@linkplain
   * StepRequest#saveState saves} it, in place of what was saved before: {@code atmos auth user
   * configure}. The request has a dialog, which may be a script's input.
   *
   * @return whether there is something to save; false for identities that keep nothing of that kind
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if an answer is wrong, or the configuration says already what would be asked
   */
  default boolean configure(StepRequest request) {
    return false;
  }
}
