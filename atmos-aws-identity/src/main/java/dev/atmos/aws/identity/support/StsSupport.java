package dev.atmos.aws.identity.support;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What the kinds that call STS have in common. */
public final class StsSupport {
  private static final int LONGEST_NAME = 64;
  private static final int SHORTEST_NAME = 2;

  private StsSupport() {}

  /**
   * The credentials that a call gives.
   *
   * @param key what the call is signed with; null for a call without a signature
   * @param what what the call does, as it follows "could not" in a message
   */
  public static AwsCredentials credentials(
      AwsClients aws,
      AwsTarget target,
      @Nullable AwsCredentials key,
      String what,
      Function<StsClient, @Nullable Credentials> call) {
    try (StsClient sts = aws.client(StsClient.builder(), target, key)) {
      Credentials answer = aws.call(what, () -> call.apply(sts));
      if (answer == null || answer.expiration() == null) {
        throw IssuedCredentials.incomplete(what);
      }
      return IssuedCredentials.of(
          what,
          answer.accessKeyId(),
          answer.secretAccessKey(),
          answer.sessionToken(),
          answer.expiration());
    }
  }

  /**
   * Makes a call that is signed with the input of the step. Where AWS doesn't accept that, the step
   * before has to make another.
   */
  public static <T> T withInput(Supplier<T> call) {
    try {
      return call.get();
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.SIGN_IN_REQUIRED) {
        throw new GrantRefusedException(e.sentence(), e);
      }
      throw e;
    }
  }

  /**
   * STS for a step: in the region of the definition, else of the chain, else of an ARN.
   *
   * @param regionPath where the definition names its region
   */
  public static AwsTarget target(
      Definition definition, String regionPath, StepRequest request, String arn) {
    String region = definition.text(regionPath).or(request::region).orElse(defaultRegion(arn));
    return AwsTarget.of("STS", region).at(EndpointUrl.of(definition));
  }

  /** The region of STS where none is configured: one of the partition that an ARN names. */
  public static String defaultRegion(String arn) {
    if (arn.startsWith("arn:aws-cn:")) {
      return "cn-north-1";
    }
    return arn.startsWith("arn:aws-us-gov:") ? "us-gov-west-1" : "us-east-1";
  }

  /**
   * The duration of a field within what AWS allows, in seconds; reports when that changes it. Empty
   * if the field is absent.
   */
  public static Optional<Integer> seconds(
      Definition definition, String path, CommandConsole console, int least, int most) {
    Duration asked = definition.duration(path).orElse(null);
    if (asked == null) {
      return Optional.empty();
    }
    int seconds = Math.clamp(asked.toSeconds(), least, most);
    if (seconds != asked.toSeconds()) {
      console.say(
          "The session of %s lasts %s, the %s that AWS allows"
              .formatted(
                  DisplayNames.quoted(definition.name()),
                  seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds",
                  seconds == most ? "longest" : "shortest"));
    }
    return Optional.of(seconds);
  }

  /**
   * The name of a role session in the form that STS accepts: shortened, with dashes in place of
   * other characters.
   *
   * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
   *     AssumeRole, RoleSessionName</a>
   */
  public static String sessionName(String wanted) {
    String name = wanted.replaceAll("[^0-9A-Za-z_+=,.@-]", "-");
    name = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-+$", "");
    return name.length() < SHORTEST_NAME ? "atmos-session" : name;
  }
}
