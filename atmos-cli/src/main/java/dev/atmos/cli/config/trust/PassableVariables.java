package dev.atmos.cli.config.trust;

import java.util.Set;

/**
 * Variables that any file may pass on as data, such as a session's name: those that hold no secret
 * by what they are for, and values that can be no secret by their form.
 */
final class PassableVariables {
  private static final Set<String> PUBLISHED =
      Set.of(
          "USER",
          "LOGNAME",
          "USERNAME",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "GITHUB_ACTOR",
          "GITHUB_REPOSITORY",
          "GITHUB_RUN_ID",
          "GITHUB_REF_NAME",
          "GITHUB_SHA",
          "GITLAB_USER_LOGIN",
          "CI_PROJECT_PATH",
          "CI_PIPELINE_ID",
          "BUILD_TAG");

  /** An account, a region, an ARN of a role or of an MFA device, a key id, a duration, a flag. */
  private static final String PUBLIC =
      "[0-9]{1,12}"
          + "|[a-z]{2,4}(-[a-z]{2,10}){1,2}-[0-9]{1,2}"
          + "|arn:aws[a-z-]{0,8}:iam::[0-9]{12}:(role|mfa)/[A-Za-z0-9+=,.@_/-]{1,200}"
          + "|A[KS]I[AD][A-Z0-9]{4,124}"
          + "|([0-9]{1,6}[smhd]){1,4}"
          + "|true|false";

  private PassableVariables() {}

  static boolean contains(String variable, String value) {
    return PUBLISHED.contains(variable)
        || value.isEmpty()
        || value.matches(PUBLIC)
        || AwsHosts.owns(value);
  }
}
