package dev.atmos.auth.command;

import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code atmos auth credential-process}: credentials in the form that every AWS tool takes from a
 * program. Nobody is ever asked.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">Process
 *     credential provider</a>
 */
public final class CredentialProcessCommand implements Callable<Integer> {
  private final AuthEngine engine;
  private final Services context;
  private final OptionSpec identity;

  private CredentialProcessCommand(AuthEngine engine, OptionSpec identity) {
    this.engine = engine;
    this.context = engine.services();
    this.identity = identity;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    OptionSpec identity =
        OptionSpec.builder("-i", "--identity")
            .arity("1")
            .type(String.class)
            .paramLabel("NAME")
            .completionCandidates(
                () -> new ConfiguredAuthNames(engine.services()).identities().iterator())
            .description(
                "Whose credentials. If it is left out: ATMOS_IDENTITY, else the default identity,"
                    + " else the only one.")
            .build();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new CredentialProcessCommand(engine, identity));
    spec.addOption(identity);
    spec.usageMessage()
        .customSynopsis("atmos auth credential-process [-i NAME] [options]")
        .description(
            "",
            "Print an identity's credentials as the JSON document that AWS SDKs and the AWS CLI"
                + " take from a credential_process. They run this command by themselves, as often"
                + " as they need new ones.",
            "",
            "Nobody is asked and no browser is opened: where somebody has to sign in, it fails"
                + " with exit code 4 and says so.",
            "")
        .footer(
            "",
            "In ~/.aws/config, for every tool that can use a profile:",
            "",
            "  [profile dev]",
            "  credential_process = atmos auth credential-process --identity dev",
            "",
            "To have such a profile made for you: atmos auth env, or atmos auth exec.");
    return spec;
  }

  @Override
  public Integer call() {
    Optional<String> name =
        IdentitySelector.of(engine).identity(identity.<String>getValue(), null, false);
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
    Instant expiresAt = credentials.expiresAt();
    if (expiresAt != null) {
      answer.put("Expiration", expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    context.console().answer(context.service(DataFormats.class).json(answer));
    return 0;
  }
}
