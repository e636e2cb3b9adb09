package dev.atmos.aws;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Converts credentials to the SDK's, which then looks for no others. */
final class SdkCredentials {
  private SdkCredentials() {}

  static AwsCredentialsProvider of(@Nullable AwsCredentials credentials) {
    if (credentials == null) {
      return AnonymousCredentialsProvider.create();
    }
    return StaticCredentialsProvider.create(signer(credentials));
  }

  /** The SDK's form of what signs. */
  static software.amazon.awssdk.auth.credentials.AwsCredentials signer(AwsCredentials credentials) {
    Secret token = credentials.sessionToken();
    String secret = credentials.secretAccessKey().reveal();
    return token == null
        ? AwsBasicCredentials.create(credentials.accessKeyId(), secret)
        : AwsSessionCredentials.create(credentials.accessKeyId(), secret, token.reveal());
  }
}
