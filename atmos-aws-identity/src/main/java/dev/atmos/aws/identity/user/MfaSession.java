package dev.atmos.aws.identity.user;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.MfaPrompt;
import dev.atmos.aws.identity.support.StsSupport;
import dev.atmos.plugin.auth.AwsCredentials;
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

/**
 * Makes a session from a user's key and a code of the MFA device.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html">STS
 *     GetSessionToken</a>
 */
record MfaSession(
    Definition definition,
    Services services,
    StepRequest request,
    AwsCredentials key,
    String device) {
  private static final int DEFAULT_SECONDS = 12 * 3600;

  AwsCredentials credentials() {
    SignInDialog dialog =
        request.dialogOr("an MFA code of " + DisplayNames.quoted(definition.name()) + " is needed");
    int seconds =
        StsSupport.seconds(
                definition,
                UserIdentityType.SESSION_DURATION,
                services.console(),
                UserIdentityType.LEAST_SECONDS,
                UserIdentityType.MOST_SECONDS)
            .orElse(DEFAULT_SECONDS);
    Processes.Program command = definition.command(UserIdentityType.MFA_COMMAND).orElse(null);
    if (command != null) {
      return session(seconds, printed(command));
    }
    String subject = "identity " + DisplayNames.quoted(definition.name());
    try {
      return new MfaPrompt(services.console(), dialog, subject, device)
          .withCode(code -> session(seconds, code));
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

  private AwsCredentials session(int seconds, Secret code) {
    String region =
        definition.text(UserIdentityType.REGION).orElse(UserIdentityType.DEFAULT_REGION);
    try {
      return StsSupport.credentials(
          new AwsClients(services, AwsLimits.ofStep(request)),
          AwsTarget.of("STS", region).at(EndpointUrl.of(definition)),
          key,
          "get a session of identity " + DisplayNames.quoted(definition.name()),
          sts ->
              sts.getSessionToken(call ->
                      call.serialNumber(device).tokenCode(code.reveal()).durationSeconds(seconds))
                  .credentials());
    } catch (AtmosException e) {
      if (e.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        throw e;
      }
      if (!definition.has(UserIdentityType.KEY_ID)) {
        // AWS rejects the stored key, so the next sign-in asks for another.
        request.saveState(null);
      }
      throw new AtmosException(
          ExitCode.FAILED, e.sentence(), "check its access key in the configuration", e);
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
