package dev.atmos.cli.config.trust;

import dev.atmos.services.config.AwsHosts;
import java.util.Set;

/**
 * Variables that any file may pass on as data, such as a session's name: those that hold no secret
 * by what they are for, and values whose field takes nothing that could be a secret.
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

  /** What says by its beginning that it is an ARN of a role or an MFA device, or a key id. */
  private static final String PUBLIC =
      "arn:aws[a-z-]{0,8}:iam::[0-9]{12}:(role|mfa)/[A-Za-z0-9+=,.@_/-]{1,200}"
          + "|A[KS]I[AD][A-Z0-9]{4,124}";

  private PassableVariables() {}

  /**
   * Whether any file may pass a variable on.
   *
   * @param field the key of the field; empty for one that the configuration names itself
   */
  static boolean contains(String variable, String field, String value) {
    if (PUBLISHED.contains(variable) || value.isEmpty() || value.matches(PUBLIC)) {
      return true;
    }
    return switch (field) {
      case "account", "id" -> value.matches("[0-9]{12}");
      case "region" -> value.matches("[a-z]{2,4}(-[a-z]{2,10}){1,2}-[0-9]{1,2}");
      case "duration" -> value.matches("([0-9]{1,6}[smhd]?){1,4}");
      case "mode" -> value.matches("[0-7]{3,4}");
      case "flow" -> value.matches("auto|pkce|device");
      case "update" -> value.matches("merge|replace|error");
      default -> AwsHosts.owns(value);
    };
  }
}
