package dev.atmos.auth.command;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.command.CommandOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code atmos auth credential-process}: credentials in the form that every AWS tool takes from a
 * program. It never asks the user.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">Process
 *     credential provider</a>
 */
public final class CredentialProcessCommand extends AuthCommand {
  private final CommandOption identity =
      identityOption(
          "The identity. If it is left out: ATMOS_IDENTITY, else the default identity, else the"
              + " only one.");

  /** The command over this engine. */
  public CredentialProcessCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis("atmos auth credential-process [-i NAME] [options]");
    syntax.description(
        "Print an identity's credentials as the JSON document that AWS SDKs and the AWS CLI take"
            + " from a credential_process. They run this command by themselves, as often as they"
            + " need new ones.",
        "It never asks you anything and opens no browser. Where you have to sign in, it fails"
            + " with exit code 4 and says so.");
    syntax.examples(
        "In ~/.aws/config, for every tool that can use a profile:",
        "",
        "  [profile dev]",
        "  credential_process = atmos auth credential-process --identity dev",
        "",
        "atmos auth env and atmos auth exec make such a profile for you.");
  }

  @Override
  public int run() {
    Optional<String> name = engine.identities().nameOf(identity.value());
    AwsCredentials credentials =
        name.isPresent()
            ? engine.sessions().silent(name.get()).credentials()
            : engine.identities().credentials(null);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Version", 1);
    answer.put("AccessKeyId", credentials.accessKeyId());
    answer.put("SecretAccessKey", credentials.secretAccessKey().reveal());
    Secret token = credentials.sessionToken();
    if (token != null) {
      answer.put("SessionToken", token.reveal());
    }
    String expiration = HumanTime.seconds(credentials.expiresAt());
    if (expiration != null) {
      answer.put("Expiration", expiration);
    }
    answerJson(answer);
    return 0;
  }
}
