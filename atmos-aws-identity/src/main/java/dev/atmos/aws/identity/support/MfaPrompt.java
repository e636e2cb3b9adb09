package dev.atmos.aws.identity.support;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.CommandConsole;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the user for codes of an MFA device.
 *
 * @param subject what the code is for, as messages name it
 * @param device the device's ARN or serial number
 */
public record MfaPrompt(
    CommandConsole console, SignInDialog dialog, String subject, String device) {
  private static final int DIGITS = 6;
  private static final int MOST_QUESTIONS = 3;

  /** Makes a call with a code, and asks for another code where AWS rejects that one. */
  public <T> T withCode(Function<Secret, T> call) {
    for (int question = 1; true; question++) {
      Secret code = asked();
      try {
        return call.apply(code);
      } catch (AtmosException e) {
        if (e.exitCode() != ExitCode.DENIED || question == MOST_QUESTIONS) {
          throw e;
        }
        console.say("AWS rejected the code: " + e.sentence());
      }
    }
  }

  private Secret asked() {
    for (int question = 1; question <= MOST_QUESTIONS; question++) {
      Optional<Secret> answer = dialog.askSecret("Code of the MFA device " + device);
      if (answer.isEmpty()) {
        break;
      }
      Secret code = Secret.of(answer.get().reveal().strip());
      if (isCode(code)) {
        return code;
      }
      console.say("An MFA code has " + DIGITS + " digits");
    }
    throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, "no MFA code was given for " + subject);
  }

  /** Whether a text is a code of an MFA device. */
  public static boolean isCode(Secret text) {
    return text.reveal().matches("[0-9]{" + DIGITS + "}");
  }
}
