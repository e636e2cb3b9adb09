package dev.atmos.auth.chain;

import dev.atmos.plugin.auth.AwsCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Live credentials of an identity, and what is known of them without asking AWS.
 *
 * @param identity its name
 * @param provider the provider at the root of its chain; null where nobody signs in to one
 * @param credentials what it signs with; they say when they expire
 * @param region the region that the configuration has for it; null for none
 * @param account the account's id, 12 digits; null where the configuration doesn't say
 * @param principal who it is in that account: a permission set's name or a role's ARN; null where
 *     the configuration doesn't say
 * @param origin where the credentials were found
 */
public record Session(
    String identity,
    @Nullable String provider,
    AwsCredentials credentials,
    @Nullable String region,
    @Nullable String account,
    @Nullable String principal,
    Origin origin) {

  /** Where credentials, or a sign-in, were found. */
  public enum Origin {
    /** They were there. */
    KEPT,
    /** They were made anew, and nobody was asked. */
    RENEWED,
    /** Somebody has signed in just now. */
    SIGNED_IN
  }
}
