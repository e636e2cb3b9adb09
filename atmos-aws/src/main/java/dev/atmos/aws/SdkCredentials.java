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
    Secret token = credentials.sessionToken();
    String secret = credentials.secretAccessKey().reveal();
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(credentials.accessKeyId(), secret)
            : AwsSessionCredentials.create(credentials.accessKeyId(), secret, token.reveal()));
  }
}
