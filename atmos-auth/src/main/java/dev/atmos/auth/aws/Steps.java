package dev.atmos.auth.aws;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.io.Console;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What the steps that call STS have in common. */
final class Steps {
  private Steps() {}

  static AtmosException wrongInput(IdentitySpec spec, String needed) {
    return spec.fields()
        .positionOf("via")
        .error(
            "identity "
                + DisplayNames.quoted(spec.name())
                + " is of kind "
                + spec.kind()
                + ", which needs "
                + needed
                + " in 'via'");
  }

  static AtmosException noRegion(IdentitySpec spec) {
    return spec.fields()
        .position()
        .error("identity " + DisplayNames.quoted(spec.name()) + " goes through no region");
  }

  /**
   * A call whose keys or token are those of the step before: where AWS doesn't take them, it is for
   * that one to make others.
   */
  static <T> T withInput(Supplier<T> call) {
    try {
      return call.get();
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.SIGN_IN_REQUIRED) {
        throw new GrantRefusedException(e.sentence(), e);
      }
      throw e;
    }
  }

  /** Credentials of an answer. */
  static AwsCredentials credentials(IdentitySpec spec, @Nullable Credentials made) {
    if (made != null
        && made.accessKeyId() != null
        && made.secretAccessKey() != null
        && made.sessionToken() != null
        && made.expiration() != null) {
      try {
        return new AwsCredentials(
            made.accessKeyId(),
            Secret.of(made.secretAccessKey()),
            Secret.of(made.sessionToken()),
            made.expiration());
      } catch (IllegalArgumentException e) {
        // A part is empty: told below.
      }
    }
    throw new AtmosException(
        ExitCode.FAILED,
        "could not get credentials of identity "
            + DisplayNames.quoted(spec.name())
            + ": those of AWS's answer are no credentials");
  }

  /** The region whose STS is asked where none is said: one of the partition that an ARN names. */
  static String usualRegion(String arn) {
    if (arn.startsWith("arn:aws-cn:")) {
      return "cn-north-1";
    }
    return arn.startsWith("arn:aws-us-gov:") ? "us-gov-west-1" : "us-east-1";
  }

  /** A length of time within what AWS allows; where that changes it, it is said. */
  static int seconds(Console console, String whose, Duration asked, int least, int most) {
    int seconds = Math.clamp(asked.toSeconds(), least, most);
    if (seconds != asked.toSeconds()) {
      console.say(
          "The session of "
              + DisplayNames.quoted(whose)
              + " lasts "
              + (seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds")
              + ": AWS allows no "
              + (seconds == most ? "more" : "less"));
    }
    return seconds;
  }
}
