package dev.atmos.aws.identity.support;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What the steps that call STS have in common. */
public final class StsSupport {
  private StsSupport() {}

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
   * The credentials of an answer.
   *
   * @param whose for messages: {@code credentials of identity 'dev'}
   */
  public static AwsCredentials credentials(String whose, @Nullable Credentials answer) {
    if (answer != null && answer.expiration() != null) {
      return IssuedCredentials.of(
          whose,
          answer.accessKeyId(),
          answer.secretAccessKey(),
          answer.sessionToken(),
          answer.expiration());
    }
    throw IssuedCredentials.incomplete(whose);
  }

  /** The region of STS where none is configured: one of the partition that an ARN names. */
  public static String defaultRegion(String arn) {
    if (arn.startsWith("arn:aws-cn:")) {
      return "cn-north-1";
    }
    return arn.startsWith("arn:aws-us-gov:") ? "us-gov-west-1" : "us-east-1";
  }

  /** A duration within what AWS allows, in seconds; reports when that changes it. */
  public static int seconds(
      CommandConsole console, String identity, Duration asked, int least, int most) {
    int seconds = Math.clamp(asked.toSeconds(), least, most);
    if (seconds != asked.toSeconds()) {
      console.say(
          "The session of "
              + DisplayNames.quoted(identity)
              + " lasts "
              + (seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds")
              + ", the "
              + (seconds == most ? "longest" : "shortest")
              + " that AWS allows");
    }
    return seconds;
  }
}
