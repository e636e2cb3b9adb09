package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.IamUser;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What the tests have in common: one account, one user, and clients of the SDK for it. */
public final class LoopbackScenario {
  public static final String ACCOUNT = "111122223333";
  public static final String REGION = "us-east-2";
  public static final String ALICE = "arn:aws:iam::111122223333:user/alice";
  public static final AccessKey KEY =
      new AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  public static final IamUser USER = IamUser.of(ACCOUNT, "alice").key(KEY.id(), KEY.secret());

  private LoopbackScenario() {}

  /** A client that signs with a key, does not retry, and reads no file and no variable. */
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, LoopbackAws aws, AwsCredentials credentials) {
    // If the date of an error makes the SDK think that its clock is wrong, it corrects the clock of
    // the whole process.
    SdkGlobalTime.setGlobalTimeOffset(0);
    return builder
        .endpointOverride(URI.create(aws.url()))
        .region(Region.of(REGION))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** The user's credentials. */
  public static AwsCredentials alice() {
    return AwsBasicCredentials.create(KEY.id(), KEY.secret());
  }

  /** The credentials of an answer of STS. */
  public static AwsCredentials sdk(Credentials credentials) {
    return AwsSessionCredentials.create(
        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }

  /** A key of the stand-in. */
  public static AwsCredentials sdk(AccessKey key) {
    String token = key.sessionToken();
    return token == null
        ? AwsBasicCredentials.create(key.id(), key.secret())
        : AwsSessionCredentials.create(key.id(), key.secret(), token);
  }
}
