package dev.atmos.aws.identity.identitycenter;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.text.DisplayNames;

/**
 * How a sign-in to an IAM Identity Center fails.
 *
 * @param name the provider's name, as messages show it
 */
record SignInFailures(String name) {

  AtmosException failed(String why) {
    return new AtmosException(
        ExitCode.FAILED, "could not sign in to " + name + ": " + why, "try again");
  }

  AtmosException refused() {
    return new AtmosException(
        ExitCode.DENIED, "the sign-in of " + name + " was refused in the browser");
  }

  AtmosException expired() {
    return new AtmosException(ExitCode.SIGN_IN_REQUIRED, "the sign-in of " + name + " has expired");
  }

  /**
   * @param what what didn't happen in time: {@code the code expired before it was approved}
   * @param fix what to do
   */
  AtmosException late(String what, String fix) {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED, "sign-in to " + name + " timed out: " + what, fix);
  }

  /** AWS doesn't say whether the URL or the region is wrong, and sometimes nothing at all. */
  AtmosException unknownPortal(Definition definition, String startUrl) {
    String sentence =
        "AWS knows no Identity Center "
            + DisplayNames.quoted(startUrl)
            + " in "
            + definition.requiredText(IdentityCenterType.REGION);
    String hint = "check the start URL and the region of " + name;
    // The profiles of the AWS CLI have no place in a file of ours.
    return definition.position().source().name().isEmpty()
        ? new AtmosException(ExitCode.USAGE, sentence, hint)
        : definition.error(IdentityCenterType.START_URL, sentence, hint);
  }
}
