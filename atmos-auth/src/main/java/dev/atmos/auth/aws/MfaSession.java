package dev.atmos.auth.aws;

import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.auth.config.Located;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.config.Trust;
import dev.atmos.plugin.io.Processes;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Makes a session of a user's key and a code of the MFA device.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html">STS
 *     GetSessionToken</a>
 */
final class MfaSession {
  private static final String REGION = "us-east-1";
  private static final int LEAST_SECONDS = 15 * 60;
  private static final int MOST_SECONDS = 36 * 3600;
  private static final int USUAL_SECONDS = 12 * 3600;
  private static final int DIGITS = 6;
  private static final int MOST_QUESTIONS = 3;

  private final IdentitySpec spec;
  private final PluginContext context;
  private final StepRequest request;
  private final AwsCredentials key;
  private final String device;

  MfaSession(
      IdentitySpec spec,
      PluginContext context,
      StepRequest request,
      AwsCredentials key,
      String device) {
    this.spec = spec;
    this.context = context;
    this.request = request;
    this.key = key;
    this.device = device;
  }

  AwsCredentials credentials(SignInDialog dialog) {
    IdentityDefinition definition = Definitions.of(spec);
    if (!(definition.details() instanceof IdentityDetails.User user)) {
      throw new IllegalStateException("another kind of identity");
    }
    String region = user.region() == null ? REGION : user.region();
    AwsTarget target =
        AwsTarget.of("STS", region).at(Definitions.trusted(context, user.endpointUrl()));
    Duration asked = definition.sessionDuration();
    int seconds =
        asked == null
            ? USUAL_SECONDS
            : Steps.seconds(context.console(), spec.name(), asked, LEAST_SECONDS, MOST_SECONDS);
    AwsClients aws = AwsCalls.of(context, request);
    Located command = user.mfaCommand();
    try (StsClient sts = aws.client(StsClient.builder(), target, key)) {
      for (int question = 1; true; question++) {
        Secret code = command == null ? asked(dialog) : printed(command);
        try {
          return session(aws, sts, seconds, code);
        } catch (AtmosException e) {
          if (command != null || e.exitCode() != ExitCode.DENIED || question == MOST_QUESTIONS) {
            throw e;
          }
          context.console().say("The code was not taken: " + e.sentence());
        }
      }
    }
  }

  private AwsCredentials session(AwsClients aws, StsClient sts, int seconds, Secret code) {
    try {
      return Steps.credentials(
          spec,
          aws.call(
                  "get a session of identity " + DisplayNames.quoted(spec.name()),
                  () ->
                      sts.getSessionToken(call ->
                          call.serialNumber(device)
                              .tokenCode(code.reveal())
                              .durationSeconds(seconds)))
              .credentials());
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.SIGN_IN_REQUIRED) {
        // There is no other key than the one that AWS doesn't take.
        throw new AtmosException(
            ExitCode.FAILED, e.sentence(), "look at its access key in the configuration", e);
      }
      throw e;
    }
  }

  private Secret asked(SignInDialog dialog) {
    for (int question = 1; question <= MOST_QUESTIONS; question++) {
      Optional<Secret> answer = ask(dialog);
      if (answer.isEmpty()) {
        break;
      }
      Secret code = Secret.of(answer.get().reveal().strip());
      if (isCode(code)) {
        return code;
      }
      context.console().say("A code of an MFA device has " + DIGITS + " digits");
    }
    throw new AtmosException(
        ExitCode.SIGN_IN_REQUIRED,
        "identity " + DisplayNames.quoted(spec.name()) + " got no code of its MFA device");
  }

  private Optional<Secret> ask(SignInDialog dialog) {
    try {
      return dialog.askSecret("Code of the MFA device " + device);
    } catch (AtmosException e) {
      throw new AtmosException(
          e.exitCode(),
          e.sentence(),
          "run it in a terminal, or let a command print the code: mfa_command of the identity",
          e);
    }
  }

  private Secret printed(Located command) {
    context.service(Trust.class).requireForCommand(command.position());
    Processes.Outcome outcome;
    try {
      outcome =
          context
              .processes()
              .run(
                  new Processes.Program(
                      context.processes().shell(command.text()),
                      null,
                      null,
                      List.of(),
                      1024,
                      Duration.ofMinutes(1)));
    } catch (IOException e) {
      throw command(command, e.getMessage() == null ? "it can't be run" : e.getMessage());
    }
    if (outcome.exitCode() != 0) {
      throw command(command, "it exited with " + outcome.exitCode());
    }
    Secret code = Secret.of(outcome.output().reveal().strip());
    if (!isCode(code)) {
      throw command(command, "it printed something else than " + DIGITS + " digits");
    }
    return code;
  }

  private AtmosException command(Located command, String why) {
    return command
        .position()
        .error(
            "'mfa_command' of identity "
                + DisplayNames.quoted(spec.name())
                + " gave no code: "
                + why);
  }

  private static boolean isCode(Secret code) {
    String text = code.reveal();
    if (text.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
