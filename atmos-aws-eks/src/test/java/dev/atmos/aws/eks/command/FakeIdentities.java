package dev.atmos.aws.eks.command;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the same credentials for every identity, and records which ones were asked for. */
final class FakeIdentities implements Identities {
  private final @Nullable AwsCredentials credentials;
  private final List<String> asked = new ArrayList<>();

  FakeIdentities(@Nullable AwsCredentials credentials) {
    this.credentials = credentials;
  }

  /** No identity is signed in. */
  static FakeIdentities signedOut() {
    return new FakeIdentities(null);
  }

  /** The example key of AWS's own documents. */
  static AwsCredentials example(@Nullable String sessionToken, @Nullable Instant expiresAt) {
    return AwsCredentials.of(
        "AKIDEXAMPLE",
        Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        sessionToken == null ? null : Secret.of(sessionToken),
        expiresAt);
  }

  @Override
  public Grant grant(@Nullable String name) {
    return credentials(name);
  }

  @Override
  public AwsCredentials credentials(@Nullable String name) {
    asked.add(name == null ? "(default)" : name);
    if (credentials == null) {
      throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, "nobody is signed in");
    }
    return credentials;
  }

  @Override
  public Optional<String> nameOf(@Nullable String name) {
    return Optional.ofNullable(name);
  }

  @Override
  public Optional<String> regionOf(@Nullable String identity) {
    return Optional.empty();
  }

  List<String> asked() {
    return asked;
  }

  Optional<AwsCredentials> held() {
    return Optional.ofNullable(credentials);
  }
}
