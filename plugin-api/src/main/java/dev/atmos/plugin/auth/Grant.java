package dev.atmos.plugin.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one step of the way to credentials has made, and the next one starts from: credentials of
 * AWS, or a token of whatever type the next step takes.
 */
public sealed interface Grant permits AwsCredentials, Token {

  /** When it stops being taken; null where that isn't known, or never. */
  @Nullable Instant expiresAt();
}
