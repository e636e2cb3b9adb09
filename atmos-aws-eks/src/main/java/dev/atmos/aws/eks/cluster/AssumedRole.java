package dev.atmos.aws.eks.cluster;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.config.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A role that may look clusters up, for as long as that takes. */
public final class AssumedRole {
  /** The form of its ARN. */
  public static final String ARN =
      "arn:aws(?:-[a-z]{1,10}){0,2}:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]{1,576}";

  /** As the AWS CLI names it, so that the audit log of an account shows one name for both. */
  private static final String SESSION = "EKSDescribeClusterSession";

  private AssumedRole() {}

  /**
   * The role's credentials, for an hour at most. They are kept nowhere.
   *
   * @throws AtmosException if AWS doesn't give them
   */
  public static AwsCredentials credentials(
      Services services, String arn, Region region, AwsCredentials base) {
    services
        .policy()
        .ifPresent(policy -> policy.requireAccount("the role " + arn, arn.split(":", -1)[4]));
    String what = "assume " + arn + " to look clusters up";
    AwsClients aws = new AwsClients(services, AwsLimits.ofCommand());
    AwsTarget target = AwsTarget.of("STS", region.text());
    try (StsClient sts = aws.client(StsClient.builder(), target, base)) {
      Credentials answer =
          aws.call(
              what,
              () ->
                  sts.assumeRole(request -> request.roleArn(arn).roleSessionName(SESSION))
                      .credentials());
      if (answer != null
          && answer.accessKeyId() != null
          && answer.secretAccessKey() != null
          && answer.sessionToken() != null) {
        return AwsCredentials.of(
            answer.accessKeyId(),
            Secret.of(answer.secretAccessKey()),
            Secret.of(answer.sessionToken()),
            answer.expiration());
      }
    } catch (IllegalArgumentException e) {
      // A part is empty, or holds a character that no credentials hold: reported below.
    }
    throw new AtmosException(
        ExitCode.FAILED, "could not " + what + ": AWS returned incomplete credentials");
  }
}
