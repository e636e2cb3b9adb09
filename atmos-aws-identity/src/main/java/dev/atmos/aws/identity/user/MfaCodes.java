package dev.atmos.aws.identity.user;

import dev.atmos.aws.identity.support.MfaPrompt;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * The codes of a user's MFA device: from {@code mfa_command}, or else from the user.
 *
 * @param device the device's ARN or serial number
 */
record MfaCodes(Definition definition, Services services, String device) {

  /** Makes a call with a code. */
  <T> T withCode(StepRequest request, Function<Secret, T> call) {
    SignInDialog dialog =
        request.dialogOr("an MFA code of " + DisplayNames.quoted(definition.name()) + " is needed");
    Processes.Program command = definition.command(UserIdentityType.MFA_COMMAND).orElse(null);
    if (command != null) {
      return call.apply(printed(command));
    }
    String subject = "identity " + DisplayNames.quoted(definition.name());
    try {
      return new MfaPrompt(services.console(), dialog, subject, device).withCode(call);
    } catch (AtmosException e) {
      if (e.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        throw e;
      }
      String how = e.hint().map(hint -> hint + ", or ").orElse("");
      throw new AtmosException(
          e.exitCode(),
          e.sentence(),
          how + "set the identity's mfa_command, which prints a code",
          e);
    }
  }

  private Secret printed(Processes.Program command) {
    Processes.Outcome outcome;
    try {
      outcome =
          services.processes().run(command.withMostBytes(1024).withLimit(Duration.ofMinutes(1)));
    } catch (IOException e) {
      throw commandFailed(e.getMessage() == null ? "it can't be run" : e.getMessage());
    }
    if (outcome.exitCode() != 0) {
      throw commandFailed("it exited with " + outcome.exitCode());
    }
    Secret code = Secret.of(outcome.output().reveal().strip());
    if (!MfaPrompt.isCode(code)) {
      throw commandFailed("it printed something other than 6 digits");
    }
    return code;
  }

  private AtmosException commandFailed(String why) {
    return definition.error(
        UserIdentityType.MFA_COMMAND,
        "'mfa_command' of identity "
            + DisplayNames.quoted(definition.name())
            + " gave no code: "
            + why,
        null);
  }
}
