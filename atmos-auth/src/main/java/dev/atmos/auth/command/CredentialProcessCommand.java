package dev.atmos.auth.command;

import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.DirectCommand;
import dev.atmos.services.PlainOptions;
import dev.atmos.services.Services;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code atmos auth credential-process}: credentials in the form that every AWS tool takes from a
 * program. It never asks the user.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">Process
 *     credential provider</a>
 */
public final class CredentialProcessCommand implements DirectCommand {
  private static final String IDENTITY = "--identity";

  private final AuthEngine engine;

  /** The command over this engine. */
  public CredentialProcessCommand(AuthEngine engine) {
    this.engine = engine;
  }

  @Override
  public String[] options() {
    return new String[] {IDENTITY};
  }

  @Override
  public int run(PlainOptions options) {
    return run(options.value(IDENTITY));
  }

  /** Describes the command to picocli. */
  public CommandSpec spec() {
    return new Parsed().spec;
  }

  private int run(@Nullable String identity) {
    Services services = engine.services();
    Optional<String> name = engine.identities().nameOf(identity);
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
    services.console().answer(services.service(DataFormats.class).json(answer));
    return 0;
  }

  /** The same by picocli. */
  private final class Parsed extends AuthCommand {
    private final OptionSpec identity =
        add(
            withValue(NAME, "-i", IDENTITY)
                .completionCandidates(names(ConfiguredAuthNames::identities))
                .description(
                    "The identity. If it is left out: ATMOS_IDENTITY, else the default identity,"
                        + " else the only one."));

    Parsed() {
      super(CredentialProcessCommand.this.engine);
      spec.usageMessage().customSynopsis("atmos auth credential-process [-i NAME] [options]");
      description(
          "Print an identity's credentials as the JSON document that AWS SDKs and the AWS CLI take"
              + " from a credential_process. They run this command by themselves, as often as they"
              + " need new ones.",
          "It never asks you anything and opens no browser. Where you have to sign in, it fails"
              + " with exit code 4 and says so.");
      examples(
          "In ~/.aws/config, for every tool that can use a profile:",
          "",
          "  [profile dev]",
          "  credential_process = atmos auth credential-process --identity dev",
          "",
          "atmos auth env and atmos auth exec make such a profile for you.");
    }

    @Override
    public Integer call() {
      return run(value(identity));
    }
  }
}
